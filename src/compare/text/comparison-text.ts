import type { Interval } from '../../convergence/statistics.ts';
import { type ArmSummary, type Comparison, type Contrast, measuresIn, type Pair } from '../comparison.ts';
import { gain, gainInterval, type Measure, measureOf } from '../measures.ts';
import {
  confidenceOf,
  factsInWords,
  guardInWords,
  intervalShort,
  inUnits,
  plain,
  probabilityInWords,
  signedShort,
} from '../numbers-in-words.ts';
import { asciiMarks, boxMarks, indented, intervalBar, type Page, wrapped } from './text-page.ts';

const sections = [
  { role: 'primary', head: 'decides; p after Holm' },
  { role: 'guard', head: 'must not get worse; p not adjusted' },
  { role: 'secondary', head: 'also measured; p not adjusted, so look and do not conclude' },
] as const;

/** The differences of one pair with intervals as bars; to the right is better for the first arm. */
function differencesText(page: Page, pair: Pair): string {
  const head = `${pair.a} − ${pair.b}: difference, ${confidenceOf(page.result.aims)} interval, p; a bar to the right speaks for ${pair.a}`;
  const lines = indented(pair.contrasts.map((row) => [titleOf(page, row), ...numbersOf(row)]));
  const width = Math.min(41, page.width - Math.max(...lines.map((line) => line.length)) - 2);
  const barred = new Map(
    pair.contrasts.map((row, index) => [row, withBar(page, row, lines[index] as string, width)]),
  );
  const blocks = sections.flatMap(({ role, head: sectionHead }) => {
    const rows = pair.contrasts.filter((row) => row.role === role);
    const told = rows.map((row) => [barred.get(row) as string, ...guardLine(pair, row)].join('\n'));
    return rows.length === 0 ? [] : [` ${sectionHead}`, ...told];
  });
  const notes = pair.contrasts.flatMap((row) =>
    row.notes.map((note) => wrapped(page, `Note on ${titleOf(page, row)}: ${note}`)),
  );
  return [wrapped(page, head), ...blocks, ...notes].join('\n');
}

function numbersOf(row: Contrast): string[] {
  if (row.difference === null) return ['no number', '', ''];
  const measure = measureOf(row.measure);
  const bounds = row.interval ? intervalShort(measure, row.interval) : '';
  return [signedShort(measure, row.difference), bounds, pOf(row)];
}

/** The p that counts for this row; a star where a primary measure is beyond the level. */
function pOf(row: Contrast): string {
  const p = row.adjustedP ?? row.signFlip?.p;
  if (p === undefined) return '';
  return `${probabilityInWords(p)}${row.role === 'primary' && row.better !== null ? '*' : ''}`;
}

function withBar(page: Page, row: Contrast, line: string, width: number): string {
  if (row.difference === null || width < 13) return line.trimEnd();
  return `${line}  ${differenceBar(row, measureOf(row.measure), width, page)}`.trimEnd();
}

function differenceBar(row: Contrast, measure: Measure, width: number, { marks }: Page): string {
  const mean = gain(measure, row.difference ?? 0);
  const interval = gainInterval(measure, row.interval);
  const ends = [mean, interval?.low ?? 0, interval?.high ?? 0, row.noWorse?.a.margin ?? 0];
  const reach = Math.max(...ends.map(Math.abs)) * 1.05;
  const odd = width - ((width + 1) % 2);
  return intervalBar({ mean, interval }, { from: -reach, to: reach, width: odd, zero: 0 }, marks);
}

function guardLine(pair: Pair, row: Contrast): string[] {
  const words = guardInWords(pair, row);
  return words === null ? [] : [`    ${words}`];
}

function titleOf({ result }: Page, row: Contrast): string {
  return measureOf(row.measure).title(result.aims.within);
}

export interface TextOptions {
  /** Columns; words are wrapped to it, and bars fill what the numbers leave. */
  width: number;
  /** Draw with ASCII alone. */
  ascii?: boolean;
}

/** The comparison for a terminal or a log: verdicts first, then the arms and the differences with their intervals as bars. */
export function comparisonText(result: Comparison, options: TextOptions): string {
  const page = { result, width: options.width, marks: options.ascii ? asciiMarks : boxMarks };
  const blocks = [
    heading(page),
    ...result.warnings.map((warning) => wrapped(page, `Warning: ${warning}`)),
    ...result.pairs.map((pair) => verdictBlock(page, pair)),
    armsText(page),
    ...[spreadText(page)].filter(Boolean),
    ...result.pairs.map((pair) => differencesText(page, pair)),
  ];
  const text = `${blocks.join('\n\n')}\n`;
  return options.ascii ? inAscii(text) : text;
}

function heading(page: Page): string {
  const { result } = page;
  const lines = [result.title, factsInWords(result).join(' · '), result.caveat];
  return lines
    .filter(Boolean)
    .map((line) => wrapped(page, line))
    .join('\n');
}

function verdictBlock(page: Page, pair: Pair): string {
  return [pair.verdict, pair.sensitivity]
    .filter(Boolean)
    .map((line) => wrapped(page, line))
    .join('\n');
}

function inAscii(text: string): string {
  return text.replaceAll('−', '-').replaceAll('±', '').replaceAll('·', '-');
}

interface Row {
  arm: string;
  mean: number | null;
  interval: Interval | null;
}

/** Every measure with one line an arm: mean, interval, and the interval as a bar on a scale the arms share. */
function armsText(page: Page): string {
  const head = `Arms: mean over articles, ${confidenceOf(page.result.aims)} interval`;
  return [head, ...measuresIn(page.result).map((id) => measureText(page, measureOf(id)))].join('\n');
}

/**
 * How far articles lie apart beside how far repeats on one article do, for the measures that decide: where repeats differ as
 * much as articles, more articles tell more than more repeats. Empty where no article was repeated.
 */
function spreadText({ result }: Page): string {
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
  const lines = indented(rows.map((row) => [row.arm, ...armNumbersOf(measure, row)]));
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

function armNumbersOf(measure: Measure, { mean, interval }: Row): [string, string] {
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
