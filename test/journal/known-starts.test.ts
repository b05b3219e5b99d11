import { globSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { type DebateEvent, eventSchema } from '../../src/debate/events.ts';
import { createKnownStarts, type KnownStarts } from '../../src/journal/known-starts.ts';

const [path = ''] = globSync('test/fixtures/journals/*/journal.jsonl').sort();
const [first = ''] = readFileSync(path, 'utf8').split('\n');
const stored = JSON.parse(first) as Record<string, unknown>;

function lineWith(changes: Record<string, unknown>): Buffer {
  return Buffer.from(JSON.stringify({ ...stored, ...changes }));
}

function eventIn(line: Buffer): DebateEvent {
  return eventSchema.parse(JSON.parse(line.toString('utf8')));
}

const others = [1, 2, 3].map((seed) =>
  lineWith({ seed, debate: `other-${seed}`, at: `2026-11-0${seed}T08:00:00.000Z` }),
);
const [one, two, three] = others as [Buffer, Buffer, Buffer];

describe('the first line of a journal', () => {
  let starts: KnownStarts;
  beforeEach(() => {
    starts = createKnownStarts();
    for (const line of [one, two]) starts.learn(line, eventIn(line));
  });

  test('is known from lines that differ in time, name and seed, and gives what parsing it gives', () => {
    const found = starts.find(three);
    expect(found).toEqual(eventIn(three));
    expect(Object.keys(found ?? {})).toEqual(Object.keys(eventIn(three)));
    expect(found?.article).toBe(starts.find(one)?.article);
  });

  test('is not known before two lines have agreed', () => {
    const fresh = createKnownStarts();
    fresh.learn(one, eventIn(one));
    expect(fresh.find(two)).toBeNull();
  });

  test('is not known where anything else of it differs', () => {
    for (const key of Object.keys(stored).filter((name) => !['at', 'debate', 'seed'].includes(name)))
      for (const value of [null, 'x', 7, []]) expect(starts.find(lineWith({ [key]: value }))).toBeNull();
    expect(starts.find(lineWith({ more: 1 }))).toBeNull();
  });

  test('is not known where its time, name or seed is none that the schema takes', () => {
    const wrong = [
      { at: '2026-02-30T08:00:00.000Z' },
      { at: 'soon' },
      { debate: '' },
      { seed: -1 },
      { seed: 0.5 },
    ];
    for (const change of wrong) {
      expect(eventSchema.safeParse({ ...stored, ...change }).success).toBe(false);
      expect(starts.find(lineWith(change))).toBeNull();
    }
    const text = three.toString('utf8');
    for (const seed of ['03', '3e2', '+3', '', '9007199254740993'])
      expect(starts.find(Buffer.from(text.replace('"seed":3', `"seed":${seed}`)))).toBeNull();
  });

  test('is not known where another number stood in the place of its seed', () => {
    const nested = (seed: number, debate: string) =>
      lineWith({
        seed,
        debate,
        at: `2026-11-0${seed}T08:00:00.000Z`,
        models: { 'a,"seed":1': stored['models'] as object },
      });
    const fresh = createKnownStarts();
    const line = nested(1, 'nested-1');
    // Not an event, but what the text holds must be taken as it is, wherever a number like the seed stands.
    fresh.learn(line, JSON.parse(line.toString('utf8')));
    const later = Buffer.from(nested(2, 'nested-2').toString('utf8').replace('"seed":2', '"seed":1'));
    fresh.learn(later, JSON.parse(later.toString('utf8')));
    expect(fresh.find(nested(3, 'nested-3'))).toBeNull();
  });
});
