import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { eventSchema } from '../../src/debate/events.ts';
import { exactValuesOf } from '../../src/journal/exact-values.ts';
import { orderedCopyOf } from '../../src/journal/ordered-copy.ts';

const events = globSync('test/fixtures/journals/*/journal.jsonl').flatMap((path) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line)),
);
const copyOf = orderedCopyOf(eventSchema);
const isEvent = exactValuesOf(eventSchema, true);

/** The same value with the keys of its objects the other way round; of a record, whose keys stand as they were put, too. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

describe('a copy in the order of a schema', () => {
  test('of every stored event is what the schema makes of it, in whatever order its keys come', () => {
    expect(events.length).toBeGreaterThan(40);
    for (const event of events) {
      for (const given of [event, reversed(event)]) {
        const copy = copyOf(given as object);
        expect(isEvent(copy), event.type).toBe(true);
        expect(JSON.stringify(copy)).toBe(JSON.stringify(eventSchema.parse(given)));
      }
    }
  });

  test('shares no object with what it was made of', () => {
    const objectsIn = (value: unknown): object[] =>
      typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
    for (const event of events) {
      const own = new Set(objectsIn(event));
      expect(objectsIn(copyOf(event)).some((object) => own.has(object))).toBe(false);
    }
  });

  test('is none where any object has a key that the schema does not know', () => {
    const [event] = events;
    expect(copyOf({ ...event, more: 1 })).toBeUndefined();
    expect(copyOf({ ...event, article: { ...event.article, more: 1 } })).toBeUndefined();
    expect(copyOf({ ...event, type: 'no-such-event' })).toBeUndefined();
  });

  test.each<[string, z.ZodType, object]>([
    ['a union without a discriminator', z.object({ a: z.union([z.string(), z.number()]) }), { a: 1 }],
    ['a value that is changed', z.object({ a: z.string().transform(Number) }), { a: '1' }],
  ])('is none of %s', (_, schema, value) => {
    expect(orderedCopyOf(schema)(value)).toBeUndefined();
  });

  test('leaves what is no object or list where one is due to the check', () => {
    const schema = z.strictObject({
      list: z.array(z.int()),
      group: z.strictObject({ a: z.int() }).optional(),
    });
    const isExact = exactValuesOf(schema, true);
    for (const value of [
      { list: 1 },
      { list: null },
      { group: { a: 1 } },
      { list: [], group: 'x' },
      { list: ['1'] },
    ]) {
      expect(isExact(orderedCopyOf(schema)(value)), JSON.stringify(value)).toBe(false);
    }
    expect(isExact(orderedCopyOf(schema)({ list: [1], group: undefined }))).toBe(true);
  });
});
