import { type Plan, planSize } from '../batch/plan.ts';
import { counted } from '../text/figures.ts';
import { listed } from '../text/wording.ts';
import { pairsOf } from './compare-arms.ts';
import { measureOf, rangeOf } from './measures.ts';
import { plain } from './numbers-in-words.ts';
import { articlesToClear } from './statistics/betting.ts';
import { sampleSize } from './statistics/sample-size.ts';
import { tooFewArticles } from './warnings.ts';

/** What a comparison's design can and cannot show, in sentences, before anything is spent; empty for a plan with one arm. */
export function planOutlook(plan: Plan): string[] {
  if (plan.arms.length < 2) return [];
  const { articles } = planSize(plan);
  const arms = plan.arms.map((arm) => arm.id);
  const tests = pairsOf(arms, plan.aims.against).length * plan.aims.primary.length;
  return [
    tooFewArticles(articles, tests, plan.aims.level),
    articlesForMargins(plan, tests),
    supposition(plan, tests),
  ].filter((line) => line !== null);
}

/**
 * How many articles it takes to show that nothing was lost, even if the arms turn out alike on all of them: with fewer, a loss as large
 * as the margin that is rare would likely not have been seen. null where the plan has as many.
 */
function articlesForMargins({ aims, ...plan }: Plan, tests: number): string | null {
  const { articles } = planSize({ aims, ...plan });
  const short = [...new Set([...aims.primary, ...aims.guards])].flatMap((id) => {
    const measure = measureOf(id);
    const [margin, range] = [aims.margins[id], rangeOf(measure, aims.within)];
    if (margin === undefined || range === null) return [];
    // Holm shares half the level over both directions of every primary measure; a guard has it all.
    const level = aims.primary.includes(id) ? aims.level / 2 / (2 * tests) : aims.level / 2;
    const fewest = articlesToClear([0], { margin, range, level });
    if (fewest === null || fewest <= articles) return [];
    return [
      `${counted(fewest, 'article')} on ${measure.title(aims.within)} (margin ${plain(measure, margin)})`,
    ];
  });
  if (short.length === 0) return null;
  return `Showing that an arm is no worse takes at least ${listed(short)}, even if the arms are alike, since fewer could miss a rare loss; the plan has ${articles}.`;
}

/** How many articles it takes if the variances are as the plan supposes; null where it supposes nothing. */
function supposition(plan: Plan, tests: number): string | null {
  const { primary, smallest, suppose, level, power } = plan.aims;
  const measure = primary[0] && measureOf(primary[0]);
  const effect = measure && smallest[measure.id];
  if (!measure || effect === undefined || suppose === null) return null;
  const { articles, cells } = planSize(plan);
  const repeats = cells / articles;
  const variances = {
    omegaSquared: suppose.between ** 2,
    sigmaSquaredA: suppose.within ** 2,
    sigmaSquaredB: suppose.within ** 2,
    repeatsA: repeats,
    repeatsB: repeats,
  };
  const needed = sampleSize(variances, effect, { level: level / tests, power });
  return (
    `If differences scatter as the plan supposes, finding ${plain(measure, effect)} in ${measure.title(plan.aims.within)} ` +
    `with ${Math.round(power * 100)}% power takes about ${counted(needed, 'article')} at ${counted(Math.round(repeats), 'debate')} ` +
    `an arm and article; the plan has ${articles}.`
  );
}
