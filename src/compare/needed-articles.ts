import type { ComparisonAims } from '../batch/comparison-aims.ts';
import type { Contrast } from './comparison.ts';
import { articlesNeeded } from './statistics/detectable-effect.ts';
import { articlesToReach } from './statistics/sign-flip.ts';

export interface Price {
  /** US dollars for one more article run by every arm; null where a price is unknown. */
  articleUsd: number | null;
  /** Level of one test when the comparison's level is shared by all of them. */
  testLevel: number;
}

/**
 * How many further articles would find the smallest difference worth finding, if differences keep scattering as they
 * did; null where the row is decided, where no such difference is named, or where nothing is known of the scatter
 * because there is one article or all are alike.
 */
export function needed(found: Contrast, aims: ComparisonAims, price: Price): Contrast['needed'] {
  const effect = effectSought(found, aims);
  if (effect === undefined || isDecided(found) || !found.standardError) return null;
  const articles = found.byArticle.length;
  const scatter = found.standardError * Math.sqrt(articles);
  const level = found.role === 'guard' ? aims.level : price.testLevel;
  const total = articlesNeeded(scatter, effect, { level, power: aims.power });
  if (total === null) return null;
  const more = Math.max(0, Math.max(total, articlesToReach(level)) - articles);
  return { effect, articles: more, costUsd: price.articleUsd === null ? null : more * price.articleUsd };
}

function effectSought({ measure, role }: Contrast, aims: ComparisonAims): number | undefined {
  if (role === 'secondary') return undefined;
  return role === 'guard' ? aims.margins[measure] : aims.smallest[measure];
}

function isDecided({ role, better, noWorse }: Contrast): boolean {
  if (role === 'guard') return Boolean(noWorse?.a.isShown && noWorse.b.isShown);
  return better !== null;
}
