import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { GrowingText } from '../../src/models/providers/openai/growing-text.ts';
import { type Reply, startProviderServer } from '../helpers/provider-server.ts';
import { call, hastyClock, openaiAt } from './call.ts';

const event = (data: unknown) => `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
const piece = (delta: object, finish_reason: string | null = null, more: object = {}) => ({
  choices: [{ index: 0, delta, finish_reason }],
  ...more,
});
const words = (content: string, reason: string | null = null) => event(piece({ content }, reason));
const whole = `${words('All ')}${words('of it')}${words('', 'stop')}data: [DONE]\n\n`;
const sent = (body: string | Buffer, headers: Record<string, string> = {}): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream', ...headers },
  body,
});
const lines = (...bodies: unknown[]) => `${bodies.map((body) => JSON.stringify(body)).join('\n')}\n`;
const two = [piece({ content: 'All ' }), piece({ content: 'of it' }, 'stop')];
const ollama = [
  { message: { role: 'assistant', content: '', thinking: 'SECRET' }, done: false },
  { message: { role: 'assistant', content: 'All ' }, done: false },
  { message: { role: 'assistant', content: 'of it' }, done: false },
  { message: { content: '' }, done: true, done_reason: 'stop', prompt_eval_count: 20, eval_count: 3 },
];

test.each<[string, string | Buffer, Record<string, string>?]>([
  ['all so far in each piece', words('All') + words('All of') + words('All of it', 'stop')],
  [
    'all so far, in messages',
    event({ choices: [{ message: { content: 'All ' } }] }) +
      event({ choices: [{ message: { content: 'All of it' }, finish_reason: 'stop' }] }),
  ],
  [
    'all so far, within an output',
    event({ output: { text: 'All', finish_reason: 'null' } }) +
      event({ output: { text: 'All of', finish_reason: 'null' } }) +
      event({ output: { text: 'All of it', finish_reason: 'stop' } }),
  ],
  ["Ollama's own lines", lines(...ollama)],
  ["Ollama's own lines as events", ollama.map(event).join('')],
  ["one body of Ollama's", JSON.stringify({ message: { content: 'All of it' }, done: true })],
  [
    "Ollama's generate",
    lines({ response: 'All ', done: false }, { response: 'of it', done: true, done_reason: 'stop' }),
  ],
  [
    "Gemini's candidates",
    event({
      candidates: [
        {
          content: { parts: [{ text: 'SECRET', thought: true }, { text: 'All of it' }] },
          finishReason: 'STOP',
        },
      ],
    }),
  ],
  ['several bodies in one event', `data: ${JSON.stringify(two[0])}${JSON.stringify(two[1])}[DONE]\n\n`],
  ['bodies one after the other', JSON.stringify(two[0]) + JSON.stringify(two[1])],
  ['a body within a body', two.map((body) => event({ data: body })).join('')],
  [
    'the old completions',
    event({ choices: [{ text: 'All ' }] }) + event({ choices: [{ text: 'of it', finish_reason: 'stop' }] }),
  ],
  ['CR only, after a mark of byte order', `\ufeff${whole.replaceAll('\n', '\r')}`],
  ['events of a type and no space', whole.replaceAll('data: ', 'event: chunk\ndata:')],
  ['a quoted end mark', whole.replace('[DONE]', '"[DONE]"')],
  ['an error behind the end', `${words('All of it', 'stop')}${event({ error: { message: 'no usage' } })}`],
  ['a reason in the delta', words('All of it') + event(piece({ finish_reason: 'stop' }))],
  ['a reason that is the word null', event(piece({ content: 'All of it' }, 'null')) + words('', 'stop')],
  ['gzip unsaid', gzipSync(whole)],
  ['deflate unsaid', deflateSync(whole)],
  ['Brotli unsaid', brotliCompressSync(whole)],
  ['Zstandard unsaid', zstdCompressSync(whole)],
  ['Brotli said to be gzip', brotliCompressSync(whole), { 'content-encoding': 'gzip' }],
  ['plain said to be Brotli', whole, { 'content-encoding': 'br' }],
])('a reply that comes as %s is read at the first attempt', async (_, body, headers) => {
  const server = await startProviderServer({ replies: [sent(body, headers)] });
  const { finished, failedAttempts } = await call(openaiAt(server));
  expect(failedAttempts).toEqual([]);
  expect(finished).toMatchObject({ text: 'All of it', ending: 'complete' });
});

test.each<[string, string]>([
  ["Ollama's lines that are cut", lines(ollama[1])],
  ['a piece alone', JSON.stringify(two[0])],
  ['a reason that never comes', event(piece({ content: 'All ' }, 'null'))],
  ['insufficient_system_resource', words('All of it', 'insufficient_system_resource')],
])('%s is no whole reply', async (_, body) => {
  const server = await startProviderServer({ replies: [sent(body), 'All of it'] });
  const { finished, failedAttempts } = await call(openaiAt(server));
  expect(failedAttempts).toMatchObject([{ reason: 'incomplete' }]);
  expect(finished?.text).toBe('All of it');
});

test.each<[string, string, RegExp]>([
  [
    'a tool',
    event(piece({ tool_calls: [{ index: 0 }] })) + event(piece({}, 'tool_calls')),
    /asked for a tool/,
  ],
  ['another protocol', event({ type: 'response.output_text.delta', delta: 'All' }), /another form/],
  ['words in the midst', words('All ') + event('upstream went away'), /upstream went away/],
])('an answer with %s is reported as that', async (_, body, message) => {
  const server = await startProviderServer({ replies: [sent(body)] });
  const { failed } = await call(openaiAt(server), { policy: { attempts: 1 } });
  expect(failed?.message).toMatch(message);
});

test.each<[string, string, object]>([
  [
    'in two halves',
    event(piece({}, null, { usage: { prompt_tokens: 33 } })) +
      event(piece({ content: 'Hi' }, 'stop', { usage: { completion_tokens: 4 } })),
    { inputTokens: 33, outputTokens: 4 },
  ],
  [
    'behind the end mark',
    `${words('Hi', 'stop')}data: [DONE]\n\n${event({ choices: [], usage: { prompt_tokens: 33, completion_tokens: 4 } })}`,
    { inputTokens: 33, outputTokens: 4 },
  ],
  ["in Ollama's names", lines(...ollama), { inputTokens: 20, outputTokens: 3 }],
])('a count of tokens %s is read', async (_, body, usage) => {
  const server = await startProviderServer({ replies: [sent(body)] });
  expect((await call(openaiAt(server))).finished?.record.usage).toMatchObject(usage);
});

test.each<[Record<string, string>, number]>([
  [{ 'anthropic-ratelimit-tokens-reset': '2026-11-01T12:00:05Z' }, 5_000],
  [{ ratelimit: '"default";r=0;t=4' }, 4_000],
  [{ 'x-retry-after': '4' }, 4_000],
  [{ 'x-ratelimit-reset-after': '4', 'x-ratelimit-remaining': '0' }, 4_000],
])('a wait that is asked for as %j is waited', async (headers, milliseconds) => {
  const refusal: Reply = { status: 429, headers, body: { error: { message: 'slow down' } } };
  const server = await startProviderServer({ replies: [refusal, 'Here'] });
  const clock = hastyClock();
  await call(openaiAt(server), { clock, random: () => 0 });
  expect(clock.waits).toEqual([milliseconds]);
});

test.each<[number, string, string]>([
  [498, 'Flex tier capacity exceeded', 'overloaded'],
  [413, 'Request too large for model `x` on tokens per minute', 'context-too-long'],
  [410, 'The model x has been retired', 'unknown-model'],
  [400, 'The model `x` has been decommissioned', 'unknown-model'],
])('status %i with "%s" is %s', async (status, message, reason) => {
  const server = await startProviderServer({ replies: [{ status, body: { error: { message } } }] });
  expect((await call(openaiAt(server), { policy: { attempts: 1 } })).failed?.reason).toBe(reason);
});

test('a server that takes no streams is asked for whole replies from then on', async () => {
  const reply = { choices: [{ message: { content: 'All of it' }, finish_reason: 'stop' }] };
  const server = await startProviderServer({
    replies: [
      { status: 400, body: { error: { message: 'Streaming is not supported by this model' } } },
      { status: 200, body: reply },
    ],
  });
  const { finished } = await call(openaiAt(server));
  expect(finished).toMatchObject({ text: 'All of it', record: { attempts: 1 } });
  expect(server.requests[1]?.body['stream']).toBe(false);
});

/** The words that a text in these pieces comes to. */
function grown(...pieces: string[]): string {
  const text = new GrowingText();
  return (
    pieces.map((words, index) => text.take(words, false, index === pieces.length - 1)).join('') + text.end()
  );
}

test.each<[string[], string]>([
  [['no ', 'no ', 'no'], 'no no no'],
  [['ha', 'haha', '!'], 'hahaha!'],
  [['A', 'And so'], 'AAnd so'],
  [['The same again. ', 'The same again. ', 'The same again. '], 'The same again. '.repeat(3)],
  [['We propose a freeze', 'We propose a freeze of tests'], 'We propose a freeze of tests'],
  [['We prop', 'We propos\ufffd', 'We proposé', 'We proposé it'], 'We proposé it'],
  [['All ', 'of it, ', 'all day.', 'All of it, all day.'], 'All of it, all day.'],
])('pieces %j come to %j', (pieces, text) => {
  expect(grown(...pieces)).toBe(text);
});

test.each([301, 302, 307, 308])(
  'a redirect (%i) is not followed, so that no key reaches another server',
  async (status) => {
    const other = await startProviderServer({ answer: () => 'Here' });
    const headers = { location: `${other.baseUrl}/chat/completions` };
    const server = await startProviderServer({ replies: [{ status, headers, body: '' }] });
    expect((await call(openaiAt(server))).failed).toMatchObject({ reason: 'bad-request', attempts: 1 });
    expect(other.requests).toEqual([]);
  },
);
