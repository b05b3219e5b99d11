import { describe, expect, test } from 'vitest';
import {
  condensedJson,
  createLeakWatch,
  createSplitTable,
  learnedIn,
  splitOfFile,
} from '../../src/dataset/check/leaks.ts';

describe('a table of splits', () => {
  test('knows thousands of things again, each of them', () => {
    const table = createSplitTable();
    const things = Array.from({ length: 5000 }, (_, number) => `thing ${number}`);
    expect(things.filter((thing) => table.isRepeated(thing))).toEqual([]);
    expect(things.filter((thing) => !table.isRepeated(thing))).toEqual([]);
  });

  test('names the split where a thing stood before, once', () => {
    const table = createSplitTable();
    const things = Array.from({ length: 3000 }, (_, number) => `thing ${number}`);
    const splits = ['train', 'validation', 'test'];
    const own = (number: number) => splits[number % 3] as string;
    for (const [number, thing] of things.entries()) expect(table.clashOf(thing, own(number))).toBeNull();
    for (const [number, thing] of things.entries()) expect(table.clashOf(thing, own(number))).toBeNull();
    for (const [number, thing] of things.entries())
      expect(table.clashOf(thing, own(number + 1))).toBe(own(number));
    for (const [number, thing] of things.entries()) expect(table.clashOf(thing, own(number + 2))).toBeNull();
  });
});

test.each([
  ['sft/train.jsonl', 'train'],
  ['training-0.parquet', 'train'],
  ['data/valid.jsonl', 'validation'],
  ['val_1.json', 'validation'],
  ['DEV.jsonl', 'validation'],
  ['eval/rows.jsonl', 'validation'],
  ['sft.test.jsonl', 'test'],
  ['latest.jsonl', null],
  ['trainer.jsonl', null],
])('the file %s is of the split %s', (path, split) => {
  expect(splitOfFile(path)).toBe(split);
});

test('long texts are put by their hash, and counted whole', () => {
  const short = { text: 'a'.repeat(7999) };
  expect(condensedJson(short)).toEqual({ json: JSON.stringify(short), length: JSON.stringify(short).length });
  for (const text of ['b'.repeat(8000), `${'c'.repeat(9000)}\n"`]) {
    const { json, length } = condensedJson([text, text]);
    expect(json.length).toBeLessThan(200);
    expect(length).toBe(JSON.stringify([text, text]).length);
  }
});

describe('a leak', () => {
  test('is a group or a prompt that stands in two splits, told once', () => {
    const watch = createLeakWatch();
    const row = { split_group: 'storm', prompt: 'Say it.', chosen: 'a' };
    expect(watch.leaksOf(row, 'train', 'dpo')).toEqual([]);
    expect(watch.leaksOf(row, 'train', 'dpo')).toEqual([]);
    expect(watch.leaksOf(row, 'test', 'dpo')).toEqual([
      'split_group storm stands in train and in test',
      'the same prompt stands in train and in test',
    ]);
    expect(watch.leaksOf(row, 'test', 'dpo')).toEqual([]);
  });

  test('is none of the same prompt in another folder, or of an empty group', () => {
    const watch = createLeakWatch();
    watch.leaksOf({ prompt: 'Say it.', group: '' }, 'train', 'dpo');
    expect(watch.leaksOf({ prompt: 'Say it.', group: '' }, 'test', 'grpo')).toEqual([]);
    expect(watch.leaksOf({ prompt: 'Else.', group: 7 }, 'test', 'dpo')).toEqual([]);
  });
});

describe('what a row teaches', () => {
  const user = { role: 'user', content: 'Why?' };
  const answer = { role: 'assistant', content: 'So.' };
  const other = { role: 'assistant', content: 'No.' };
  const keyOf = (row: Record<string, unknown>, ...columns: string[]) => learnedIn(row, columns).key;

  test.each<[string, Record<string, unknown>, Record<string, unknown>, string[]]>([
    ['another answer', { messages: [user, answer] }, { messages: [user, other] }, ['messages']],
    ['another question', { messages: [user, answer] }, { messages: [answer, answer] }, ['messages']],
    ['an answer that is asked for', { messages: [user] }, { messages: [user, answer] }, ['messages']],
    [
      'another turn',
      {
        conversations: [
          { from: 'human', value: 'a' },
          { from: 'gpt', value: 'b' },
        ],
      },
      {
        conversations: [
          { from: 'human', value: 'a' },
          { from: 'gpt', value: 'c' },
        ],
      },
      ['conversations'],
    ],
    [
      'another completion',
      { prompt: 'a', completion: 'b' },
      { prompt: 'a', completion: 'c' },
      ['prompt', 'completion'],
    ],
    [
      'another prompt',
      { prompt: 'a', completion: 'b' },
      { prompt: 'c', completion: 'b' },
      ['prompt', 'completion'],
    ],
    [
      'another input',
      { input: { messages: [user] }, preferred_output: [answer] },
      { input: { messages: [answer] }, preferred_output: [answer] },
      ['input', 'preferred_output'],
    ],
    [
      'another tool',
      { input: { messages: [user], tools: [] } },
      { input: { messages: [user], tools: [1] } },
      ['input'],
    ],
    ['another text', { text: 'a' }, { text: 'b' }, ['text']],
    ['anything where all counts', { turns: [1] }, { turns: [2] }, []],
  ])('differs by %s', (_, one, two, columns) => {
    expect(keyOf(one, ...columns)).not.toBe(keyOf(two, ...columns));
    expect(keyOf(structuredClone(one), ...columns)).toBe(keyOf(one, ...columns));
  });

  test('does not differ by what no trainer reads', () => {
    const row = { messages: [user, answer], seed: 1 };
    expect(keyOf({ ...row, seed: 2 }, 'messages')).toBe(keyOf(row, 'messages'));
    expect(keyOf({ ...row, prompt: 'x', seed: 2 }, 'seed')).toBe(keyOf({ seed: 2 }, 'seed'));
  });

  test('is as long as its JSON', () => {
    const messages = [user, { ...answer, content: 'b'.repeat(9000) }];
    const { length } = learnedIn({ messages }, ['messages']);
    expect(Math.abs(length - JSON.stringify(messages).length)).toBeLessThan(4);
    expect(learnedIn({ text: 'a' }, ['text']).length).toBe(5);
  });
});

test('a prompt is the same in messages, in a conversation and in an input', () => {
  const watch = createLeakWatch();
  const asked = [{ role: 'user', content: 'Why?' }];
  const answered = [...asked, { role: 'assistant', content: 'So.' }];
  const rows: Record<string, unknown>[] = [
    { messages: answered },
    { messages: asked },
    { conversations: answered },
    { input: { messages: asked } },
    { prompt: asked },
    { prompt: null, messages: answered },
  ];
  expect(watch.leaksOf({ prompt: asked }, 'train', 'x')).toEqual([]);
  for (const [place, row] of rows.entries()) {
    const fresh = createLeakWatch();
    fresh.leaksOf({ prompt: asked }, 'train', 'x');
    expect(fresh.leaksOf(row, 'test', 'x'), `row ${place}`).toEqual([
      'the same prompt stands in train and in test',
    ]);
  }
  for (const row of [{ text: 'a' }, { messages: 'a' }, { messages: [...asked, ...asked] }, { input: 'a' }])
    expect(watch.leaksOf(row, 'test', 'x')).toEqual([]);
});

test('a group that comes again after another is still known, and is told once a split', () => {
  const watch = createLeakWatch();
  const leaks = ['a', 'b', 'a', 'b'].flatMap((group) => watch.leaksOf({ group }, 'train', 'x'));
  expect(leaks).toEqual([]);
  expect(watch.leaksOf({ group: 'a' }, 'test', 'x')).toEqual(['group a stands in train and in test']);
  expect(watch.leaksOf({ group: 'b' }, 'test', 'x')).toEqual(['group b stands in train and in test']);
  expect(watch.leaksOf({ debate: 'a', group_id: 'long '.repeat(30) }, 'test', 'x')).toEqual([]);
  expect(watch.leaksOf({ group_id: 'long '.repeat(30) }, 'train', 'x')).toEqual([
    `group_id ${'long '.repeat(12)} stands in test and in train`,
  ]);
});
