import { describe, expect, test } from 'vitest';
import { type Gate, gatedModel } from '../../src/batch/gated-model.ts';
import type { ChatChunk, ChatModel, ModelHandle } from '../../src/models/types.ts';
import { hello } from '../models/call.ts';

const usage = (input_tokens: number, output_tokens: number) => ({
  text: 'hm',
  usage_metadata: { input_tokens, output_tokens },
});
const chunk = (changes: Partial<ChatChunk> = {}): ChatChunk => ({
  text: '',
  response_metadata: {},
  additional_kwargs: {},
  ...changes,
});

async function* saying(chunks: readonly ChatChunk[], failure?: unknown): AsyncGenerator<ChatChunk> {
  yield* chunks;
  if (failure) throw failure;
}

/** A model of $1 a million tokens whose stream is given. */
function model(stream: ChatModel['stream']): ModelHandle & { asked: unknown[] } {
  const asked: unknown[] = [];
  return {
    asked,
    spec: 'openai:x',
    simulated: false,
    price: { input: 1, cachedInput: 1, output: 1 },
    callOptions: () => ({}),
    chatModel: async (request) => {
      asked.push(request);
      return { stream };
    },
  };
}

/** A gate that writes down what it is told. */
function gate(name: string, log: unknown[], { opens = true, countsWords = false } = {}): Gate {
  return {
    countsWords,
    async pass() {
      log.push(`${name} asked`);
      if (!opens) return null;
      return { began: () => void log.push(`${name} began`), over: (end) => void log.push([name, end]) };
    },
  };
}

async function listen(chat: ChatModel): Promise<string> {
  let text = '';
  for await (const part of await chat.stream([])) text += part.text;
  return text;
}

describe('a gated model', () => {
  test('asks every gate in order before a call, and tells each when it began and how it ended', async () => {
    const log: unknown[] = [];
    const handle = model(async () =>
      saying([chunk(usage(10, 0)), chunk({ text: '!' }), chunk(usage(10, 5))]),
    );
    const gated = gatedModel(handle, [gate('one', log), gate('two', log)], () => 0);
    const chat = await gated.chatModel(hello);
    expect(log).toEqual(['one asked', 'two asked']);
    expect(await listen(chat)).toBe('hm!hm');
    const end = { how: 'answered', used: { usd: null, tokens: 15 } };
    expect(log.slice(2)).toEqual(['one began', 'two began', ['one', end], ['two', end]]);
  });

  test('asks no gate where nothing is to be asked of it', async () => {
    const log: unknown[] = [];
    await gatedModel(
      model(async () => saying([])),
      [gate('one', log)],
      () => 0,
    ).chatModel();
    expect(log).toEqual([]);
  });

  test('says of a call that told no tokens that what it used is not known', async () => {
    const log: unknown[] = [];
    const handle = model(async () => saying([chunk({ text: 'hm' })]));
    await listen(await gatedModel(handle, [gate('one', log)], () => 0).chatModel(hello));
    expect(log.at(-1)).toEqual(['one', { how: 'answered', used: null }]);
  });

  test('counts words and dollars where one of its gates needs them', async () => {
    const log: unknown[] = [];
    const handle = model(async () => saying([chunk(usage(10_000, 5_000))]));
    const gates = [gate('one', log), gate('two', log, { countsWords: true })];
    await listen(await gatedModel(handle, gates, () => 0).chatModel(hello));
    expect(log.at(-1)).toEqual(['two', { how: 'answered', used: { usd: 0.015, tokens: 15_000 } }]);
  });

  test('of a reply that was cut short counts the words that came, and nothing where none came', async () => {
    for (const { read, used } of [
      { read: 1, used: expect.objectContaining({ tokens: expect.any(Number) }) },
      { read: 0, used: null },
    ]) {
      const log: unknown[] = [];
      const handle = model(async () => saying([chunk({ text: 'some words' }), chunk({ text: 'more' })]));
      const gated = gatedModel(handle, [gate('one', log, { countsWords: true })], () => 0);
      const words = (await (await gated.chatModel(hello)).stream([]))[Symbol.asyncIterator]();
      for (let count = 0; count < read; count++) await words.next();
      expect(await words.return?.()).toEqual({ done: true, value: undefined });
      expect(log.at(-1)).toEqual(['one', { how: 'ended', used }]);
    }
  });

  test('ends a call that is aborted, once', async () => {
    const log: unknown[] = [];
    const abort = new AbortController();
    const handle = model(async () => saying([chunk({ text: 'hm' })]));
    const gated = gatedModel(handle, [gate('one', log)], () => 0);
    const chat = await gated.chatModel(hello, abort.signal);
    abort.abort();
    expect(log.at(-1)).toEqual(['one', { how: 'ended', used: null }]);
    await listen(chat);
    expect(log.filter((entry) => Array.isArray(entry))).toHaveLength(1);
  });

  test.each([
    [
      { status: 429, headers: { 'retry-after': '7' } },
      { how: 'refused', used: null, retryAfterMs: 7000 },
    ],
    [{ status: 503 }, { how: 'refused', used: null, retryAfterMs: null }],
    [{ status: 500 }, { how: 'ended', used: null }],
  ])('rethrows %j, thrown before or in the stream, as %j', async (symptoms, end) => {
    const failure = Object.assign(new Error('no'), symptoms);
    for (const stream of [() => Promise.reject(failure), async () => saying([], failure)]) {
      const log: unknown[] = [];
      const chat = await gatedModel(model(stream), [gate('one', log)], () => 0).chatModel(hello);
      await expect(listen(chat)).rejects.toBe(failure);
      expect(log.at(-1)).toEqual(['one', end]);
    }
  });

  test('ends the call where the chat model cannot be made', async () => {
    const log: unknown[] = [];
    const handle = { ...model(async () => saying([])), chatModel: () => Promise.reject(new Error('no key')) };
    await expect(gatedModel(handle, [gate('one', log)], () => 0).chatModel(hello)).rejects.toThrow('no key');
    expect(log.at(-1)).toEqual(['one', { how: 'ended', used: null }]);
  });

  test('waits for its abort where a gate lets nothing through, and tells the gates before it', async () => {
    const log: unknown[] = [];
    const handle = model(async () => saying([]));
    const gates = [gate('one', log), gate('two', log, { opens: false }), gate('three', log)];
    const gated = gatedModel(handle, gates, () => 0);
    const abort = new AbortController();
    const waiting = gated.chatModel(hello, abort.signal);
    await new Promise(setImmediate);
    expect(log).toEqual(['one asked', 'two asked', ['one', { how: 'ended', used: null }]]);
    expect(handle.asked).toEqual([]);
    abort.abort();
    await waiting;
    expect(handle.asked).toEqual([hello]);
    await gated.chatModel(hello, AbortSignal.abort());
    await gated.chatModel(hello);
    expect(handle.asked).toHaveLength(3);
  });
});
