import { measureIds } from '../../batch/comparison-aims.ts';
import type { Interval } from '../../convergence/statistics.ts';
import type { ArmSummary, Comparison } from '../comparison.ts';
import { type Measure, measureOf } from '../measures.ts';
import { inUnits, plain } from '../numbers-in-words.ts';
import { confidenceOf, indented, intervalBar, type Page } from './text-page.ts';

interface Row {
  arm: string;
  mean: number | null;
  interval: Interval | null;
}

/** Every measure with one line an arm: mean, interval, and the interval as a bar on a scale the arms share. */
export function armsText(page: Page): string {
  const head = `Arms: mean over articles, ${confidenceOf(page.result)} interval`;
  return [head, ...measureIds.map((id) => measureText(page, measureOf(id)))].join('\n');
}

/**
 * How far articles lie apart beside how far repeats on one article do, for the measures that decide: where repeats differ as
 * much as articles, more articles tell more than more repeats. Empty where no article was repeated.
 */
export function spreadText({ result }: Page): string {
  const { primary, guards } = result.aims;
  const rows = [...new Set([...primary, ...guards])].flatMap((id) =>
    result.arms.flatMap(({ arm, measures }) => {
      const spread = measures.find((each) => each.measure === id)?.spread;
      if (!spread || spread.repeats === null) return [];
      const words = (value: number | null) => (value === null ? '–' : plain(measureOf(id), value));
      return [[measureOf(id).title(result.aims.within), arm, words(spread.articles), words(spread.repeats)]];
    }),
  );
  if (rows.length === 0) return '';
  const head = ['Spread (standard deviation)', '', 'over articles', 'over repeats on one'];
  return indented([head, ...rows])
    .map((line) => line.trimEnd())
    .join('\n');
}

function measureText(page: Page, measure: Measure): string {
  const { arms, aims } = page.result;
  const rows = arms.map((arm) => rowOf(arm, measure));
  const lines = indented(rows.map((row) => [row.arm, ...numbersOf(measure, row)]));
  const width = Math.min(50, page.width - Math.max(...lines.map((line) => line.length)) - 2);
  const scale = { ...scaleOf(measure, rows), width, zero: null };
  const barred = lines.map((line, index) => {
    const { mean, interval } = rows[index] as Row;
    if (mean === null || width < 15) return line.trimEnd();
    return `${line}  ${intervalBar({ mean, interval }, scale, page.marks)}`.trimEnd();
  });
  return [`${measure.title(aims.within)}${roleNote(measure, page.result)}`, ...barred].join('\n');
}

function rowOf(arm: ArmSummary, measure: Measure): Row {
  const own = arm.measures.find((each) => each.measure === measure.id);
  return { arm: arm.arm, mean: own?.mean ?? null, interval: own?.interval ?? null };
}

function numbersOf(measure: Measure, { mean, interval }: Row): [string, string] {
  if (mean === null) return ['no number', ''];
  const bounds = interval && `[${inUnits(measure, interval.low)}, ${inUnits(measure, interval.high)}]`;
  return [inUnits(measure, mean), bounds ?? ''];
}

function roleNote(measure: Measure, { aims }: Comparison): string {
  if (aims.primary.includes(measure.id)) return ' (primary)';
  return aims.guards.includes(measure.id) ? ' (guard)' : '';
}

function scaleOf(measure: Measure, rows: readonly Row[]): { from: number; to: number } {
  const highest = Math.max(...rows.map((row) => row.interval?.high ?? row.mean ?? 0));
  return { from: measure.low, to: measure.high ?? highest };
}
