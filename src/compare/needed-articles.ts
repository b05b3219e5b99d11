import type { ComparisonAims } from '../batch/comparison-aims.ts';
import { type Plan, planSize } from '../batch/plan.ts';
import { counted } from '../text/figures.ts';
import { listed } from '../text/wording.ts';
import { type Contrast, pairsOf } from './comparison.ts';
import { gain, measureOf, rangeOf } from './measures.ts';
import { plain } from './numbers-in-words.ts';
import { articlesToClear } from './statistics/betting.ts';
import { articlesNeeded, sampleSize } from './statistics/sample-size.ts';
import { articlesToReach } from './statistics/sign-flip.ts';
import { tooFewArticles } from './warnings.ts';

export interface Price {
  /** US dollars for one more article run by every arm; null where a price is unknown. */
  articleUsd: number | null;
  /** Level of one test when the comparison's level is shared by all of them. */
  testLevel: number;
}

/**
 * How many further articles would find the smallest difference worth finding, or show that a guard is kept, if differences keep turning out as they
 * did; null where the row is decided, where no such difference is named, or where nothing is known of the scatter
 * because there is one article or all are alike.
 */
export function needed(found: Contrast, aims: ComparisonAims, price: Price): Contrast['needed'] {
  const effect = effectSought(found, aims);
  if (effect === undefined || isDecided(found) || found.standardError === null) return null;
  const articles = found.byArticle.length;
  const total =
    found.role === 'guard' ? totalToKeep(found, effect, aims) : totalToFind(found, effect, aims, price);
  if (total === null) return null;
  const more = Math.max(0, total - articles);
  return { effect, articles: more, costUsd: price.articleUsd === null ? null : more * price.articleUsd };
}

function totalToFind(
  found: Contrast,
  effect: number,
  { power }: ComparisonAims,
  { testLevel }: Price,
): number | null {
  if (!found.standardError) return null;
  const scatter = found.standardError * Math.sqrt(found.byArticle.length);
  const total = articlesNeeded(scatter, effect, { level: testLevel, power });
  return total === null ? null : Math.max(total, articlesToReach(testLevel));
}

/** For the arm whose guard is open, or the worse one where both are: what both bounds of "no worse" take. */
function totalToKeep(found: Contrast, margin: number, aims: ComparisonAims): number | null {
  const measure = measureOf(found.measure);
  const range = rangeOf(measure, aims.within);
  if (range === null && !found.standardError) return null;
  const totals = (['a', 'b'] as const)
    .filter((arm) => !found.noWorse?.[arm].isShown)
    .map((arm) => {
      const side = arm === 'a' ? 1 : -1;
      const gains = found.byArticle.map(({ value }) => side * gain(measure, value));
      const rare = range === null ? 0 : articlesToClear(gains, { margin, range, level: aims.level / 2 });
      const scattered = found.standardError
        ? articlesNeeded(found.standardError * Math.sqrt(gains.length), margin, aims)
        : 2;
      return rare === null || scattered === null ? null : Math.max(rare, scattered);
    })
    .filter((total) => total !== null);
  return totals.length === 0 ? null : Math.min(...totals);
}

function effectSought({ measure, role }: Contrast, aims: ComparisonAims): number | undefined {
  if (role === 'secondary') return undefined;
  return role === 'guard' ? aims.margins[measure] : aims.smallest[measure];
}

function isDecided({ role, better, noWorse }: Contrast): boolean {
  if (role === 'guard') return Boolean(noWorse?.a.isShown && noWorse.b.isShown);
  return better !== null;
}

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
