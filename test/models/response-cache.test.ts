import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parsePrice } from '../../src/models/prices.ts';
import { openResponseCache } from '../../src/models/response-cache.ts';
import type { ModelHandle } from '../../src/models/types.ts';
import { temporaryFolder } from '../e2e/parley.ts';
import { startProviderServer } from '../helpers/provider-server.ts';
import { call, hello, modelAt } from './call.ts';

const key = 'sk-test-0123456789';

function pricedAt(server: { baseUrl: string }, name = 'scripted'): ModelHandle {
  const price = parsePrice('1,10');
  if (price === null) throw new Error('no price');
  return modelAt(`openai:${name}`, { environment: { OPENAI_API_KEY: key }, baseUrl: server.baseUrl, price });
}

/** As another process would see the same folder. */
const cached = (handle: ModelHandle, folder: string, occasion = '1') =>
  openResponseCache({ folder }).over(handle, occasion);

async function entriesOf(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  return files.filter((file) => file.includes('.json')).map((file) => join(folder, file));
}

describe('the response cache', () => {
  test('gives the same request its reply again: no request, no cost, and marked so', async () => {
    const folder = await temporaryFolder();
    const server = await startProviderServer({
      replies: [{ text: 'Hello to you', finish: 'length', usage: { input: 20, output: 3 } }],
    });
    const first = await call(cached(pricedAt(server), folder));
    expect(first.finished?.record).not.toHaveProperty('fromCache');
    expect(first.finished?.record.costUsd).toBeGreaterThan(0);

    const again = await call(cached(pricedAt(server), folder));
    expect(server.requests).toHaveLength(1);
    expect(again.deltas).toEqual(['Hello to you']);
    expect(again.finished).toMatchObject({ text: 'Hello to you', ending: 'length' });
    expect(again.finished?.record).toMatchObject({
      fromCache: true,
      costUsd: 0,
      usage: { inputTokens: 20, outputTokens: 3, cachedTokens: 20, estimated: false },
      promptHash: first.finished?.record.promptHash,
    });
  });

  test.each([
    ['other words', { messages: [...hello.messages, { role: 'user' as const, content: 'And again.' }] }],
    ['another seed', { seed: 8 }],
    ['another limit', { maxOutputTokens: 99 }],
    ['another temperature', { temperature: 0.5 }],
    ['another form of reply', { reply: { name: 'answer', schema: { type: 'object' } } }],
  ])('asks anew for %s', async (_title, change) => {
    const folder = await temporaryFolder();
    const server = await startProviderServer({ replies: ['one', 'two'] });
    await call(cached(pricedAt(server), folder));
    const { finished } = await call(cached(pricedAt(server), folder), { request: change });
    expect(finished?.text).toBe('two');
  });

  test('asks anew in another repeat, of another model, and at another address', async () => {
    const folder = await temporaryFolder();
    const server = await startProviderServer({ replies: ['one', 'two', 'three'] });
    const elsewhere = await startProviderServer({ replies: ['four'] });
    const texts = [
      await call(cached(pricedAt(server), folder)),
      await call(cached(pricedAt(server), folder, '2')),
      await call(cached(pricedAt(server, 'other'), folder)),
      await call(cached(pricedAt(elsewhere), folder)),
      await call(cached(pricedAt(server), folder, '2')),
    ].map(({ finished }) => finished?.text);
    expect(texts).toEqual(['one', 'two', 'three', 'four', 'two']);
  });

  test('keeps only whole replies: not one that broke off', async () => {
    const folder = await temporaryFolder();
    const server = await startProviderServer({
      replies: [{ text: ['Hello', ' there'], fault: { kind: 'drop', after: 1 } }, 'Hello again'],
    });
    await call(cached(pricedAt(server), folder), { policy: { attempts: 1 } });
    expect(await entriesOf(folder)).toEqual([]);
    await call(cached(pricedAt(server), folder));
    expect(await entriesOf(folder)).toHaveLength(1);
    expect((await call(cached(pricedAt(server), folder))).finished?.text).toBe('Hello again');
  });

  test.each([
    ['cut', (text: string) => text.slice(0, -10)],
    ['empty', () => ''],
    ['changed by one letter', (text: string) => text.replace('Hello', 'Hallo')],
    ['of another version', (text: string) => text.replace('"v":1', '"v":0')],
  ])('takes an entry that is %s for none, and mends it', async (_title, damage) => {
    const folder = await temporaryFolder();
    const server = await startProviderServer({ replies: ['Hello', 'Hello anew'] });
    await call(cached(pricedAt(server), folder));
    const [entry = ''] = await entriesOf(folder);
    await writeFile(entry, damage(await readFile(entry, 'utf8')));
    expect((await call(cached(pricedAt(server), folder))).finished?.text).toBe('Hello anew');
    expect((await call(cached(pricedAt(server), folder))).finished?.text).toBe('Hello anew');
  });

  test('holds no key and no request, and no draft stays behind', async () => {
    const folder = await temporaryFolder();
    const server = await startProviderServer({ replies: ['Hello'] });
    await call(cached(pricedAt(server), folder));
    const entries = await entriesOf(folder);
    expect(entries).toHaveLength(1);
    const text = await readFile(entries[0] ?? '', 'utf8');
    expect(text).not.toContain(key);
    expect(text).not.toContain('Say hello');
    expect(entries[0]).toMatch(/[0-9a-f]{64}\.json$/);
  });

  test('that cannot write says so once and lets the run go on', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    const told: string[] = [];
    const cache = openResponseCache({
      folder: join(folder, 'file', 'cache'),
      onTrouble: (text) => told.push(text),
    });
    const server = await startProviderServer({ replies: ['one', 'two'] });
    const handle = cache.over(pricedAt(server), '1');
    expect((await call(handle)).finished?.text).toBe('one');
    expect((await call(handle)).finished?.text).toBe('two');
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('the run goes on without');
  });

  test('leaves a simulated model as it is', () => {
    const simulator = modelAt('simulator', { environment: {} });
    expect(openResponseCache({ folder: 'nowhere' }).over(simulator, '1')).toBe(simulator);
  });
});
