import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkDataset } from '../../src/dataset/check/check-dataset.ts';
import { reservedBy } from '../../src/dataset/check/table-kinds.ts';
import { formats } from '../../src/dataset/formats/index.ts';
import { columnsOf } from '../../src/dataset/formats/training-format.ts';

/** Checks a folder of files that parley did not make. */
async function verdictOn(files: Record<string, string | Buffer>) {
  const folder = await mkdtemp(join(tmpdir(), 'parley-check-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return checkDataset(folder);
}

const user = { role: 'user', content: 'What would you accept?' };
const answer = { role: 'assistant', content: 'A fifth.' };
const other = { role: 'assistant', content: 'Nothing.' };
const human = { from: 'human', value: 'What would you accept?' };
const gpt = { from: 'gpt', value: 'A fifth.' };

function lines(...rows: unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

describe('data that trainers take', () => {
  test.each([
    ['messages', { messages: [{ role: 'system', content: 'Be brief.' }, user, answer] }],
    ['messages with a tool', { messages: [user, answer, { role: 'tool', content: '4' }, answer] }],
    ['prompt and completion', { prompt: [user], completion: [answer] }],
    ['prompt and completion as text', { prompt: 'The sky is', completion: ' blue.' }],
    ['a preference', { prompt: [user], chosen: [answer], rejected: [other] }],
    ['a preference with an implicit prompt', { chosen: [user, answer], rejected: [user, other] }],
    ['an unpaired preference', { prompt: [user], completion: [answer], label: false }],
    [
      'an OpenAI preference',
      { input: { messages: [user] }, preferred_output: [answer], non_preferred_output: [other] },
    ],
    ['ShareGPT', { conversations: [human, gpt], system: 'Be brief.' }],
    ['a ShareGPT preference', { conversations: [human], chosen: gpt, rejected: { ...gpt, value: 'No.' } }],
  ])('passes: %s', async (_what, row) => {
    const { faults, rows } = await verdictOn({ 'train.jsonl': lines(row) });
    expect(faults).toEqual([]);
    expect(rows).toBe(1);
  });
});

test('files of a table that have no fault have none for their borders', async () => {
  const reasonsOf = async (rows: number, repeated: number, path = 'train.jsonl') => {
    const texts = Array.from({ length: rows }, (_, number) => ({
      text: `row ${Math.max(number, repeated)}`,
    }));
    return (await verdictOn({ [path]: lines(...texts) })).faults.map(({ reason }) => reason);
  };
  // Three of three hundred are one in a hundred, which is chance; three of 299 are more.
  expect(await reasonsOf(300, 3)).toEqual([]);
  expect(await reasonsOf(299, 3)).toEqual(['repeated-row']);
  expect(await reasonsOf(50, 2)).toEqual([]);
  const labelled = { prompt: [user], completion: [answer], label: true };
  for (const path of ['validation.jsonl', 'test.jsonl']) {
    const { faults } = await verdictOn({ [path]: lines(labelled, { ...labelled, completion: [other] }) });
    expect(faults).toEqual([]);
  }
  expect((await verdictOn({ 'train.jsonl': lines(labelled) })).faults).toEqual([]);
});

test('what the keys of a row differ by is told, and its order is no difference', async () => {
  const { faults } = await verdictOn({
    'train.jsonl': lines({ text: 'a', n: 1 }, { n: 2, text: 'b' }, { text: 'c', m: 1 }, { text: 'd', m: 1 }),
  });
  const words = 'the row’s keys differ from the first row’s: n is missing, m is new';
  expect(faults.map(({ row, message }) => [row, message])).toEqual([
    [3, words],
    [4, words],
  ]);
});

test('kinds of columns are told apart at any depth, each clash once', async () => {
  const { faults } = await verdictOn({
    'a/train.jsonl': lines({ text: 'a', x: [{ y: 1 }], z: null }, { text: 'b', x: [{ y: 'two' }], z: true }),
    'a/more.jsonl': lines({ text: 'c', x: [{ y: 'three' }], z: {} }, { text: 'd', x: {}, z: [] }),
    'b/train.jsonl': lines({ text: 'e', x: 'else', z: 1 }),
  });
  expect(
    faults
      .filter(({ reason }) => reason === 'mixed-types')
      .map(({ message }) => message)
      .sort(),
  ).toMatchInlineSnapshot(`
    [
      "column x is group here and list before",
      "column x[].y is whole number here and text before",
      "column z is list here and group before",
      "column z is true or false here and group before",
    ]
  `);
});

describe('a table is refused', () => {
  const reasonsIn = async (content: string) =>
    (await verdictOn({ 'train.jsonl': content })).faults.map(({ reason }) => reason);

  test('that no trainer reads', async () => {
    expect(await reasonsIn(lines({ foo: 1 }))).toEqual(['unknown-table']);
  });

  test.each([
    ['no message', []],
    ['no text', ''],
    ['an empty message', [{ role: 'user', content: '' }]],
    ['system text alone', [{ role: 'system', content: 'Be brief.' }]],
  ])('whose prompt is %s', async (_what, prompt) => {
    const completion = typeof prompt === 'string' ? ' blue.' : [answer];
    expect(await reasonsIn(lines({ prompt, completion }))).toHaveLength(1);
  });

  test('whose labels are all the same', async () => {
    const row = { prompt: [user], completion: [answer] };
    const [first, second] = [
      { ...row, label: true },
      { ...row, completion: [other], label: true },
    ];
    expect(await reasonsIn(lines(first, second))).toEqual(['one-label']);
    expect(await reasonsIn(lines(first, { ...second, label: false }))).toEqual([]);
    const tagged = (value: string, kto_tag: boolean) => ({
      conversations: [human, { ...gpt, value }],
      kto_tag,
    });
    expect(await reasonsIn(lines(tagged('a', true), tagged('b', true)))).toEqual(['one-label']);
    expect(await reasonsIn(lines(tagged('a', true), tagged('b', false)))).toEqual([]);
  });

  test('of the same row again and again', async () => {
    const row = { messages: [user, answer] };
    expect(await reasonsIn(lines(row, row, row, row, row))).toEqual(['repeated-row']);
  });

  test('with a row of half a million characters', async () => {
    const long = { role: 'assistant', content: 'word '.repeat(100_000) };
    expect(await reasonsIn(lines({ messages: [user, long] }))).toEqual(['too-long']);
  });

  const reserved = Object.entries(reservedBy).flatMap(([trainer, names]) =>
    names.split(/\s+/).map((name) => [trainer, name] as const),
  );
  test('with a name of its own for every column that TRL, Axolotl and LLaMA-Factory read', () => {
    const taken = reserved.map(([, name]) => name);
    for (const format of formats) {
      const columns = Object.keys(columnsOf(format, true));
      const stray = columns.filter((name) => taken.includes(name) && !format.check?.own.includes(name));
      expect(stray, format.name).toEqual([]);
    }
    for (const name of ['margin', 'kto_tag', 'advantages', 'position_ids', 'weight', 'system', 'environment'])
      expect(taken).toContain(name);
  });

  test.each(['margin', 'ref_chosen_logps', 'input_ids', 'kto_tag', 'advantages', 'environment', 'length'])(
    'with a column that a trainer reads as its own: %s',
    async (name) => {
      expect(
        await reasonsIn(lines({ prompt: [user], chosen: [answer], rejected: [other], [name]: 0.5 })),
      ).toEqual(['reserved-name']);
    },
  );

  test('but not for rows in two kinds of files, which are counted once', async () => {
    const { rows } = await verdictOn({
      'data/sft/train.jsonl': lines({ messages: [user, answer] }),
      'provenance/sft/train.jsonl': lines({ debate: 'a' }),
    });
    expect(rows).toBe(1);
  });

  const system = { role: 'system', content: 'x' };
  const call = {
    ...answer,
    content: null,
    tool_calls: [{ id: 'a', function: { name: 'f', arguments: '{}' } }],
  };
  test.each([
    ['a plain conversation', { messages: [user, answer] }, []],
    ['system text', { messages: [system, user, answer] }, ['Mistral system-role', 'Gemma system-role']],
    [
      'a system column of ShareGPT',
      { conversations: [human, gpt], system: 'x' },
      ['Mistral system-role', 'Gemma system-role'],
    ],
    ['no system text in its column', { conversations: [human, gpt], system: '' }, []],
    [
      'a developer’s text',
      { prompt: [{ ...system, role: 'developer' }, user], completion: [answer] },
      ['Llama', 'Qwen', 'Mistral', 'Gemma'].map((model) => `${model} developer-role`),
    ],
    [
      'a tool’s message',
      { messages: [user, call, { role: 'tool', content: '4', tool_call_id: 'a' }, answer] },
      ['Gemma tool-messages'],
    ],
    ['two users in a row', { messages: [user, user, answer] }, ['Mistral alternation', 'Gemma alternation']],
    ['an empty answer', { messages: [user, { ...answer, content: ' ' }] }, ['Mistral empty-answer']],
    [
      'system text behind a speech',
      { messages: [user, answer, system, user, answer] },
      ['Mistral system-role', 'Mistral alternation', 'Gemma system-role', 'Gemma alternation'],
    ],
    [
      'a pair with system text',
      { input: { messages: [system, user] }, preferred_output: [answer], non_preferred_output: [other] },
      ['Mistral system-role', 'Gemma system-role'],
    ],
  ])('with %s only by the templates that mind it', async (_what, row, minding) => {
    const { templates } = await verdictOn({ 'train.jsonl': lines(row, { ...row, extra: 'x' }) });
    const refusing = templates.filter(({ refuses }) => refuses);
    expect(refusing.map(({ model, refuses }) => `${model} ${refuses}`)).toEqual(minding);
    for (const { rows } of refusing) expect(rows).toBe(2);
    expect(new Set(templates.map(({ model }) => model)).size).toBe(4);
  });
});

describe('a row is refused, with its place and the reason,', () => {
  test.each([
    [
      'two users in a row',
      { messages: [user, user, answer] },
      'roles',
      /messages\[1\] is user where assistant/,
    ],
    ['an answer first', { messages: [answer, user] }, 'roles', /messages\[0\]/],
    [
      'system in the middle',
      { messages: [user, { role: 'system', content: 'x' }, answer] },
      'roles',
      /system/,
    ],
    ['a question last', { messages: [user, answer, user] }, 'last-turn', /must end with assistant/],
    ['nothing but system', { messages: [{ role: 'system', content: 'x' }] }, 'last-turn', /asks nothing/],
    [
      'an empty answer',
      { messages: [user, { role: 'assistant', content: ' ' }] },
      'empty-text',
      /messages\[1\]/,
    ],
    ['no content', { messages: [user, { role: 'assistant' }] }, 'bad-shape', /no content/],
    ['messages that are text', { messages: 'hello' }, 'bad-shape', /not a list/],
    [
      'an odd ShareGPT row, which LLaMA-Factory drops',
      { conversations: [human, gpt, human] },
      'last-turn',
      /gpt/,
    ],
    ['unknown ShareGPT roles', { conversations: [{ from: 'user', value: 'x' }, gpt] }, 'roles', /human must/],
    [
      'a prompt that ends with an answer',
      { prompt: [user, answer], completion: [answer] },
      'last-turn',
      /user/,
    ],
    ['text beside messages', { prompt: [user], completion: 'A fifth.' }, 'bad-shape', /both be/],
    [
      'two answers chosen',
      { prompt: [user], chosen: [answer, answer], rejected: [other] },
      'bad-shape',
      /one message/,
    ],
    [
      'the same answer twice',
      { prompt: [user], chosen: [answer], rejected: [answer] },
      'same-answers',
      /same/,
    ],
    [
      'a differing prefix',
      { chosen: [user, answer], rejected: [{ ...user, content: 'Hm?' }, other] },
      'other-prefix',
      /differ/,
    ],
    [
      'a label that is a number',
      { prompt: [user], completion: [answer], label: 1 },
      'label',
      /true or false/,
    ],
    ['a weight of 2', { messages: [user, { ...answer, weight: 2 }] }, 'weight', /not 0 or 1/],
    ['a weight on a user', { messages: [{ ...user, weight: 1 }, answer] }, 'weight', /assistant/],
    ['weights of 0 alone', { messages: [user, { ...answer, weight: 0 }] }, 'weight', /nothing is learned/],
    ['a prompt beside messages', { messages: [user, answer], prompt: 'x' }, 'reserved-name', /prompt/],
    ['a label beside messages', { messages: [user, answer], label: true }, 'reserved-name', /label/],
    [
      'a lone surrogate',
      { messages: [user, { ...answer, content: '\ud800' }] },
      'lone-surrogate',
      /messages\.1\.content/,
    ],
  ])('for %s', async (_what, row, reason, message) => {
    const { faults, total } = await verdictOn({ 'data/train.jsonl': lines(row) });
    expect(total).toBe(1);
    expect(faults).toMatchObject([{ file: 'data/train.jsonl', row: 1, reason }]);
    expect(faults[0]?.message).toMatch(message);
  });

  test('for a column that OpenAI does not take', async () => {
    const row = { messages: [user, answer], debate: 'x' };
    expect((await verdictOn({ 'openai/train.jsonl': lines(row) })).faults).toMatchObject([
      { reason: 'reserved-name' },
    ]);
    expect((await verdictOn({ 'sft/train.jsonl': lines(row) })).faults).toEqual([]);
  });

  const good = lines({ messages: [user, answer] });
  test.each([
    ['a byte order mark', `\ufeff${good}`, 'byte-order-mark', 1],
    ['Latin-1', Buffer.from(`${good}{"messages":"\u00e9"}\n`, 'latin1'), 'not-utf-8', 2],
    ['NUL bytes', `${good}\0\0\n`, 'nul-bytes', 2],
    ['a blank line', `${good}\n${good}`, 'blank-line', 2],
    ['half a line', `${good}${good.slice(0, 20)}`, 'bad-json', 2],
    ['a list', `${good}[1]\n`, 'not-a-row', 2],
    ['a number', `${good}7\n`, 'not-a-row', 2],
    ['a raw U+2028', `{"messages":[{"role":"user","content":"a\u2028b"}]}\n`, 'line-separator', 1],
    ['eleven megabytes', lines({ text: 'x'.repeat(11_000_000) }), 'too-large', 1],
    ['an empty file', '', 'no-rows', null],
  ])('for %s', async (_what, content, reason, row) => {
    const { faults } = await verdictOn({ 'train.jsonl': content });
    expect(faults[0]).toMatchObject({ reason, row });
  });
});

describe('a table is refused', () => {
  test('for whole numbers and decimals in one column, also across its files', async () => {
    const row = (score: string) => `{"messages":${JSON.stringify([user, answer])},"score":${score}}\n`;
    const mixed = await verdictOn({ 'train.jsonl': row('1.0') + row('2') });
    expect(mixed.faults).toMatchObject([{ row: 2, reason: 'mixed-types' }]);
    expect(mixed.faults[0]?.message).toMatch(/score is whole number here and decimal before/);
    const apart = await verdictOn({ 'a.jsonl': row('0.5'), 'b.jsonl': row('1') });
    expect(apart.faults).toMatchObject([{ file: 'b.jsonl', reason: 'mixed-types' }]);
    expect((await verdictOn({ 'train.jsonl': row('1.0') + row('2.5') + row('null') })).faults).toEqual([]);
  });

  test('for text beside numbers, deep inside too', async () => {
    const { faults } = await verdictOn({
      'x.jsonl': lines({ text: 'x', a: { b: [1] } }, { text: 'y', a: { b: ['one'] } }),
    });
    expect(faults).toMatchObject([{ row: 2, reason: 'mixed-types' }]);
    expect(faults[0]?.message).toContain('a.b[]');
  });

  test('for keys that come and go', async () => {
    const { faults } = await verdictOn({ 'x.jsonl': lines({ text: 'x', b: 2 }, { text: 'y', c: 2 }) });
    expect(faults).toMatchObject([{ row: 2, reason: 'other-keys' }]);
    expect(faults[0]?.message).toMatch(/b is missing, c is new/);
  });
});

describe('splits are refused', () => {
  const row = (group: string, content = group) => ({
    messages: [{ role: 'user', content }, answer],
    split_group: group,
  });

  test('for a group in two of them', async () => {
    const { faults } = await verdictOn({
      'train.jsonl': lines(row('a', '1'), row('b', '2')),
      'test.jsonl': lines(row('c', '3'), row('b', '4')),
    });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ reason: 'leak' });
    expect(faults[0]?.message).toMatch(/split_group b stands in test and in train/);
  });

  test('for the same prompt in two of them, whatever the answer', async () => {
    const { faults } = await verdictOn({
      'data/train.jsonl': lines({ messages: [user, answer] }),
      'data/valid.jsonl': lines({ messages: [user, other] }),
    });
    expect(faults).toMatchObject([{ file: 'data/valid.jsonl', reason: 'leak' }]);
  });

  test('not for the same rows in another format', async () => {
    const { faults } = await verdictOn({
      'sft/train.jsonl': lines({ messages: [user, answer] }),
      'chat/test.jsonl': lines({ messages: [user, answer] }),
    });
    expect(faults).toEqual([]);
  });
});

describe('the check', () => {
  test('names a few faults of a kind and counts the rest', async () => {
    const rows = Array.from({ length: 40 }, (_, number) => ({
      messages: [{ ...user, content: `Question ${number}?` }],
    }));
    const { faults, total, unnamed } = await verdictOn({ 'x.jsonl': lines(...rows) });
    expect(faults).toHaveLength(5);
    expect(total).toBe(40);
    expect(unnamed).toEqual([{ file: 'x.jsonl', reason: 'last-turn', count: 35 }]);
  });

  test('holds files to SHA256SUMS where it is there', async () => {
    const { faults } = await verdictOn({
      'x.jsonl': lines({ text: 'a' }),
      SHA256SUMS: `${'0'.repeat(64)}  x.jsonl\n${'1'.repeat(64)}  gone.jsonl\n${'2'.repeat(64)}  ../up\n`,
    });
    expect(faults.map(({ file, reason }) => `${file} ${reason}`)).toEqual([
      'x.jsonl checksum',
      'gone.jsonl checksum',
      '../up checksum',
    ]);
  });

  test('says so where there is nothing to check', async () => {
    expect((await verdictOn({ 'notes.txt': 'x' })).faults).toMatchObject([{ reason: 'no-rows' }]);
  });
});

test('a table without columns is said to be of nothing', async () => {
  const { faults } = await verdictOn({ 'a.jsonl': '{}\n' });
  expect(faults[0]?.message).toContain('no trainer reads a table of nothing');
});
