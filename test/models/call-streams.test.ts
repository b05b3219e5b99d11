import { expect, test } from 'vitest';
import { startProviderServer } from '../helpers/provider-server.ts';
import { call, openaiAt, settled } from './call.ts';

test.each([
  [
    'a stream that is cut off',
    { text: 'one two three', fault: { kind: 'drop', after: 2 } },
    'connection-lost',
  ],
  ['a stream that just ends', { text: 'one two three', fault: { kind: 'end', after: 2 } }, 'incomplete'],
  [
    'a stream with no finish reason and no count',
    { text: 'one two three', finish: null, usage: null, done: false },
    'incomplete',
  ],
  ['a line that is no JSON', { text: 'one two three', fault: { kind: 'garbage', after: 2 } }, 'incomplete'],
  [
    'an error inside a stream',
    { text: 'one two three', fault: { kind: 'error-event', after: 2 } },
    'server-error',
  ],
] as const)('%s is no reply: its words are void and it is asked for again', async (_, reply, reason) => {
  const server = await startProviderServer({ replies: [reply, 'All of it'] });
  const { failedAttempts, finished, parts } = await call(settled(openaiAt(server)));
  expect(failedAttempts).toMatchObject([{ reason, hadText: true, retryInMs: 750 }]);
  expect(finished).toMatchObject({ text: 'All of it', record: { attempts: 2 } });
  expect(parts.findIndex(({ type }) => type === 'attempt-failed')).toBeGreaterThan(0);
});

test('a finish reason without [DONE] is a whole reply', async () => {
  const server = await startProviderServer({ replies: [{ text: 'All of it', done: false }] });
  const { finished } = await call(openaiAt(server));
  expect(finished).toMatchObject({ text: 'All of it', ending: 'complete' });
});

test.each([
  ['the token limit', { text: 'cut short', finish: 'length' }, 'length'],
  ['a content filter', { text: 'cut short', finish: 'content_filter' }, 'filtered'],
] as const)('a reply ended by %s says so', async (_, reply, ending) => {
  const server = await startProviderServer({ replies: [reply] });
  const { finished } = await call(openaiAt(server));
  expect(finished).toMatchObject({ text: 'cut short', ending });
});

test('a refusal is a reply that was refused, with its words', async () => {
  const server = await startProviderServer({ replies: [{ refusal: 'I cannot help with that.' }] });
  const { finished, deltas } = await call(openaiAt(server));
  expect(finished).toMatchObject({ text: 'I cannot help with that.', ending: 'refused' });
  expect(deltas).toEqual(['I cannot help with that.']);
});

test('thoughts are no text', async () => {
  const server = await startProviderServer({
    replies: [{ reasoning: ['They want ', 'sanctions relief.'], text: 'We hear you.' }],
  });
  const { finished, deltas } = await call(openaiAt(server));
  expect(finished?.text).toBe('We hear you.');
  expect(deltas.join('')).toBe('We hear you.');
});

test('thoughts that a server sends as text between think tags are no text either', async () => {
  const pieces = ['<thi', 'nk>They want', ' relief.</th', 'ink>\n\nWe hear', ' you.'];
  const server = await startProviderServer({ replies: [{ text: pieces, chunkEveryMs: 40 }] });
  const { finished, deltas } = await call(openaiAt(server));
  expect(finished?.text).toBe('We hear you.');
  expect(deltas).toEqual(['We hear', ' you.']);
});

test('a reply without a word is asked for again', async () => {
  const server = await startProviderServer({ replies: [{ text: '' }, { text: [' \n '] }, 'Here'] });
  const { failedAttempts, finished } = await call(openaiAt(server));
  expect(failedAttempts.map(({ reason }) => reason)).toEqual(['empty', 'empty']);
  expect(finished?.text).toBe('Here');
});

test('a model that spent its whole limit on thinking gets room to think, now and in later calls', async () => {
  const server = await startProviderServer({
    replies: [{ reasoning: ['Hm, ', 'hm.'], finish: 'length' }, 'A short speech', 'Another'],
  });
  const handle = openaiAt(server);
  const { failedAttempts, finished } = await call(handle);
  await call(handle);
  expect(failedAttempts).toMatchObject([{ reason: 'empty' }]);
  expect(finished?.text).toBe('A short speech');
  expect(server.requests.map(({ body }) => body['max_tokens'])).toEqual([100, 8_292, 8_292]);
});

test('text that comes as a list of parts is read', async () => {
  const pieces = [
    [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }],
    [{ type: 'text', text: 'Hello' }],
  ];
  const server = await startProviderServer({ replies: [{ text: pieces as unknown as string[] }] });
  const { finished } = await call(openaiAt(server));
  expect(finished?.text).toBe('Hello');
});
