import { clockTime, duration, grouped } from '../../text/figures.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { column, columnsOf, type Row, type Span, span } from '../tui/span.ts';
import type { WorkerProgress, WorkerSeen } from './progress-state.ts';
import { roomForWords, several } from './progress-words.ts';

/** Of the row, so that what a worker has in hand is still to be read. */
const mostForName = 0.4;

/** A row for each worker, those that are gone first, at most so many; what is left out is counted. */
export function workerRows(
  workers: readonly WorkerSeen[],
  { columns, rows, now }: { columns: number; rows: number; now: number },
): Row[] {
  if (rows <= 0) return [];
  if (workers.length === 0) return [[span(' none is running', 'caution')]];
  const sorted = workers.toSorted((one, other) => Number(other.isGone) - Number(one.isGone));
  const hidden = sorted.length > rows ? sorted.length - (rows - 1) : 0;
  const names = sorted.map(({ name }) => columnsOf(sanitizeLine(name)));
  const width = Math.min(Math.floor(columns * mostForName), Math.max(...names));
  const shown = sorted.slice(0, hidden > 0 ? rows - 1 : rows);
  const own = shown.map((worker) => workerRow(worker, { width, now, isNarrow: columns < roomForWords }));
  return hidden > 0 ? [...own, [span(` + ${grouped(hidden)} more`, 'muted')]] : own;
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

/** What this worker did since it began. */
export function workedHere({ done, failed, setAside }: WorkerProgress): Span[] {
  return [
    span(`${grouped(done)} done here`, 'strong'),
    ...(failed > 0 ? [span(`${grouped(failed)} failed and retried`, 'caution')] : []),
    ...(setAside > 0 ? [span(`${grouped(setAside)} set aside`, 'alarm')] : []),
  ];
}

/** Does the database answer, and has it confirmed of late that what the worker holds is its own? */
export function isWell({ leaseMs, confirmedMs, trouble }: WorkerProgress): boolean {
  return trouble === null && confirmedMs <= (leaseMs * 2) / 3;
}

/** How sure the worker's hold on its debates is. */
export function leaseOf(worker: WorkerProgress, isPacked: boolean): Span[] {
  const { leaseMs, confirmedMs, trouble } = worker;
  const lease = span(`${isPacked ? 'lease ' : ''}${duration(leaseMs)}`);
  if (trouble !== null) {
    return [span(`the database does not answer (${sanitizeLine(trouble)}); trying again`, 'alarm'), lease];
  }
  if (isWell(worker)) return [lease, span(`confirmed ${ago(confirmedMs)}`, 'muted')];
  return [lease, span(`not confirmed for ${duration(confirmedMs)}: no call begins before it is`, 'caution')];
}

/** What all workers together may ask of each provider in a minute. */
export function limitsOf({ limits }: WorkerProgress): Span[] {
  return limits.map(({ provider, requestsPerMinute, tokensPerMinute }) => {
    const parts = [
      ...(requestsPerMinute === null ? [] : [`${grouped(requestsPerMinute)} requests`]),
      ...(tokensPerMinute === null ? [] : [`${grouped(tokensPerMinute)} tokens`]),
    ];
    return span(`${sanitizeLine(provider)} ${parts.join(' and ')} a minute, all workers together`);
  });
}

function ago(milliseconds: number): string {
  return milliseconds < 1000 ? 'just now' : `${duration(Math.floor(milliseconds / 1000) * 1000)} ago`;
}
