import { clockTime, duration, grouped } from '../../text/figures.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import type { Meaning } from '../theme/theme.ts';
import { column, columnsOf, type Row, type Size, span } from '../tui/span.ts';
import type { Doing, RunningDebate, WorkerSeen } from './progress-state.ts';
import { ago, doingInWords, roomForWords, several } from './progress-words.ts';

/** Room for every part of a label, and for how long a debate has been under way. */
const roomForAll = 100;
const roomForTime = 60;
/** Of the row, so that what a debate is doing is still to be read. */
const mostForLabel = 0.42;

const signs: Record<Doing['type'], readonly [sign: string, meaning: Meaning]> = {
  beginning: ['·', 'faint'],
  between: ['·', 'faint'],
  asked: ['▹', 'muted'],
  streaming: ['▸', 'good'],
  working: ['◆', 'accent'],
  waiting: ['!', 'caution'],
};

/** A row for each running debate, at most so many; what is left out is counted. */
export function debateRows(
  debates: readonly RunningDebate[],
  { columns, rows, now, chosen = null }: Size & { now: number; chosen?: string | null },
): Row[] {
  if (rows <= 0) return [];
  const hidden = hiddenOf(debates.length, rows);
  // The one that is chosen is always among those that are seen.
  const at = debates.findIndex(({ debate }) => debate === chosen);
  const first = Math.min(hidden, Math.max(0, at - Math.max(0, rows - 2)));
  const seen = hidden > 0 ? debates.slice(first, first + rows - 1) : debates;
  const labels = seen.map((debate) => sanitizeLine(columns >= roomForAll ? debate.wholeLabel : debate.label));
  const width = Math.min(Math.floor(columns * mostForLabel), Math.max(0, ...labels.map(columnsOf)));
  const shown = seen.map((debate, index) =>
    debateRow(debate, labels[index] ?? '', { width, columns, now, isChosen: debate.debate === chosen }),
  );
  return withHidden(shown, hidden);
}

function debateRow(
  { round, rounds, turn, startedAt, doing }: RunningDebate,
  label: string,
  { width, columns, now, isChosen }: { width: number; columns: number; now: number; isChosen: boolean },
): Row {
  const [sign, meaning] = signs[doing.type];
  const isNarrow = columns < roomForWords;
  const place = rounds === 0 ? '' : isNarrow ? `${round}/${rounds}` : `round ${round}/${rounds}`;
  const time = columns >= roomForTime ? `${clockTime(now - startedAt).padStart(6)}  ` : '';
  return [
    span(`${isChosen ? '>' : ' '}${sign} `, isChosen ? 'accent' : meaning),
    span(column(label, width), isChosen ? 'strong' : 'text'),
    span(`  ${place.padEnd(isNarrow ? 4 : 10)} ${(turn === 0 ? '' : `T${turn}`).padEnd(3)} ${time}`, 'muted'),
    span(
      sanitizeLine(doingInWords(doing, now, isNarrow)),
      doing.type === 'waiting' ? 'caution' : doing.type === 'streaming' ? 'text' : 'muted',
    ),
  ];
}

/** Of the row, so that what a worker has in hand is still to be read. */
const mostForName = 0.4;

/** A row for each worker, those that are gone first, at most so many; what is left out is counted. */
export function workerRows(
  workers: readonly WorkerSeen[],
  { columns, rows, now }: Size & { now: number },
): Row[] {
  if (rows <= 0) return [];
  if (workers.length === 0) return [[span(' none is running', 'caution')]];
  const sorted = workers.toSorted((one, other) => Number(other.isGone) - Number(one.isGone));
  const hidden = hiddenOf(sorted.length, rows);
  const names = sorted.map(({ name }) => columnsOf(sanitizeLine(name)));
  const width = Math.min(Math.floor(columns * mostForName), Math.max(...names));
  const shown = sorted.slice(0, hidden > 0 ? rows - 1 : rows);
  const own = shown.map((worker) => workerRow(worker, { width, now, isNarrow: columns < roomForWords }));
  return withHidden(own, hidden);
}

function workerRow(
  { name, underWay, startedAt, silentMs, isGone }: WorkerSeen,
  { width, now, isNarrow }: { width: number; now: number; isNarrow: boolean },
): Row {
  const [sign, meaning] = isGone ? (['✗', 'alarm'] as const) : (['▸', 'good'] as const);
  const held = isNarrow ? `${grouped(underWay)} held` : several(underWay, 'debate');
  const row: Row = [
    span(` ${sign} `, meaning),
    span(`${column(sanitizeLine(name), width)}  `),
    span(held.padEnd(isNarrow ? 8 : 12)),
  ];
  if (isGone) {
    const fate = isNarrow ? '' : '; its debates go to others';
    return [...row, span(` silent for ${duration(silentMs)}${fate}`, 'alarm')];
  }
  const time = isNarrow ? '' : ` at work for ${clockTime(now - startedAt)}`;
  return [...row, span(time, 'muted'), span(`${isNarrow ? ' ' : ', '}heard of ${ago(silentMs)}`, 'muted')];
}

/** How many of a list cannot be shown in so many rows, the last of which counts them. */
function hiddenOf(count: number, rows: number): number {
  return count > rows ? count - (rows - 1) : 0;
}

function withHidden(rows: readonly Row[], hidden: number): Row[] {
  return hidden > 0 ? [...rows, [span(` + ${grouped(hidden)} more`, 'muted')]] : [...rows];
}
