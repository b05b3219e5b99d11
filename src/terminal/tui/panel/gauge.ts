import type { Debate } from '../../../debate/debate.ts';
import { change as changed, decimal, percent, range } from '../../../text/figures.ts';
import { latestReading, type Reading, trendOf } from '../../latest-reading.ts';
import { arrowOf } from '../entry-rows.ts';
import { justified, type Row, span, titleRow } from '../span.ts';

/** The index as a gauge: full up to the lower bound, shaded over the interval, a mark at the value. */
function gauge(value: number | null, interval: { low: number; high: number } | null, columns: number): Row {
  if (value === null) return [span('·'.repeat(columns), 'faint')];
  const at = (share: number) => Math.min(columns, Math.max(0, Math.round(share * columns)));
  const low = Math.min(at(interval?.low ?? value), at(value));
  const high = Math.max(at(interval?.high ?? value), at(value));
  const mark = Math.min(columns - 1, Math.max(0, at(value) - 1));
  const full = '━'.repeat(low).padEnd(high, '╌').padEnd(columns, '·');
  const end = Math.max(mark + 1, high);
  return [
    span(full.slice(0, mark), 'accent'),
    span('┃', 'strong'),
    span(full.slice(mark + 1, end), 'accent'),
    span(full.slice(end), 'faint'),
  ].filter((part) => part.text !== '');
}

const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** The index after each round as a line of blocks, the latest last; a dot where there was no number. */
export function sparkline(values: readonly (number | null)[], columns: number): string {
  return values
    .slice(-columns)
    .map((value) => (value === null ? '·' : (levels[Math.min(7, Math.floor(value * 8))] ?? '█')))
    .join('');
}

/** The index, how it moves, its interval and its companions. */
export function convergenceRows(debate: Debate, columns: number): Row[] {
  const reading = latestReading(debate);
  const title = titleRow('convergence', 'of the principals', columns);
  if (!reading) {
    const waiting =
      debate.verdicts.length > 0 ? 'The reading failed; no score is given.' : 'Read after round 1.';
    return [title, gauge(null, null, columns), [span(waiting, 'muted')]];
  }
  const { principals, interval } = reading.convergence;
  return [
    title,
    figureRow(debate, reading, columns),
    gauge(principals, interval, columns),
    ...companions(debate, reading),
  ];
}

/** The same in one row, for screens without a side panel. */
export function convergenceLine(debate: Debate, columns: number): Row {
  const reading = latestReading(debate);
  if (!reading) return [span(' convergence is read after round 1', 'muted')];
  const { principals, interval, confidence } = reading.convergence;
  const label = columns >= roomForLabel ? ' convergence ' : ' ';
  const size = Math.max(6, Math.min(30, columns - 38 - label.length));
  return [
    span(label, 'muted'),
    ...gauge(principals, interval, size),
    span(` C ${decimal(principals)}`, 'accent'),
    ...changeOf(reading.change),
    span(`  ${sparkline(trendOf(debate), 10)}`, 'accent'),
    ...(confidence.level === 'low' ? [span('  ! low confidence', 'caution')] : []),
  ];
}

/** Narrower lines have the C before the figure as their only label. */
const roomForLabel = 58;

function figureRow(debate: Debate, { convergence, change }: Reading, columns: number): Row {
  const { principals, coverage } = convergence;
  const figure: Row =
    principals === null
      ? [
          span('too little evidence', 'caution'),
          span(columns < 44 ? `  ${percent(coverage)}` : `  coverage ${percent(coverage)}`, 'muted'),
        ]
      : [span(`C ${decimal(principals)}`, 'strong'), ...changeOf(change)];
  return justified(figure, [span(sparkline(trendOf(debate), 16), 'accent')], columns);
}

function changeOf(change: number | null): Row {
  if (change === null) return [];
  return [span(`  ${arrowOf(change)} ${changed(change)}`, change < -0.005 ? 'caution' : 'good')];
}

function companions(debate: Debate, { convergence, failedSince }: Reading): Row[] {
  const { interval, all, min, byIssue } = convergence;
  const between = interval ? range(interval) : 'no interval';
  const least = byIssue.find(({ principals }) => principals !== null && principals === min);
  const title = debate.started.agenda.find(({ id }) => id === least?.issue)?.title;
  return [
    [span(`${between}  all ${decimal(all)}`, 'muted')],
    ...(title === undefined ? [] : [[span(`least ${decimal(min)} ${title}`, 'muted')]]),
    ...(failedSince ? [[span(`round ${failedSince.round} could not be read`, 'caution')]] : []),
  ];
}
