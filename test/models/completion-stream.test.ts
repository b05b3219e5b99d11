import { expect, test } from 'vitest';
import { completionChunks } from '../../src/models/providers/openai/completion-stream.ts';

const words = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;

async function* inPieces(...pieces: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}

async function read(...pieces: (string | Uint8Array)[]) {
  const chunks = [];
  for await (const chunk of completionChunks(inPieces(...pieces))) chunks.push(chunk);
  return chunks;
}

const textsOf = async (...pieces: (string | Uint8Array)[]) =>
  (await read(...pieces)).map(({ text }) => text).filter((text) => text !== '');

test('what one reading of the network brought comes as one chunk', async () => {
  expect(await textsOf(words('We ') + words('hear '), words('you.'), 'data: [DONE]\n\n')).toEqual([
    'We hear ',
    'you.',
  ]);
});

test('bytes that are cut anywhere, even inside a character or between \\r and \\n, give the same words', async () => {
  const bytes = Buffer.from(`: hello\r\n\r\n${words('Pyŏngyang — 평양').replaceAll('\n', '\r\n')}`);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const texts = await textsOf(bytes.subarray(0, cut), bytes.subarray(cut));
    expect(texts.join('')).toBe('Pyŏngyang — 평양');
  }
});

test('nothing after the end mark is heard', async () => {
  expect(await textsOf(`${words('All of it')}data: [DONE]\n\n${words(' and more')}`)).toEqual(['All of it']);
});

test('a last event without its empty line counts', async () => {
  expect(await textsOf(words('All '), words('of it').trimEnd())).toEqual(['All ', 'of it']);
});

test('of a running count the last one holds', async () => {
  const count = (prompt_tokens: number) =>
    `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens, completion_tokens: 2 } })}\n\n`;
  const chunks = await read(count(5) + words('Yes'), count(7));
  expect(chunks.flatMap(({ usage_metadata }) => usage_metadata ?? [])).toEqual([
    { input_tokens: 7, output_tokens: 2, input_token_details: { cache_read: 0, cache_creation: 0 } },
  ]);
});

test('what was said before a fault in the same reading is heard, then the fault is thrown', async () => {
  const chunks = completionChunks(inPieces(`${words('One ')}data: {"error":"out of memory"}\n\n`));
  expect(await chunks.next()).toMatchObject({ value: { text: 'One ' } });
  await expect(chunks.next()).rejects.toThrow('out of memory');
});

test('a fault names nothing of the reply', async () => {
  await expect(read('data: {"choices": [{"delta": {"content": "a secret\n\n')).rejects.toThrow(
    new SyntaxError('an event of the stream is no JSON object'),
  );
});

test('an event that never ends is given up', async () => {
  const endless = Array.from(
    { length: 9 },
    (_, index) => `${index === 0 ? 'data: ' : ''}${'x'.repeat(1_000_000)}`,
  );
  await expect(read(...endless)).rejects.toThrow(SyntaxError);
});

const delta = (fields: object, more: object = {}) =>
  `data: ${JSON.stringify({ choices: [{ delta: fields, ...more }] })}\n\n`;
const heard = async (...pieces: string[]) => {
  const chunks = await read(...pieces);
  const thoughts = chunks.map(({ additional_kwargs }) => additional_kwargs['reasoning_content'] ?? '');
  return { text: chunks.map(({ text }) => text).join(''), thoughts: thoughts.join('') };
};

test.each<[string, string]>([
  ['a field', delta({ reasoning: 'Hm.' })],
  ['details', delta({ reasoning_details: [{ type: 'reasoning.text', text: 'Hm.' }] })],
  ['a field and details', delta({ reasoning: 'Hm.', reasoning_details: [{ text: 'Hm.' }] })],
  ['a part', delta({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] }] })],
  [
    'a summary',
    delta({ content: [{ type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }] }] }),
  ],
  ['a marked part', delta({ content: [{ text: 'Hm.', thought: true }] })],
  ['a marked piece', delta({ content: 'Hm.', extra_content: { google: { thought: true } } })],
])('thoughts sent as %s are no words', async (_, thoughts) => {
  expect(await heard(thoughts, words('Yes'))).toEqual({ text: 'Yes', thoughts: 'Hm.' });
});

test.each<[string, string[]]>([
  ['a part alone', [delta({ content: { type: 'text', text: 'All of it' } })]],
  ['a list of texts', [delta({ content: ['All ', 'of it'] })]],
  [
    'words that are said again at the end',
    [words('All of it'), delta({}, { delta: null, message: { content: 'All of it' } })],
  ],
  ['a second choice beside', [words('All of it'), delta({ content: 'Other' }, { index: 1 })]],
  ['events without empty lines', [`${words('All ')}${words('of it')}data: [DONE]`.replaceAll('\n\n', '\n')]],
  [
    'a body a line',
    ['{"choices":[{"delta":{"content":"All "}}]}\n', '{"choices":[{"delta":{"content":"of it"}}]}\n'],
  ],
  ['a list of one body', ['[{"choices":[{"message":{"content":"All of it"}}]}]']],
])('%s is read', async (_, pieces) => {
  expect((await heard(...pieces)).text).toBe('All of it');
});

test.each([
  { usage: { input_tokens: 20, output_tokens: 6 } },
  { x_groq: { usage: { prompt_tokens: 20, completion_tokens: 6 } } },
  { choices: [{ delta: {}, usage: { prompt_tokens: 20, completion_tokens: 6 } }] },
])('the count in %j is found', async (event) => {
  const chunks = await read(words('Yes'), `data: ${JSON.stringify(event)}\n\n`);
  expect(chunks.at(-1)?.usage_metadata).toMatchObject({ input_tokens: 20, output_tokens: 6 });
});

test('events that differ in their words alone read as they would each by itself', async () => {
  const of = (delta: object, more: object = {}) => ({ id: 'x', choices: [{ index: 0, delta, ...more }] });
  const events: object[] = [
    of({ content: 'One' }),
    of({ content: ' two' }),
    of({ content: '"quoted\\" \n' }),
    of({ content: 'content' }),
    of({ content: '' }),
    of({ content: '","role":"x' }),
    of({ content: 'é 核查' }),
    of({ reasoning_content: 'hm' }),
    of({ reasoning_content: 'content' }),
    of({ content: 'three', reasoning: 'why' }),
    of({ refusal: 'no', content: 'three' }),
    of({ content: 'one', note: { content: 'one' } }),
    of({ content: 'two', note: { content: 'two' } }),
    of({ type: 'thought', content: 'aside' }),
    { ...of({ content: 'counted' }), usage: { prompt_tokens: 1, completion_tokens: 1 } },
    of({ content: ' end' }, { finish_reason: 'length' }),
    of({}, { message: { content: 'One' } }),
    { choices: [{ index: 1, delta: { content: 'other' } }] },
    { choices: [{ index: 0, message: { content: 'One' } }] },
    { choices: [{ index: 0, message: { content: 'Two' } }] },
    { choices: [{ index: 0, text: 'plain' }] },
  ];
  const python = (event: object) =>
    JSON.stringify(event, null, 1).replaceAll(/\n +/g, ' ').replaceAll('\n', '');
  const merged = (chunks: Awaited<ReturnType<typeof read>>) => ({
    text: chunks.map(({ text }) => text).join(''),
    thoughts: chunks.map(({ additional_kwargs }) => additional_kwargs['reasoning_content'] ?? '').join(''),
    refusal: chunks.map(({ additional_kwargs }) => additional_kwargs['refusal'] ?? '').join(''),
    reasons: chunks.flatMap(({ response_metadata }) => response_metadata['finish_reason'] ?? []),
    usage: chunks.flatMap(({ usage_metadata }) => usage_metadata ?? []),
  });
  for (const one of events) {
    for (const other of events) {
      for (const written of [JSON.stringify, python]) {
        const alike = [one, other, other, one].map((event) => `data: ${written(event)}\n\n`);
        // A name that no event shares with the next one keeps each from being read like it.
        const apart = [one, other, other, one].map(
          (event, place) => `data: ${written({ ...event, place })}\n\n`,
        );
        expect(merged(await read(alike.join('')))).toEqual(merged(await read(apart.join(''))));
      }
    }
  }
});
