import { duration, grouped } from '../../text/figures.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { type Span, span } from '../tui/span.ts';
import type { WorkerProgress } from './progress-state.ts';

/** What this worker did since it began. */
export function workedHere({ done, failed, setAside }: WorkerProgress): Span[] {
  return [
    span(`${grouped(done)} done here`, 'strong'),
    ...(failed > 0 ? [span(`${grouped(failed)} failed and tried again`, 'caution')] : []),
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

export function ago(milliseconds: number): string {
  return milliseconds < 1000 ? 'just now' : `${duration(milliseconds)} ago`;
}
