import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededInteger, seededRandom, shuffled } from '../../src/debate/seeded-random.ts';

describe('seeded chance', () => {
  test('the same keys give the same numbers on every machine', () => {
    const random = seededRandom(1, 'order', 2);
    expect([random(), random(), random()]).toMatchInlineSnapshot(`
      [
        0.6700763043481857,
        0.899053139379248,
        0.04444880341179669,
      ]
    `);
  });

  test('the same keys give the same integer and the same order', () => {
    expect([seededInteger(1, 'order'), seededInteger('talks', 7)]).toMatchInlineSnapshot(`
      [
        2058081302,
        1269436367,
      ]
    `);
    expect(shuffled(['a', 'b', 'c', 'd', 'e', 'f'], seededRandom('order', 3))).toMatchInlineSnapshot(`
      [
        "e",
        "d",
        "a",
        "b",
        "c",
        "f",
      ]
    `);
  });

  test('a number and the text of that number are different keys', () => {
    expect(seededInteger(1)).not.toBe(seededInteger('1'));
  });

  test('neighbouring seeds give unrelated streams', () => {
    const firsts = Array.from({ length: 4000 }, (_, seed) => seededRandom(seed)());
    const mean = firsts.reduce((sum, value) => sum + value, 0) / firsts.length;
    const serial = firsts
      .slice(1)
      .reduce((sum, value, index) => sum + (value - 0.5) * ((firsts[index] ?? 0) - 0.5), 0);
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.02);
    expect(Math.abs(serial / firsts.length) * 12).toBeLessThan(0.06);
  });

  test('numbers spread evenly over [0, 1)', () => {
    const random = seededRandom('spread');
    const bins = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 100_000; draw++) {
      const bin = Math.floor(random() * 10);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    const chiSquare = bins.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(27.9);
  });

  test('a shuffle keeps every item and leaves its input alone', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        const before = [...items];
        const after = shuffled(items, seededRandom(seed));
        expect(items).toEqual(before);
        expect([...after].sort()).toEqual([...items].sort());
      }),
    );
  });
});
