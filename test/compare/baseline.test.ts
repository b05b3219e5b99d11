import { describe, expect, it } from 'vitest';
import { compareWithBaseline } from '../../src/compare/baseline.ts';
import { compareArms } from '../../src/compare/compare-arms.ts';
import type { DebateMeasures } from '../../src/compare/measures.ts';
import { aimsWith, madeUpDebates, seeded } from './made-up-debates.ts';

const arms = ['plain', 'steelman'];
const truth = { arms, articles: 10 };

function result(mend: (debate: DebateMeasures) => DebateMeasures = (debate) => debate, seed = 'baseline') {
  const debates = madeUpDebates(truth, seeded(seed)).map(mend);
  return compareArms({ title: '', arms, debates, aims: aimsWith(), seed: 1 });
}

const before = result();

function row(now: ReturnType<typeof result>, arm: string, measure: string) {
  return compareWithBaseline(now, before).rows.find((each) => each.arm === arm && each.measure === measure);
}

describe('a comparison against a stored one', () => {
  it('finds nothing changed in the same result', () => {
    const check = compareWithBaseline(result(), before);
    expect(check.rows.map((each) => each.finding)).toEqual([
      'unchanged',
      'unchanged',
      'unchanged',
      'unchanged',
    ]);
    expect(check).toMatchObject({ hasRegressed: false, warnings: [] });
  });

  it('finds the arm and measure that got worse, and no other', () => {
    const worse = result((debate) =>
      debate.arm === 'steelman' ? { ...debate, grounding: (debate.grounding as number) - 0.1 } : debate,
    );
    const check = compareWithBaseline(worse, before);
    expect(check.hasRegressed).toBe(true);
    expect(row(worse, 'steelman', 'grounding')).toMatchObject({ finding: 'regressed', articles: 10 });
    expect(row(worse, 'plain', 'grounding')).toMatchObject({ finding: 'unchanged' });
    expect(row(worse, 'steelman', 'grounding')?.message).toMatch(
      /^steelman: grounding regressed: 0\.90 before, 0\.80 now \(−0\.100, interval .*, p 0\.008 after Holm, 10 articles\)\.$/,
    );
  });

  it('calls an improvement one', () => {
    const better = result((debate) => ({
      ...debate,
      principals: Math.min(1, (debate.principals as number) + 0.2),
    }));
    expect(row(better, 'plain', 'principals')?.finding).toBe('improved');
    expect(compareWithBaseline(better, before).hasRegressed).toBe(false);
  });

  it('calls a loss that is surely inside the margin held, and a sure loss that may reach it regressed', () => {
    const wide = aimsWith({ margins: { grounding: 0.5, principals: 0.05 } });
    const slightly = (aims: typeof wide) => {
      const debates = madeUpDebates(truth, seeded('baseline')).map((debate) => ({
        ...debate,
        grounding: (debate.grounding as number) - 0.004,
      }));
      return compareArms({ title: '', arms, debates, aims, seed: 1 });
    };
    expect(row(slightly(wide), 'plain', 'grounding')).toMatchObject({ finding: 'held', articles: 10 });
    expect(row(slightly(aimsWith()), 'plain', 'grounding')?.finding).toBe('regressed');
  });

  it('says unclear of mere noise on few articles', () => {
    const other = result(undefined, 'another draw of the same truth');
    expect(row(other, 'plain', 'grounding')?.finding).toBe('unclear');
    expect(row(other, 'plain', 'principals')?.finding).toBe('unclear');
  });

  it('says beside unclear where so few articles could have shown nothing, and not where they could', () => {
    const few = (seed: string) =>
      compareArms({
        title: '',
        arms,
        debates: madeUpDebates({ ...truth, articles: 4 }, seeded(seed)),
        aims: aimsWith(),
        seed: 1,
      });
    const [one] = compareWithBaseline(few('another draw'), few('baseline')).rows;
    expect(one).toMatchObject({ measure: 'principals', finding: 'unclear', articles: 4 });
    expect(one?.message).toMatch(
      /4 articles\)\. 4 articles can never reach significance: .* Use at least 8 articles/,
    );
    const other = result(undefined, 'another draw of the same truth');
    expect(row(other, 'plain', 'principals')?.message).not.toContain('can never');
  });

  it('compares only the articles both have, and says so', () => {
    const debates = madeUpDebates({ ...truth, articles: 7 }, seeded('baseline'));
    const fewer = compareArms({ title: '', arms, debates, aims: aimsWith(), seed: 1 });
    const check = compareWithBaseline(fewer, before);
    expect(check.rows.every((each) => each.articles === 7)).toBe(true);
    expect(check.warnings.join(' ')).toContain('only these are compared');
  });

  it('says what it cannot compare', () => {
    const elsewhere = result((debate) => ({ ...debate, article: `new-${debate.article}`, simulated: true }));
    const check = compareWithBaseline(elsewhere, before);
    expect(check.rows[0]).toMatchObject({ finding: 'unclear', articles: 0 });
    expect(check.rows[0]?.message).toContain('no article has a number in both results');
    expect(check.warnings.join(' ')).toContain('simulated');
    const renamed = { ...before, arms: before.arms.map((arm) => ({ ...arm, arm: `old-${arm.arm}` })) };
    expect(compareWithBaseline(before, renamed)).toMatchObject({ rows: [], hasRegressed: false });
    expect(compareWithBaseline(before, renamed).warnings.join(' ')).toContain('no arm plain, steelman');
  });
});
