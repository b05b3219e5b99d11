import { type Plan, planSize } from '../batch/plan.ts';
import { counted } from '../text/figures.ts';
import { pairsOf } from './compare-arms.ts';
import { measureOf } from './measures.ts';
import { plain } from './numbers-in-words.ts';
import { sampleSize } from './statistics/sample-size.ts';
import { tooFewArticles } from './warnings.ts';

/** What a comparison's design can and cannot show, in sentences, before anything is spent; empty for a plan with one arm. */
export function planOutlook(plan: Plan): string[] {
  if (plan.arms.length < 2) return [];
  const { articles } = planSize(plan);
  const arms = plan.arms.map((arm) => arm.id);
  const tests = pairsOf(arms, plan.aims.against).length * plan.aims.primary.length;
  return [tooFewArticles(articles, tests, plan.aims.level), supposition(plan, tests)].filter(
    (line) => line !== null,
  );
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
