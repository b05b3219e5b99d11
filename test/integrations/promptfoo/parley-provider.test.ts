import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type ParleyProvider from '../../../src/integrations/promptfoo/parley-provider.ts';
import { journalOf, temporaryFolder } from '../../e2e/parley.ts';
import { errors, startProviderServer } from '../../helpers/provider-server.ts';
import { debating } from '../../run/debates.ts';

/** As promptfoo loads a provider: the default export of the built file, made anew with the id and the config. */
async function provider(
  config: Record<string, unknown>,
  env: Record<string, string> = {},
): Promise<ParleyProvider> {
  const loaded = await import(pathToFileURL(resolve('dist/promptfoo.js')).href);
  const Provider = loaded.default as typeof ParleyProvider;
  return new Provider({ id: 'file://provider.js', config: { ...config, basePath: '' }, env });
}

const short = { model: 'simulator', rounds: 1, judgeSamples: 2 };

describe('the provider for promptfoo', () => {
  test('holds a debate and answers with statement, tokens, cost and measures', async () => {
    const transcripts = await temporaryFolder();
    const parley = await provider({ ...short, transcripts });
    expect(parley.id()).toBe('file://provider.js');
    const context = { vars: { scenario: 'us-dprk-talks', topic: 'anything' }, repeatIndex: 0 };
    const { output, error, tokenUsage, cost, metadata } = await parley.callApi('steelman', context);
    expect(error).toBeUndefined();
    expect(String(output).length).toBeGreaterThan(100);
    expect(cost).toBe(0);
    expect(metadata).toMatchObject({
      ending: 'round-limit',
      scenario: 'us-dprk-talks',
      strategy: 'steelman',
      seed: 1,
      rounds: 1,
      turns: 5,
      simulated: true,
    });
    expect(metadata?.['convergence']).toBeGreaterThan(0);
    expect(metadata?.['grounding']).toBeGreaterThan(0.3);
    expect(metadata?.['interval']).toMatchObject({ low: expect.any(Number), high: expect.any(Number) });

    const run = String(metadata?.['run']);
    const events = await journalOf(transcripts, run.slice(transcripts.length + 1));
    const statement = events.find((event) => event.type === 'statement-drafted');
    expect(output).toBe(statement?.text);
    expect(tokenUsage?.total).toBe((tokenUsage?.prompt ?? 0) + (tokenUsage?.completion ?? 0));
    expect(tokenUsage?.numRequests).toBe(10);
  });

  test('takes the seed from the repeat, so that repeats differ and can be held again', async () => {
    const transcripts = await temporaryFolder();
    const parley = await provider({
      ...short,
      transcripts,
      seed: 7,
      output: 'transcript',
      strategy: 'plain',
    });
    const said = async (repeatIndex: number) => {
      const { output, metadata } = await parley.callApi('', { repeatIndex });
      expect(metadata?.['seed']).toBe(7 + repeatIndex);
      return output;
    };
    const first = await said(0);
    expect(first).toMatch(/^\[Moderator\]: /);
    expect(await said(1)).not.toBe(first);
    expect(await said(0)).toBe(first);
  });

  test('lets the variables of a test go before the config, and the config before the prompt', async () => {
    const config = {
      ...short,
      transcripts: await temporaryFolder(),
      strategy: 'graduated-steps',
      output: 'json',
    };
    const strategyOf = async (vars: Record<string, unknown>) =>
      (await (await provider(config)).callApi('steelman', { vars })).metadata?.['strategy'];
    expect(await strategyOf({})).toBe('graduated-steps');
    expect(await strategyOf({ strategy: 'plain' })).toBe('plain');
    const { output } = await (await provider(config)).callApi('', {});
    expect(output).toMatchObject({ turns: expect.any(Array), answers: expect.any(Array) });
  });

  test.each([
    ['an unknown option', { round: 2 }, '', /config of the parley provider has no "round".*rounds/],
    ['a bad value', { rounds: 0 }, '', /config\.rounds of the parley provider/],
    ['an unknown strategy', {}, 'steelmann', /steelmann[\s\S]*steelman/],
    ['an unknown model', { model: 'opnai:x' }, '', /opnai[\s\S]*openai/],
    ['a missing key', { model: 'openai:gpt-6-luna' }, '', /OPENAI_API_KEY/],
  ])('answers %s with an error that says what to do', async (_title, config, prompt, message) => {
    const parley = await provider({ ...short, transcripts: await temporaryFolder(), ...config });
    const { error, output } = await parley.callApi(prompt, {});
    expect(error).toMatch(message);
    expect(output).toBeUndefined();
  });

  test('tells what a debate cost, and what it had used when it failed, without the key', async () => {
    const key = 'sk-test-0123456789';
    const server = await startProviderServer({ answer: debating, key });
    const refusing = await startProviderServer({ answer: () => errors.wrongKey });
    const config = { ...short, transcripts: await temporaryFolder(), model: 'openai:scripted' };
    const paid = await provider({ ...config, baseUrl: server.baseUrl }, { OPENAI_API_KEY: key });
    const { error, cost, metadata } = await paid.callApi('plain', {});
    expect(error).toBeUndefined();
    expect(cost).toBeUndefined();
    expect(metadata?.['unpricedCalls']).toBe(server.requests.length);

    const refused = await provider({ ...config, baseUrl: refusing.baseUrl }, { OPENAI_API_KEY: key });
    const answer = await refused.callApi('plain', {});
    expect(answer).toMatchObject({ error: expect.any(String), metadata: { ending: 'failed' } });
    expect(JSON.stringify(answer)).not.toContain(key);
  });

  test('stops when promptfoo gives up', async () => {
    const parley = await provider({ ...short, transcripts: await temporaryFolder() });
    const { error, metadata } = await parley.callApi('plain', {}, { abortSignal: AbortSignal.abort() });
    expect(error).toBe('promptfoo stopped it.');
    expect(metadata?.['ending']).toBe('stopped');
  });

  test('comes with the package under its own name', async () => {
    const { exports } = JSON.parse(await readFile(join('package.json'), 'utf8'));
    const { default: file, types } = exports['./promptfoo'];
    expect(await readFile(file, 'utf8')).not.toBe('');
    expect(await readFile(types, 'utf8')).toContain('callApi');
  });
});
