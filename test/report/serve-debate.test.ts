import { request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { openMemoryStore } from '../../src/journal/memory-store.ts';
import type { JournalStore } from '../../src/journal/types.ts';
import { serveDebate } from '../../src/report/serve-debate.ts';
import { systemClock as clock } from '../../src/run/system-clock.ts';
import { debateEvents } from '../helpers/debate-events.ts';
import { hostileDebate } from './made-up-report.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Serves a debate of which so many events are there; the others can be added. */
async function served(events = debateEvents({ rounds: 1 }), there = events.length) {
  const store: JournalStore = openMemoryStore({ clock });
  const journal = await store.create('one', [], events.slice(0, there));
  if (!journal.ok) throw new Error(journal.failure.message);
  const failures: string[] = [];
  const outcome = await serveDebate({
    ...{ store, run: 'one', clock, port: 0, notes: false },
    onFailure: ({ message }) => failures.push(message),
  });
  if (!outcome.ok) throw new Error(outcome.failure.message);
  closing.push(outcome.value.close);
  const { address } = outcome.value;
  const add = async () => {
    for (const { v, number, at, ...body } of events.slice(there)) await journal.value.append(body);
  };
  /** The page once it has been made of this many events. */
  const page = async (count: number) => {
    for (let attempt = 0; attempt < 200; attempt++) {
      const text = await (await fetch(address)).text();
      if (text.includes(`data-state="${count}"`)) return text;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`never made of ${count} events`);
  };
  return { address, add, page, failures, events };
}

function askedAs(address: string, host: string, method = 'GET', path = '/'): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    const sent = request({ hostname, port, path, method, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('a served debate', () => {
  test('is on the loopback interface and answers to no other name', async () => {
    const { address } = await served();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const { port } = new URL(address);
    expect(await askedAs(address, `127.0.0.1:${port}`)).toBe(200);
    expect(await askedAs(address, `localhost:${port}`)).toBe(200);
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${Number(port) + 1}`])
      expect(await askedAs(address, host)).toBe(421);
  });

  test('can only be read', async () => {
    const { address } = await served();
    const { host } = new URL(address);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect(await askedAs(address, host, method)).toBe(405);
    for (const path of ['/journal.jsonl', '/../package.json', '/events/1', '//', '/?x'])
      expect(await askedAs(address, host, 'GET', path)).toBe(404);
  });

  test('is a page with a strict policy that may ask its own server and nobody else', async () => {
    const { address, page, events } = await served(hostileDebate());
    const text = await page(events.length);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? '';
    expect(policy.replaceAll('&#39;', "'")).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'$/,
    );
    expect(text.match(/<script/g)).toHaveLength(1);
    const { headers } = await fetch(address);
    expect(headers.get('content-security-policy')).toBe("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('tells open pages when another process has added to it', async () => {
    const { address, add, page, events } = await served(debateEvents({ rounds: 1 }), 3);
    await page(3);
    const stream = await fetch(`${address}/events`);
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('data: 3\n\n');
    await add();
    let heard = '';
    while (!heard.endsWith(`data: ${events.length}\n\n`)) heard += (await reader?.read())?.value ?? '';
    expect(await page(events.length)).toMatch(/round limit/i);
    await reader?.cancel();
  });

  test('says once that its journal cannot be read any more, and shows what was read', async () => {
    const store: JournalStore = openMemoryStore({ clock });
    const failures: string[] = [];
    const outcome = await serveDebate({
      ...{ store, run: 'none', clock, port: 0, notes: false },
      onFailure: ({ reason }) => failures.push(reason),
    });
    if (!outcome.ok) throw new Error(outcome.failure.message);
    closing.push(outcome.value.close);
    expect(await (await fetch(outcome.value.address)).text()).toContain('The debate is about to begin.');
    expect(failures).toEqual(['not-found']);
  });
});
