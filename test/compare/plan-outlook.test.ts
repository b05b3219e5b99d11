import { describe, expect, it } from 'vitest';
import { parsePlan } from '../../src/batch/parse-plan.ts';
import { planOutlook } from '../../src/compare/needed-articles.ts';

function outlook(lines: string): string[] {
  const parsed = parsePlan(`scenarios: [x]\n${lines}`, 'plan.yaml');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return planOutlook(parsed.plan);
}

const two = 'arms: [{id: a, strategy: plain}, {id: b, strategy: steelman}]\n';
const articles = (count: number) =>
  `articles: [${Array.from({ length: count }, (_, index) => `${index}.md`)}]\n`;

describe('the outlook of a plan', () => {
  it('warns before the money is spent that one article can show nothing', () => {
    expect(outlook(`${two}repeats: 50\n`)[0]).toBe(
      '1 article can never reach significance: the smallest p is 2/2^1 = 1.000. Use at least 6 articles; more repeats do not help.',
    );
  });

  it('has nothing to say of enough articles, nor of a plan with one arm', () => {
    expect(outlook(two + articles(93))).toEqual([]);
    expect(outlook('arms: [{id: a, strategy: plain}]\n')).toEqual([]);
  });

  it('says how many articles each margin takes, and drops those that the plan has', () => {
    // Half of 0.05 shared by both directions of one test: 80 / 0.7 by factors of 0.5 / 0.475; a guard has all of it: 40 / 0.7.
    expect(Math.ceil(Math.log(80 / 0.7) / Math.log(0.5 / 0.475))).toBe(93);
    expect(outlook(two + articles(8))).toEqual([
      'Showing that an arm is no worse takes at least 93 articles on C at the end (margin 0.050) and 79 articles on grounding (margin 0.050), even if the arms are alike, since fewer could miss a rare loss; the plan has 8.',
    ]);
    expect(outlook(two + articles(80))[0]).toContain(
      'at least 93 articles on C at the end (margin 0.050), even if',
    );
    const wide = 'compare: {margins: {principals: 0.5, grounding: 0.5}}\n';
    expect(outlook(two + articles(8) + wide)).toEqual([]);
  });

  it('says how many articles the supposed variances ask for', () => {
    const suppose =
      'repeats: 4\ncompare: {suppose: {between: 0.1, within: 0.2}, smallest: {principals: 0.05}}\n';
    // (1.96 + 0.84)² (0.1² + 0.2²/4 + 0.2²/4) / 0.05² = 94.2
    expect(outlook(two + articles(8) + suppose).at(-1)).toBe(
      'If differences scatter as the plan supposes, finding 0.050 in C at the end with 80% power takes about 95 articles at 4 debates an arm and article; the plan has 8.',
    );
  });
});
