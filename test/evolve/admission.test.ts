import { describe, expect, it } from 'vitest';
import { type ComparisonAims, defaultAims } from '../../src/batch/comparison-aims.ts';
import type { DebateMeasures } from '../../src/compare/measures.ts';
import { fewestToAdmit, levelOfChild, looksAt, type Proof, standingOf } from '../../src/evolve/admission.ts';
import { splitArticles, usualSizes } from '../../src/evolve/lineage.ts';

const names = (count: number) => Array.from({ length: count }, (_, index) => `article-${index}`);

function debate(arm: string, article: string, over: Partial<DebateMeasures> = {}): DebateMeasures {
  return {
    ...{ debate: `${arm}-${article}`, arm, article, cell: article, converged: false, rounds: 4 },
    ...{
      principals: 0.5,
      grounding: 0.8,
      fidelity: 1,
      hollow: 0,
      costUsd: 0.1,
      aborted: false,
      simulated: false,
    },
    ...over,
  };
}

const aims = (over: Partial<ComparisonAims> = {}): ComparisonAims => ({
  ...defaultAims(4),
  guards: [],
  ...over,
});

function standing(
  child: (article: number) => Partial<DebateMeasures>,
  {
    articles = 12,
    left = 0,
    control,
    proof = 'alike',
    ...over
  }: {
    articles?: number;
    left?: number;
    control?: (article: number) => number;
    proof?: Proof;
  } & Partial<ComparisonAims> = {},
) {
  const looked = names(articles);
  const debates = looked.flatMap((article, place) => [
    debate('parent', article),
    debate('child', article, child(place)),
    ...(control
      ? [
          debate('parent-shuffled-turns', article),
          debate('child-shuffled-turns', article, { principals: 0.5 + control(place) }),
        ]
      : []),
  ]);
  const controls = control ? (['shuffled-turns'] as const) : [];
  const order = { looked, left };
  return standingOf({ child: 'child', parent: 'parent' }, debates, order, {
    ...{ aims: aims(over), controls, proof, level: 0.025 },
  });
}

describe('the admission of a child', () => {
  it('takes a gain on seven articles out of seven, and not on six', () => {
    const gain = () => ({ principals: 0.6 });
    expect(standing(gain, { articles: 7 }).state).toBe('admitted');
    expect(standing(gain, { articles: 6, left: 1 }).state).toBe('open');
    expect(standing(gain, { articles: 6 }).state).toBe('hopeless');
  });

  it('is not given for equal results, nor for a loss', () => {
    expect(standing(() => ({}), { articles: 30 }).state).toBe('hopeless');
    expect(standing(() => ({ principals: 0.4 }), { articles: 30, left: 30 }).state).toBe('hopeless');
  });

  it('is given up early only where what is left could not change it', () => {
    expect(standing(() => ({}), { articles: 5, left: 6 }).state).toBe('open');
    expect(standing(() => ({}), { articles: 5, left: 5 }).state).toBe('hopeless');
  });

  it('asks for a guard that is shown to be kept, however large the gain', () => {
    const wide = { guards: ['grounding' as const], margins: { grounding: 0.3 } };
    const gain = () => ({ principals: 0.9 });
    expect(standing(gain, { articles: 8, ...wide }).state).toBe('hopeless');
    expect(standing(gain, { articles: 12, ...wide }).state).toBe('admitted');
    const rare = (article: number) => ({ principals: 0.9, grounding: article === 3 ? 0 : 0.8 });
    expect(standing(rare, { articles: 12, ...wide }).state).toBe('hopeless');
  });

  it('does not take a gain that is as large under a control', () => {
    const gain = () => ({ principals: 0.7 });
    expect(standing(gain, { control: () => 0.2 }).state).toBe('hopeless');
    expect(standing(gain, { control: () => 0.05 }).state).toBe('admitted');
  });

  it('counts an article on which only the child gives no number as the largest loss', () => {
    const gain = (article: number) => ({ principals: article === 11 ? null : 0.6 });
    const found = standing(gain);
    expect(found.state).toBe('hopeless');
    expect(found.evidence[0]?.gain).toBeCloseTo((11 * 0.1 - 1) / 12, 12);
  });

  it('does not take a child that loses on another primary measure', () => {
    const primary = ['principals', 'fidelity'] as const;
    const traded = () => ({ principals: 0.8, fidelity: 0.5 });
    expect(standing(traded, { primary: [...primary], articles: 20 }).state).toBe('hopeless');
    expect(standing(() => ({ principals: 0.8 }), { primary: [...primary], articles: 20 }).state).toBe(
      'admitted',
    );
  });

  it('takes many more articles where the mean must gain whatever its distribution', () => {
    const gain = () => ({ principals: 0.6 });
    expect(standing(gain, { articles: 41, proof: 'mean' }).state).toBe('hopeless');
    expect(standing(gain, { articles: 42, proof: 'mean' }).state).toBe('admitted');
    expect(fewestToAdmit(aims(), 'mean')[0]?.articles).toBe(6);
    const mostly = (article: number) => ({ principals: article % 10 === 9 ? 0.01 : 0.55 });
    expect(standing(mostly, { articles: 200, proof: 'mean' }).state).toBe('hopeless');
  });

  it('spends the level on children one after another, and never more than all of it', () => {
    const spent = Array.from({ length: 1000 }, (_, index) => levelOfChild(0.05, index + 1));
    expect(spent.slice(0, 3)).toEqual([0.025, 0.05 / 6, 0.05 / 12]);
    expect(spent.reduce((sum, each) => sum + each, 0)).toBeLessThan(0.05);
  });

  it('says beforehand how many articles each question takes', () => {
    expect(fewestToAdmit(aims(), 'alike')).toEqual([{ measure: 'principals', asks: 'gain', articles: 7 }]);
    expect(fewestToAdmit(aims({ guards: ['grounding'] }), 'alike').at(-1)).toEqual({
      ...{ measure: 'grounding', asks: 'kept', articles: 79 },
    });
  });
});

describe('the parts of the articles', () => {
  it('hold every article once, the same for the same seed', () => {
    const all = names(20);
    const split = splitArticles(all, usualSizes(20), 7);
    expect([...split.breed, ...split.test, ...split.sealed].sort()).toEqual([...all].sort());
    expect(splitArticles(all.toReversed(), usualSizes(20), 7)).toEqual(split);
    expect(splitArticles(all, usualSizes(20), 8)).not.toEqual(split);
  });

  it('leave seven to test on and six sealed where there are fifteen', () => {
    expect(usualSizes(15)).toEqual({ breed: 2, test: 7, sealed: 6 });
    expect(usualSizes(40)).toEqual({ breed: 8, test: 20, sealed: 12 });
  });

  it('are looked at on the way, and at the end', () => {
    expect(looksAt({ test: names(12) }, 5)).toEqual([5, 10, 12]);
    expect(looksAt({ test: names(10) }, 5)).toEqual([5, 10]);
  });
});
