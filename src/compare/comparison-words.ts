import { counted, dollars } from '../text/figures.ts';
import { listed } from '../text/wording.ts';
import { totalCost } from './arm-summary.ts';
import type { Comparison, Contrast, Pair } from './comparison.ts';
import { measureOf } from './measures.ts';
import { plain } from './numbers-in-words.ts';

/** What was compared: `2 arms`, `12 articles`, `24 cells`, `48 debates`, `$1.20`. */
export function factsInWords({ arms, articles, cells }: Comparison): string[] {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const failed = sum(arms.map((arm) => arm.failed ?? 0));
  const cost = totalCost(arms);
  return [
    counted(arms.length, 'arm'),
    counted(articles.length, 'article'),
    counted(cells, 'cell'),
    counted(sum(arms.map(({ debates }) => debates)), 'debate'),
    ...(failed > 0 ? [`${failed} failed`] : []),
    cost === null ? 'cost unknown' : dollars(cost),
  ];
}

/** `no worse, margin 0.05: shown for steelman`; null for what is no guard. */
export function guardInWords(pair: Pair, { role, measure, noWorse }: Contrast): string | null {
  if (role !== 'guard' || !noWorse) return null;
  const shown = (['a', 'b'] as const).filter((arm) => noWorse[arm].isShown).map((arm) => pair[arm]);
  const margin = plain(measureOf(measure), noWorse.a.margin);
  return `no worse, margin ${margin}: ${shown.length > 0 ? `shown for ${listed(shown)}` : 'shown for neither'}`;
}
