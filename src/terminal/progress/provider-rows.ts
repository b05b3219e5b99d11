import { aboutTime, duration, grouped } from '../../text/figures.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { column, columnsOf, type Row, span } from '../tui/span.ts';
import type { JobProgress, ProgressState, ProviderProgress } from './progress-state.ts';
import { several } from './progress-words.ts';

/** A row for each provider: calls at once, and what holds them back; then the jobs under way. */
export function providerRows({ providers, jobs, now }: ProgressState, isNarrow: boolean): Row[] {
  const names = Math.min(12, Math.max(0, ...providers.map(({ name }) => columnsOf(sanitizeLine(name)))));
  return [
    ...providers.map((provider) => providerRow(provider, { names, now, isNarrow })),
    ...(jobs === null ? [] : [jobsRow(jobs, now)]),
  ];
}

function providerRow(
  provider: ProviderProgress,
  { names, now, isNarrow }: { names: number; now: number; isNarrow: boolean },
): Row {
  const { underWay, limit, waiting, refusals, heldMs, fall } = provider;
  const calls = isNarrow
    ? `${grouped(underWay)}/${grouped(limit)} calls`
    : `${grouped(underWay)} of ${grouped(limit)} calls at once`;
  const held = heldMs >= worthSayingMs ? [span(`, next in ${duration(heldMs)}`, 'caution')] : [];
  const queue = waiting > 0 && !isNarrow ? [span(`, ${grouped(waiting)} waiting`, 'muted')] : [];
  const refused = refusals > 0 ? [span(`, ${grouped(refusals)} refused`, 'caution')] : [];
  return [
    span(` ${column(sanitizeLine(provider.name), names)}  `, 'strong'),
    span(calls),
    ...queue,
    ...held,
    ...refused,
    ...(fall === null ? [] : [span(fallInWords(fall, now, isNarrow), 'muted')]),
  ];
}

const worthSayingMs = 2000;

/** Why the limit last fell: `; fell from 32 to 22 2 min ago: refused (429)`. */
function fallInWords(
  { why, from, to, at }: NonNullable<ProviderProgress['fall']>,
  now: number,
  isNarrow: boolean,
) {
  if (isNarrow) return `, ${from}→${to} ${why === 'refused' ? 'refused' : 'slow'}`;
  const reason = why === 'refused' ? 'too many at once (429)' : 'answers became slower';
  return `; fell from ${from} to ${to}, ${aboutTime(now - at)} ago: ${reason}`;
}

function jobsRow({ underWay, trouble }: NonNullable<ProgressState['jobs']>, now: number): Row {
  const sum = (key: keyof JobProgress) => underWay.reduce((all, job) => all + job[key], 0);
  const oldest = Math.min(...underWay.map(({ since }) => since));
  const words =
    underWay.length === 0
      ? 'none under way'
      : `${several(underWay.length, 'job')} with ${grouped(sum('settled'))} of ${grouped(sum('requests'))} answers, ${aboutTime(now - oldest)}`;
  return [
    span(' jobs  ', 'strong'),
    span(words),
    ...(trouble === null ? [] : [span(`; ${sanitizeLine(trouble)}`, 'caution')]),
  ];
}
