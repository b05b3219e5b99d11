import { describe, expect, it } from 'vitest';
import { compareArms } from '../../src/compare/compare-arms.ts';
import { type Comparison, type Contrast, comparisonSchema, pairsOf } from '../../src/compare/comparison.ts';
import type { DebateMeasures } from '../../src/compare/measures.ts';
import { shuffled } from '../../src/debate/seeded-random.ts';
import { aimsWith, madeUpDebates, seeded, type Truth } from './made-up-debates.ts';

function compared(
  truth: Truth,
  changes: Parameters<typeof aimsWith>[0] = {},
  mend: (debates: DebateMeasures[]) => DebateMeasures[] = (debates) => debates,
): Comparison {
  const debates = mend(madeUpDebates(truth, seeded('compared')));
  return compareArms({ title: 'Made up', arms: truth.arms, debates, aims: aimsWith(changes), seed: 1 });
}

function row(result: Comparison, measure: Contrast['measure'], pair = 0): Contrast {
  return result.pairs[pair]?.contrasts.find((each) => each.measure === measure) as Contrast;
}

const clearly = { arms: ['plain', 'steelman'], articles: 12, effect: { steelman: 0.15 } };
const alike = { arms: ['plain', 'steelman'], articles: 12 };

describe('comparing arms', () => {
  it('calls the arm better that is, and names the numbers', () => {
    const [pair] = compared({ ...clearly, articles: 90 }).pairs;
    expect(pair).toMatchObject({ a: 'steelman', b: 'plain', finding: 'better', winner: 'steelman' });
    expect(pair?.verdict).toMatch(
      /^steelman is better than plain: C at the end \+0\.\d\d\d \(95% interval \+0\.\d+ to \+0\.\d+, p \S+ after Holm, 90 articles\); no worse on grounding \(margin 0\.050\)\.$/,
    );
  });

  it('calls the other arm better when the effect is turned round', () => {
    const [pair] = compared({ ...clearly, articles: 90, effect: { plain: 0.15 } }).pairs;
    expect(pair).toMatchObject({ a: 'steelman', b: 'plain', finding: 'better', winner: 'plain' });
    expect(pair?.verdict).toMatch(/^plain is better than steelman: C at the end \+0\./);
  });

  it('knows that fewer rounds and lower costs are better', () => {
    const cheap = compared(alike, { primary: ['cost'], guards: [] }, (debates) =>
      debates.map((debate) => (debate.arm === 'plain' ? { ...debate, costUsd: 1 } : debate)),
    );
    expect(cheap.pairs[0]).toMatchObject({ finding: 'better', winner: 'steelman' });
    expect(row(cheap, 'cost').difference).toBeLessThan(0);
  });

  it('finds the difference of the article means, whatever the number of repeats', () => {
    const result = compared(clearly);
    const mean = (arm: string) =>
      result.arms.find((each) => each.arm === arm)?.measures.find((each) => each.measure === 'principals')
        ?.mean as number;
    expect(row(result, 'principals').difference).toBeCloseTo(mean('steelman') - mean('plain'), 12);
  });

  it('leaves undecided what the data leave undecided, and says what would settle it and for how much', () => {
    const result = compared(
      { ...alike, effect: { steelman: 0.02 } },
      { smallest: { principals: 0.02 }, margins: { grounding: 0.05 } },
    );
    expect(result.pairs[0]).toMatchObject({ finding: 'inconclusive', winner: null });
    expect(result.pairs[0]?.verdict).toMatch(
      /^Inconclusive between .* About \d+ more articles, for about \$\d+\.\d\d, would find a difference of 0\.020 in C at the end with 80% power\.$/,
    );
    const { needed, byArticle } = row(result, 'principals');
    const spent = result.arms.reduce((sum, arm) => sum + (arm.costUsd as number), 0);
    expect(needed?.costUsd).toBeCloseTo(((needed?.articles as number) * spent) / byArticle.length, 9);
  });

  it('says that a difference is likely smaller when the articles were enough to find it', () => {
    const result = compared(alike, { smallest: { principals: 0.3 }, margins: { grounding: 0.05 } });
    expect(result.pairs[0]?.verdict).toContain('if there is a difference, it is likely smaller');
    expect(row(result, 'principals').needed?.articles).toBe(0);
  });

  it('calls arms no worse than each other when a loss of the margin is ruled out for both', () => {
    const result = compared(alike, { margins: { principals: 0.4, grounding: 0.4 } });
    expect(result.pairs[0]).toMatchObject({ finding: 'no-worse', winner: null });
    expect(result.pairs[0]?.verdict).toMatch(/^No difference that matters between steelman and plain/);
  });

  it('calls one arm no worse when only its loss is ruled out', () => {
    const gains = [0.2, -0.17, 0.19, -0.16, 0.18, -0.17, 0.21, -0.16, 0.19, -0.15, 0.2, -0.04];
    const result = compared({ ...alike, articles: 96, repeats: 1 }, {}, (debates) =>
      debates.map((debate, index) => ({
        ...debate,
        principals: 0.5 + (debate.arm === 'steelman' ? (gains[Math.floor(index / 2) % 12] as number) : 0),
      })),
    );
    expect(result.pairs[0]).toMatchObject({ finding: 'no-worse', winner: 'steelman' });
    expect(result.pairs[0]?.verdict).toMatch(
      /^steelman is no worse than plain .*That it is better is not shown\.$/,
    );
  });

  it('does not call an arm better whose grounding dropped', () => {
    const result = compared({ ...clearly, grounding: { steelman: -0.2 } });
    expect(result.pairs[0]).toMatchObject({ finding: 'mixed', winner: null });
    expect(result.pairs[0]?.verdict).toMatch(
      /^Mixed: steelman is better on .*; plain is better on grounding/,
    );
  });

  it('does not call an arm better whose grounding may have dropped', () => {
    const result = compared(clearly, { margins: { grounding: 0.0001 } });
    expect(result.pairs[0]).toMatchObject({ finding: 'inconclusive', winner: null });
    expect(result.pairs[0]?.verdict).toMatch(/but that it is no worse on grounding is not shown/);
  });

  it('has a name for an arm that is better on the primary while a guard is open, and only for that', () => {
    const open = compared(clearly).pairs[0];
    expect(open).toMatchObject({ finding: 'inconclusive', winner: null, ahead: 'steelman' });
    expect(open?.verdict).toMatch(
      /^Better on the primary, guard not shown: steelman is better than plain on C at the end \+.* It takes at least 79 articles on grounding, since a rare loss hides in fewer\. /,
    );
    const two = compared(clearly, { guards: ['grounding', 'fidelity'] }).pairs[0];
    expect(two?.verdict).toMatch(/^Better on the primary, guards not shown: /);
    const lost = compared({ ...clearly, grounding: { steelman: -0.2 } }).pairs[0];
    const shown = compared(clearly, { margins: { grounding: 0.5 } }).pairs[0];
    const nothing = compared(alike).pairs[0];
    expect([lost, shown, nothing].map((pair) => pair?.ahead)).toEqual([undefined, undefined, undefined]);
    expect(shown).toMatchObject({ finding: 'better', winner: 'steelman' });
  });

  it('reads comparisons that were stored before there was that name', () => {
    const { pairs, ...rest } = compared(clearly);
    const before = { ...rest, pairs: pairs.map(({ ahead: _ahead, ...pair }) => pair) };
    expect(comparisonSchema.safeParse(before).success).toBe(true);
  });

  it('says how many articles it would take to show that a guard is kept', () => {
    const level = (debates: DebateMeasures[]) => debates.map((debate) => ({ ...debate, grounding: 0.8 }));
    const result = compared(clearly, {}, level);
    // Twelve equal results of the at least 79 that a margin of 0.05 takes.
    expect(row(result, 'grounding').needed?.articles).toBe(79 - 12);
    expect(result.pairs[0]?.verdict).toMatch(
      /is not shown: grounding ±0\.000 .*\. It would take about 67 more articles, for about \$\d+\.\d\d, that turn out like these for grounding \(margin 0\.050\)\.$/,
    );
  });

  it('compares every pair, or all with one arm, and adjusts for all tests together', () => {
    expect(pairsOf(['p', 'q', 'r'], null)).toEqual([
      { a: 'q', b: 'p' },
      { a: 'r', b: 'p' },
      { a: 'r', b: 'q' },
    ]);
    expect(pairsOf(['p', 'q', 'r'], 'q')).toEqual([
      { a: 'p', b: 'q' },
      { a: 'r', b: 'q' },
    ]);
    const three = { ...clearly, arms: ['plain', 'steelman', 'grit'] };
    const result = compared(three, { primary: ['principals', 'converged'] });
    expect(result.tests).toBe(6);
    for (const pair of result.pairs) {
      for (const each of pair.contrasts) {
        if (each.role !== 'primary') expect(each.adjustedP).toBeNull();
        else expect(each.adjustedP as number).toBeGreaterThanOrEqual(each.signFlip?.p as number);
      }
    }
  });

  it('warns when too few articles can ever reach significance, counting the tests that share the level', () => {
    const few = compared({ ...clearly, articles: 5 });
    expect(few.warnings.join(' ')).toContain(
      '5 articles can never reach significance: the smallest p is 2/2^5 = 0.063',
    );
    expect(few.pairs[0]?.finding).toBe('inconclusive');
    const shared = compared({ ...clearly, articles: 6 }, { primary: ['principals', 'rounds'] });
    expect(shared.warnings.join(' ')).toContain('2 tests share 0.05');
    expect(shared.warnings.join(' ')).toContain('Use at least 7 articles');
    expect(compared({ ...clearly, articles: 6 }).warnings).toEqual([]);
  });

  it('does not take equal debates for certainty when there are few of them', () => {
    const equal = (debates: DebateMeasures[]) =>
      debates.map((debate) => ({ ...debate, principals: 0.5, grounding: 1 }));
    const [few] = compared({ ...alike, articles: 5 }, {}, equal).pairs;
    expect(few?.verdict).toBe(
      'Inconclusive between steelman and plain: C at the end ±0.000 (every article alike, p 1.000 after Holm, 5 articles). ' +
        'How many more articles it would take cannot be said: there are too few, or all are alike.',
    );
    const [more] = compared(alike, {}, equal).pairs;
    expect(more?.finding).toBe('inconclusive');
    const [many] = compared({ ...alike, articles: 95 }, {}, equal).pairs;
    expect(many?.verdict).toMatch(
      /^No difference that matters between steelman and plain: .*every article alike/,
    );
  });

  it('counts aborted debates as not converged and says whether the finding leans on them', () => {
    const abort = (debates: DebateMeasures[]) =>
      debates.map((debate, index) =>
        index % 8 === 0 ? { ...debate, aborted: true, converged: true } : debate,
      );
    const result = compared(clearly, {}, abort);
    const plain = result.arms.find((each) => each.arm === 'plain');
    expect(plain?.aborted).toBe(6);
    expect(result.pairs[0]?.sensitivity).toBe(
      '6 of 48 debates were aborted and count as not converged (steelman 0, plain 6). Without their cells the finding is the same.',
    );
  });

  it('tells what the finding would be when it does lean on them', () => {
    const allOfPlain = (debates: DebateMeasures[]) =>
      debates.map((debate) =>
        debate.arm === 'plain'
          ? { ...debate, converged: false, aborted: true }
          : { ...debate, converged: true, rounds: 2 },
      );
    const result = compared(alike, { primary: ['converged'], guards: [] }, allOfPlain);
    expect(result.pairs[0]?.finding).toBe('better');
    expect(result.pairs[0]?.sensitivity).toContain(
      'Without their cells the finding would be another: Inconclusive',
    );
  });

  it('has no line on aborted debates where there are none', () => {
    expect(compared(clearly).pairs[0]?.sensitivity).toBe('');
  });

  it('says in every verdict that simulated debates tell nothing about language models', () => {
    const caveat = 'this tests the pipeline and tells nothing about language models.';
    const three = { ...clearly, arms: ['plain', 'steelman', 'grit'] };
    const all = compared(three, {}, (debates) => debates.map((debate) => ({ ...debate, simulated: true })));
    for (const pair of all.pairs) expect(pair.verdict).toContain(caveat);
    const one = compared(three, {}, (debates) =>
      debates.with(0, { ...(debates[0] as DebateMeasures), simulated: true }),
    );
    for (const pair of one.pairs) expect(pair.verdict).toContain(`in 1 of 72 debates: ${caveat}`);
    expect(compared(three).caveat).toBe('');
  });

  it('leaves out cells in which an arm gave no number and says how many', () => {
    const gaps = (debates: DebateMeasures[]) =>
      debates.map((debate, index) => (index === 5 ? { ...debate, principals: null } : debate));
    const result = compared(clearly, {}, gaps);
    expect(row(result, 'principals')).toMatchObject({ cells: 23, missingCells: 1 });
    expect(row(result, 'principals').notes).toContain(
      '1 of 24 cells gave no number in one of the arms and are left out.',
    );
    expect(row(result, 'grounding')).toMatchObject({ cells: 24, missingCells: 0 });
  });

  it('warns of an early look while the plan is not finished', () => {
    const debates = madeUpDebates(clearly, seeded('early'));
    const input = { title: '', arms: clearly.arms, debates, aims: aimsWith(), seed: 1 };
    expect(compareArms({ ...input, planned: 96 }).warnings.join(' ')).toContain('48 of 96 planned debates');
    expect(compareArms({ ...input, planned: 48 }).warnings).toEqual([]);
  });

  it('knows no price where a model has none', () => {
    const result = compared(
      { ...alike, effect: { steelman: 0.02 } },
      { smallest: { principals: 0.02 }, margins: { grounding: 0.05 } },
      (debates) => debates.map((debate) => ({ ...debate, costUsd: null })),
    );
    expect(row(result, 'principals').needed).toMatchObject({ costUsd: null });
    expect(result.pairs[0]?.verdict).toMatch(/About \d+ more articles would find/);
    expect(result.warnings.join(' ')).toContain('price of 48 debates is unknown');
  });

  it('says so when no cell has been run by both arms', () => {
    const result = compared(alike, {}, (debates) => debates.filter((debate) => debate.arm === 'plain'));
    expect(result.pairs[0]).toMatchObject({ finding: 'inconclusive' });
    expect(result.pairs[0]?.verdict).toContain('no cell has been run by both steelman and plain');
  });

  it('gives the same result to the byte whatever the order of the debates', () => {
    const debates = madeUpDebates(clearly, seeded('order'));
    const input = { title: '', arms: clearly.arms, aims: aimsWith(), seed: 3 };
    const one = compareArms({ ...input, debates });
    const other = compareArms({ ...input, debates: shuffled(debates, seeded('shuffle')) });
    expect(JSON.stringify(other)).toBe(JSON.stringify(one));
  });

  it('survives being stored', () => {
    const result = compared({ ...clearly, articles: 3 }, {}, (debates) => debates.slice(0, 7));
    expect(comparisonSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
  });

  it('refuses two debates for one place, and one cell for two articles', () => {
    const [first, second] = madeUpDebates(alike, seeded('twice')) as [DebateMeasures, DebateMeasures];
    const input = { title: '', arms: alike.arms, aims: aimsWith(), seed: 1 };
    expect(() => compareArms({ ...input, debates: [first, { ...first, debate: 'again' }] })).toThrow(
      /both arm plain/,
    );
    expect(() => compareArms({ ...input, debates: [first, { ...second, article: 'other' }] })).toThrow(
      /two articles/,
    );
  });
});
