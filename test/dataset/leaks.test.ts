import { describe, expect, test } from 'vitest';
import {
  condensedJson,
  createLeakWatch,
  createSplitTable,
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
