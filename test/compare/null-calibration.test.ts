import { describe, expect, it } from 'vitest';
import { compareArms } from '../../src/compare/compare-arms.ts';
import { signFlip } from '../../src/compare/statistics/sign-flip.ts';
import { aimsWith, madeUpDebates, seeded, type Truth } from './made-up-debates.ts';

const comparisons = process.env['PARLEY_TEST_LONG'] ? 1_000 : 500;

/** Compares a strategy with itself, again and again, and counts what is wrongly called better. */
function falseFindings(truth: Truth, changes: Parameters<typeof aimsWith>[0] = {}) {
  const counts = { better: 0, tTest: 0 };
  for (let run = 0; run < comparisons; run++) {
    const debates = madeUpDebates(truth, seeded('null', truth.articles, truth.arms.length, run));
    const aims = aimsWith({ guards: [], ...changes });
    const result = compareArms({ title: '', arms: truth.arms, debates, aims, seed: run, draws: 99 });
    const primary = result.pairs.flatMap((pair) => pair.contrasts.filter((each) => each.role === 'primary'));
    if (primary.some((each) => each.better !== null)) counts.better++;
    if ((primary[0]?.tTestP as number) <= 0.05) counts.tTest++;
  }
  return counts;
}

/** Four standard errors of a binomial count: passes 99.99% of honest seeds, and the seed is fixed. */
function near(count: number, level: number): boolean {
  return Math.abs(count / comparisons - level) <= 4 * Math.sqrt((level * (1 - level)) / comparisons);
}

describe('a strategy compared with itself', () => {
  it('is called better than itself in about 5% of comparisons on 12 articles', () => {
    const { better, tTest } = falseFindings({ arms: ['one', 'same'], articles: 12 });
    expect(near(better, 204 / 4096)).toBe(true);
    expect(near(tTest, 0.05)).toBe(true);
  });

  it('is called so at the level that 8 articles can give: 12 of 256 patterns', () => {
    const { better, tTest } = falseFindings({ arms: ['one', 'same'], articles: 8 });
    expect(near(better, 12 / 256)).toBe(true);
    expect(near(tTest, 0.05)).toBe(true);
  });

  it('is never called so on 5 articles, which cannot reach 5%, although the t test alone would', () => {
    const { better, tTest } = falseFindings({ arms: ['one', 'same'], articles: 5 });
    expect(better).toBe(0);
    expect(near(tTest, 0.05)).toBe(true);
  });

  it('keeps its level beyond 20 articles, where patterns are drawn', () => {
    let rejected = 0;
    for (let run = 0; run < comparisons; run++) {
      const random = seeded('drawn', run);
      const differences = Array.from({ length: 24 }, () => random() + random() - 1);
      if (signFlip(differences, random, { draws: 399 }).p <= 0.05) rejected++;
    }
    expect(near(rejected, 0.05)).toBe(true);
  });

  it('is not called so more often for yes-or-no outcomes with ties', () => {
    const { better } = falseFindings({ arms: ['one', 'same'], articles: 10 }, { primary: ['converged'] });
    expect(better / comparisons).toBeLessThanOrEqual(0.05 + 4 * Math.sqrt((0.05 * 0.95) / comparisons));
    expect(better).toBeGreaterThan(0);
  });

  it('keeps 5% over three pairs and two measures together', () => {
    const truth = { arms: ['one', 'same', 'again'], articles: 9, repeats: 1 };
    const { better } = falseFindings(truth, { primary: ['principals', 'rounds'] });
    expect(better / comparisons).toBeLessThanOrEqual(0.05 + 4 * Math.sqrt((0.05 * 0.95) / comparisons));
    expect(better / comparisons).toBeGreaterThan(0.005);
  });
});
