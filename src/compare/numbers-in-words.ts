import type { Interval } from '../convergence/statistics.ts';
import { counted, decimal, dollars, percent } from '../text/figures.ts';
import { listed } from '../text/wording.ts';
import { totalCost } from './arm-summary.ts';
import type { Comparison, Contrast, Pair } from './comparison.ts';
import { type Measure, measureOf } from './measures.ts';

/** A number of a measure as people read it: 0.71, 71%, 3.4, $0.12. */
export function inUnits(measure: Pick<Measure, 'unit'>, value: number): string {
  switch (measure.unit) {
    case 'index':
      return decimal(value);
    case 'share':
      return percent(value);
    case 'rounds':
      return value.toFixed(1);
    case 'usd':
      return dollars(value);
  }
}

/** A difference with its sign; shares in percentage points: +0.06, -12 points, +0.8 rounds. */
export function signed(measure: Pick<Measure, 'unit'>, value: number): string {
  const sign = isNothing(measure, value) ? '±' : value < 0 ? '−' : '+';
  return `${sign}${plain(measure, Math.abs(value))}`;
}

/** A size without a sign, with its unit: 0.05, 12 points, 0.8 rounds, $0.12. */
export function plain(measure: Pick<Measure, 'unit'>, value: number): string {
  switch (measure.unit) {
    case 'index':
      return value.toFixed(3);
    case 'share':
      return `${(value * 100).toFixed(1)} points`;
    case 'rounds':
      return `${value.toFixed(2)} rounds`;
    case 'usd':
      return dollars(value);
  }
}

/** Bounds of a difference with the unit said once: "+0.018 to +0.078", "−3.1 to +20.4 points". */
export function signedInterval(measure: Pick<Measure, 'unit'>, { low, high }: Interval): string {
  const [number, unit] = signed(measure, low).split(' ');
  return unit
    ? `${number} to ${signed(measure, high)}`
    : `${signed(measure, low)} to ${signed(measure, high)}`;
}

/** The same in a sentence or a table; equal articles give bounds without width, which would look like certainty. */
export function intervalInWords(measure: Pick<Measure, 'unit'>, interval: Interval | null): string {
  if (!interval) return 'no interval from one article';
  return interval.low === interval.high ? 'every article alike' : signedInterval(measure, interval);
}

/** "95%", from the level of a comparison. */
export function confidenceOf({ level }: { level: number }): string {
  return `${Number(((1 - level) * 100).toFixed(1))}%`;
}

export function probabilityInWords(p: number): string {
  if (p < 0.0001) return '< 0.0001';
  return p < 0.001 ? p.toFixed(4) : p.toFixed(3);
}

function isNothing(measure: Pick<Measure, 'unit'>, value: number): boolean {
  return plain(measure, Math.abs(value)) === plain(measure, 0);
}

/** A difference in as few columns as it takes: +0.062, −12.3pp (percentage points), +0.80, −$0.1200. */
export function signedShort(measure: Pick<Measure, 'unit'>, value: number): string {
  return `${withSign(measure, value)}${measure.unit === 'share' ? 'pp' : ''}`;
}

/** Bounds likewise, the unit of shares left to the difference they stand beside: [−1.2, +20.4]. */
export function intervalShort(measure: Pick<Measure, 'unit'>, { low, high }: Interval): string {
  return `[${withSign(measure, low)}, ${withSign(measure, high)}]`;
}

function withSign(measure: Pick<Measure, 'unit'>, value: number): string {
  const size = shortSize(measure, Math.abs(value));
  const sign = size === shortSize(measure, 0) ? '' : value < 0 ? '−' : '+';
  return `${sign}${size}`;
}

function shortSize({ unit }: Pick<Measure, 'unit'>, size: number): string {
  switch (unit) {
    case 'index':
      return size.toFixed(3);
    case 'share':
      return (size * 100).toFixed(1);
    case 'rounds':
      return size.toFixed(2);
    case 'usd':
      return `$${size.toFixed(4)}`;
  }
}

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
