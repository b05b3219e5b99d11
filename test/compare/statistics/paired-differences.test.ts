import { describe, expect, it } from 'vitest';
import { articleDifferences, pairedEstimate } from '../../../src/compare/statistics/paired-differences.ts';

const published = [0.04, 0.07, -0.02, 0.09, 0.07, 0, 0.08, 0.08, -0.01, 0.08];
const onePerArticle = published.map((a, index) => ({
  article: `article-${index}`,
  cell: `${index}`,
  a,
  b: 0,
}));

describe('paired differences', () => {
  it('give the published mean, t, p and interval', () => {
    const estimate = pairedEstimate(onePerArticle);
    expect(estimate?.mean).toBeCloseTo(0.048, 12);
    expect(estimate?.t).toBeCloseTo(3.5821339, 7);
    expect(estimate?.p).toBeCloseTo(0.005911, 7);
    expect(estimate?.interval?.low).toBeCloseTo(0.0176875, 7);
    expect(estimate?.interval?.high).toBeCloseTo(0.0783125, 7);
  });

  it('count an article once, however many repeats it holds', () => {
    const repeated = onePerArticle.flatMap((pair) =>
      [1, 2, 3].map((repeat) => ({ ...pair, cell: `${pair.cell}-${repeat}` })),
    );
    const once = pairedEstimate(onePerArticle);
    const thrice = pairedEstimate(repeated);
    expect(thrice?.clusters).toBe(10);
    expect(thrice?.p).toBeCloseTo(once?.p as number, 12);
    expect(thrice?.interval?.low).toBeCloseTo(once?.interval?.low as number, 12);
  });

  it('give an article with many cells no more weight than one with few', () => {
    const pairs = [
      { article: 'short', cell: '1', a: 1, b: 0 },
      ...[1, 2, 3, 4, 5].map((repeat) => ({ article: 'long', cell: `long-${repeat}`, a: 0, b: 0 })),
    ];
    expect(pairedEstimate(pairs)?.mean).toBeCloseTo(0.5, 12);
  });

  it('average repeats within each article and list articles by name', () => {
    const differences = articleDifferences([
      { article: 'b', cell: '1', a: 0.5, b: 0.25 },
      { article: 'a', cell: '2', a: 1, b: 0 },
      { article: 'b', cell: '3', a: 0.75, b: 0 },
    ]);
    expect(differences).toEqual([
      { article: 'a', difference: 1, cells: 1 },
      { article: 'b', difference: 0.5, cells: 2 },
    ]);
  });

  it('say nothing certain from one article, and nothing at all from none', () => {
    const one = pairedEstimate([{ article: 'a', cell: '1', a: 1, b: 0 }]);
    expect(one).toMatchObject({ mean: 1, standardError: null, interval: null, p: null });
    expect(pairedEstimate([])).toBeNull();
  });

  it('find no difference in arms that are equal everywhere', () => {
    const equal = ['a', 'b', 'c'].map((article) => ({ article, cell: article, a: 0.7, b: 0.7 }));
    expect(pairedEstimate(equal)).toMatchObject({ mean: 0, standardError: 0, p: 1, t: null });
  });

  it('take what only rounding tells apart for no difference, in an article and in the mean', () => {
    const third = [
      { article: 'a', cell: '1', a: 1 / 3, b: 2 / 3 },
      { article: 'a', cell: '2', a: 1, b: 2 / 3 },
    ];
    expect(third.reduce((sum, { a, b }) => sum + (a - b), 0)).not.toBe(0);
    expect(articleDifferences(third)[0]?.difference).toBe(0);
    expect(pairedEstimate(third)).toMatchObject({ mean: 0 });
    const cancelling = [0.1, 0.2, -0.3].map((a, place) => ({ article: `${place}`, cell: '1', a, b: 0 }));
    expect(pairedEstimate(cancelling)?.mean).toBe(0);
  });

  it('keep a difference that is small but not rounding', () => {
    const small = [{ article: 'a', cell: '1', a: 1 + 1e-9, b: 1 }];
    expect(articleDifferences(small)[0]?.difference).toBeCloseTo(1e-9, 15);
  });
});

describe('differences that only rounding makes', () => {
  const differenceOf = (...pairs: [number, number][]) =>
    articleDifferences(pairs.map(([a, b], index) => ({ article: 'one', cell: `${index}`, a, b })))[0]
      ?.difference;

  it('are none: below 1e-12 of the largest value compared', () => {
    expect(differenceOf([0.1 + 0.2, 0.3])).toBe(0);
    expect(differenceOf([1e6 + 1e-7, 1e6])).toBe(0);
    expect(differenceOf([-1e6 - 1e-7, -1e6])).toBe(0);
    expect(differenceOf([0, 1e-9], [1e6, 1e6])).toBe(0);
    expect(differenceOf([1e-13, 0])).toBe(1e-13);
    expect(differenceOf([1 + 3e-12, 1])).toBeGreaterThan(2e-12);
  });

  it('leave neither a mean nor a doubt', () => {
    const pairs = [1, 2, 3].map((each) => ({ article: `${each}`, cell: '', a: 0.1 + 0.2, b: 0.3 }));
    expect(pairedEstimate(pairs)).toMatchObject({ mean: 0, standardError: 0, t: null, p: 1 });
    const opposite = [
      { article: 'x', cell: '', a: 1.1, b: 1 },
      { article: 'y', cell: '', a: 1, b: 1.1 },
    ];
    expect(pairedEstimate(opposite)).toMatchObject({ mean: 0, t: 0, p: 1 });
  });
});

describe('the paired test', () => {
  it('has a p of 0 where every article differs alike', () => {
    const pairs = [1, 2, 3].map((each) => ({ article: `${each}`, cell: '', a: 2, b: 1 }));
    expect(pairedEstimate(pairs)).toMatchObject({ mean: 1, standardError: 0, t: null, p: 0 });
    expect(pairedEstimate(pairs)?.interval).toEqual({ low: 1, high: 1 });
  });

  it('says nothing of one article, and nothing at all of none', () => {
    const one = pairedEstimate([{ article: 'x', cell: '', a: 2, b: 1 }]);
    expect(one).toMatchObject({
      mean: 1,
      clusters: 1,
      standardError: null,
      interval: null,
      t: null,
      p: null,
    });
    expect(pairedEstimate([])).toBeNull();
  });

  it('has an interval at the confidence asked for', () => {
    // standard error 0.048 / 3.5821339 = 0.0133998, times t(0.95, 9) = 1.8331129
    expect(pairedEstimate(onePerArticle, 0.9)?.interval?.low).toBeCloseTo(0.048 - 0.0245633, 6);
  });

  it('has two degrees of freedom for three articles', () => {
    // 1, 2, 3: mean 2, standard error 1 / sqrt(3): t = 3.4641 and p = 1 - t / sqrt(2 + t^2) = 0.0741799
    const pairs = [1, 2, 3].map((a) => ({ article: `${a}`, cell: '', a, b: 0 }));
    expect(pairedEstimate(pairs)?.p).toBeCloseTo(0.0741799, 7);
  });
});
