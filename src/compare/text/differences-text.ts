import { listed } from '../../text/wording.ts';
import type { Contrast, Pair } from '../comparison.ts';
import { gain, type Measure, measureOf } from '../measures.ts';
import { intervalShort, plain, probabilityInWords, signedShort } from '../numbers-in-words.ts';
import { confidenceOf, indented, intervalBar, type Page, wrapped } from './text-page.ts';

const sections = [
  { role: 'primary', head: 'decides; p after Holm' },
  { role: 'guard', head: 'must not get worse; p not adjusted' },
  { role: 'secondary', head: 'also measured; p not adjusted, so look and do not conclude' },
] as const;

/** The differences of one pair with intervals as bars; to the right is better for the first arm. */
export function differencesText(page: Page, pair: Pair): string {
  const head = `${pair.a} − ${pair.b}: difference, ${confidenceOf(page.result)} interval, p; a bar to the right speaks for ${pair.a}`;
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
  const ends = row.interval && [gain(measure, row.interval.low), gain(measure, row.interval.high)];
  const interval = ends && { low: Math.min(...ends), high: Math.max(...ends) };
  const reach = Math.max(Math.abs(mean), ...(ends ?? []).map(Math.abs), row.noWorse?.a.margin ?? 0) * 1.05;
  const odd = width - ((width + 1) % 2);
  return intervalBar({ mean, interval }, { from: -reach, to: reach, width: odd, zero: 0 }, marks);
}

function guardLine(pair: Pair, row: Contrast): string[] {
  if (row.role !== 'guard' || !row.noWorse) return [];
  const shown = (['a', 'b'] as const).filter((arm) => row.noWorse?.[arm].isShown).map((arm) => pair[arm]);
  const margin = plain(measureOf(row.measure), row.noWorse.a.margin);
  return [
    `    no worse, margin ${margin}: ${shown.length > 0 ? `shown for ${listed(shown)}` : 'shown for neither'}`,
  ];
}

function titleOf({ result }: Page, row: Contrast): string {
  return measureOf(row.measure).title(result.aims.within);
}
