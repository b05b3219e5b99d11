import type { ComparisonAims } from '../batch/comparison-aims.ts';
import type { Contrast } from './comparison.ts';
import { gain, measureOf, rangeOf } from './measures.ts';
import { articlesToClear } from './statistics/betting.ts';
import { articlesNeeded } from './statistics/sample-size.ts';
import { articlesToReach } from './statistics/sign-flip.ts';

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
