import { describe, expect, it } from 'vitest';
import { isKept, verdictsIn, worlds } from '../../bench/validate/verdicts.ts';

const comparisons = 60;

describe('the whole verdict, in worlds whose truth is known', () => {
  it.each(worlds.flatMap((world) => [5, 8, 10].map((articles) => ({ name: world.name, world, articles }))))(
    'keeps its promise where the arm tried is $name, on $articles articles',
    ({ world, articles }) => {
      expect(isKept(world, verdictsIn(world, articles, comparisons))).toBe(true);
    },
  );

  it('finds a gain of 0.1 more often the more articles there are', () => {
    const gain = worlds.find(({ kind }) => kind === 'gain') as (typeof worlds)[number];
    const power = [5, 8, 10, 30].map((articles) => verdictsIn(gain, articles, comparisons).ahead);
    expect(power[0]).toBe(0);
    expect(power[1]).toBeGreaterThan(0.6);
    expect(power[2]).toBeGreaterThan(power[1] as number);
    expect(power[3]).toBe(1);
  });
});
