import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { eventSchema } from '../../src/debate/events.ts';
import { exactValuesOf } from '../../src/journal/exact-values.ts';

const isExact = exactValuesOf(eventSchema);

/** Of each kind the first events of stored journals, in the schema's order. */
const journals = globSync('test/fixtures/journals/*/journal.jsonl').flatMap((path) =>
  readFileSync(path, 'utf8').trimEnd().split('\n'),
);
const events = [...Map.groupBy(journals.map(inOrder), ({ type }) => type).values()].flatMap((kind) =>
  kind.slice(0, 1),
);

function inOrder(line: string): Record<string, unknown> {
  const { v, number, at, ...rest } = JSON.parse(line);
  return { ...rest, v, number, at };
}

type Change = (value: unknown) => unknown;
const changes: readonly Change[] = [
  () => null,
  () => 'x',
  () => -1,
  () => 0.5,
  () => [],
  () => ({}),
  () => '',
  (value) => (typeof value === 'number' ? value + 1e16 : value),
  (value) => (typeof value === 'object' && value !== null ? { ...value, more: 1 } : value),
  (value) => (Array.isArray(value) ? [...value, ...value] : value),
];

/** The value with one place of it changed, for each place and each change. */
function* changed(value: unknown): Generator<unknown> {
  for (const change of changes) yield change(value);
  if (Array.isArray(value)) {
    for (const [place, item] of value.entries())
      for (const inner of changed(item)) yield value.with(place, inner);
  } else if (typeof value === 'object' && value !== null) {
    const group = value as Record<string, unknown>;
    for (const [key, item] of Object.entries(group)) {
      for (const inner of changed(item)) yield { ...group, [key]: inner };
      const { [key]: _, ...without } = group;
      yield without;
      yield { ...without, [key]: item };
    }
  }
}

describe('a value is exact', () => {
  test('where the schema gives it back just as it is, and most stored events are', () => {
    for (const event of events) {
      const parsed = eventSchema.parse(event);
      if (isExact(event)) expect(JSON.stringify(parsed)).toBe(JSON.stringify(event));
    }
    expect(events.filter(isExact).length).toBeGreaterThan(events.length * 0.8);
  });

  test('never where the schema refuses it or gives back another, whatever place is changed', () => {
    let exact = 0;
    let all = 0;
    for (const event of events) {
      for (const value of changed(event)) {
        all += 1;
        // One in eleven, so that each change comes up somewhere.
        if (all % 11 !== 0 || !isExact(value)) continue;
        exact += 1;
        const parsed = eventSchema.safeParse(value);
        if (!parsed.success || JSON.stringify(parsed.data) !== JSON.stringify(value))
          expect.fail(JSON.stringify(value).slice(0, 500));
      }
    }
    expect(all).toBeGreaterThan(5000);
    expect(exact).toBeGreaterThan(100);
  });

  test.each<[string, z.ZodType, unknown, boolean]>([
    ['of a length in bounds', z.string().min(2).max(3), 'abc', true],
    ['not of one too short', z.string().min(2), 'a', false],
    ['not of one too long', z.array(z.number()).max(1), [1, 2], false],
    ['at a bound that counts', z.number().min(2).max(2), 2, true],
    ['not at a bound that does not', z.number().gt(2), 2, false],
    ['not at an upper bound that does not', z.number().lt(2), 2, false],
    ['not of half a whole number', z.int(), 0.5, false],
    ['not of a number without end', z.number(), Number.POSITIVE_INFINITY, false],
    ['of a pattern', z.string().regex(/^a+$/), 'aa', true],
    ['not of another pattern', z.string().regex(/^a+$/), 'ab', false],
    ['of a literal', z.literal('a'), 'a', true],
    ['not of another literal', z.literal('a'), 'b', false],
    ['of a null that may be', z.string().nullable(), null, true],
    ['not of a null that may not', z.string(), null, false],
    ['of a tuple', z.tuple([z.string(), z.number()]), ['a', 1], true],
    ['not of a tuple and more', z.tuple([z.string()]), ['a', 'b'], false],
    ['of a record', z.record(z.string(), z.number()), { a: 1 }, true],
    ['not of a record with another value', z.record(z.string(), z.number()), { a: 'b' }, false],
    ['not of a list for an object', z.strictObject({}), [], false],
    ['not where a key is one too many', z.strictObject({ a: z.number() }), { a: 1, b: 1 }, false],
    ['not where a key is missing', z.strictObject({ a: z.number() }), {}, false],
    ['where a key may be missing', z.strictObject({ a: z.number().optional() }), {}, true],
    ['not in another order', z.strictObject({ a: z.number(), b: z.number() }), { b: 1, a: 1 }, false],
    ['not where a default is filled in', z.strictObject({ a: z.number().default(1) }), {}, false],
    ['not through a transformation', z.string().transform(Number), '1', false],
    ['not through a refinement', z.string().refine((text) => text === 'a'), 'b', false],
    ['of a word or number in a union', z.union([z.int(), z.literal('off')]), 'off', true],
    ['not of another word in it', z.union([z.int(), z.literal('off')]), 'on', false],
    ['not of half a number in it', z.union([z.int(), z.literal('off')]), 0.5, false],
    ['not in a union whose words are changed', z.union([z.string().trim(), z.number()]), ' a', false],
    [
      'not in a union that nothing tells apart',
      z.union([z.object({ a: z.string() }), z.strictObject({})]),
      {},
      false,
    ],
  ])('%s', (_, schema, value, answer) => {
    expect(exactValuesOf(schema)(value)).toBe(answer);
  });
});
