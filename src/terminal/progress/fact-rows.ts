import { aboutTime, count, dollars, duration, grouped, rate } from '../../text/figures.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { column, columnsOf, type Row, type Span, span } from '../tui/span.ts';
import type {
  JobProgress,
  PlanProgress,
  ProgressState,
  ProviderProgress,
  Used,
  WorkerProgress,
} from './progress-state.ts';
import { ago, packed, rangeInWords, several, timeLeftInWords } from './progress-words.ts';

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

/** Rate, time, cost and tokens: a row each where there is room, else packed. */
export function factRows(state: ProgressState, columns: number, isPacked: boolean): Row[] {
  const [only, ...others] = state.plans;
  const worker = state.who.type === 'worker' ? state.who.worker : null;
  const lease = worker ? ([['lease', leaseOf(worker, isPacked)]] as const) : [];
  // Trouble comes first: a small screen has room for little.
  const isTroubled = worker !== null && !isWell(worker);
  const facts: (readonly [string, Span[]])[] = [
    ...(isTroubled ? lease : []),
    ...(worker ? ([['here', workedHere(worker)]] as const) : []),
    ['rate', rateOf(state, isPacked)],
    ['time', timeOf(state)],
    ...(only && others.length === 0 ? spentOn(only, state, isPacked) : []),
    ...(isTroubled ? [] : lease),
    ...(worker ? ([['limits', limitsOf(worker)]] as const) : []),
  ];
  const known = facts.filter(([, pieces]) => pieces.length > 0);
  if (isPacked) {
    return packed(
      known.flatMap(([, pieces]) => pieces),
      columns,
    );
  }
  return known.flatMap(([label, pieces]) =>
    packed(pieces, columns - labelColumns).map((row, index): Row => {
      return [span(` ${column(index === 0 ? label : '', labelColumns - 1)}`, 'muted'), ...row.slice(1)];
    }),
  );
}

const labelColumns = 9;

function rateOf({ debatesPerMinute, callsPerMinute }: ProgressState, isShort: boolean): Span[] {
  const aMinute = isShort ? '/min' : ' a minute';
  return [
    ...(debatesPerMinute === null ? [] : [span(`${rate(debatesPerMinute)} debates${aMinute}`)]),
    ...(callsPerMinute === null ? [] : [span(`${rate(callsPerMinute)} calls${aMinute}`)]),
  ];
}

function timeOf({ timeLeft, stopping }: ProgressState): Span[] {
  return timeLeft === null || stopping !== null ? [] : [span(timeLeftInWords(timeLeft), 'strong')];
}

function spentOn(
  { usd, tokens, unpricedCalls }: PlanProgress,
  { stopping }: ProgressState,
  isPacked: boolean,
): (readonly [string, Span[]])[] {
  const unpriced =
    unpricedCalls > 0 ? [span(`${grouped(unpricedCalls)} calls without a price`, 'caution')] : [];
  const isFree = usd.soFar === 0 && (usd.atMost ?? 0) === 0;
  // Once it is stopping, what it would have been tells nobody anything.
  const soFarOnly = (used: Used) => ({ ...used, inTheEnd: null, atMost: null });
  const money = isFree || stopping !== null ? soFarOnly(usd) : usd;
  const words = stopping !== null ? soFarOnly(tokens) : tokens;
  return [
    ['cost', [...usedOf(money, dollars, ''), ...unpriced]],
    ['tokens', usedOf(words, count, isPacked ? ' tokens' : '')],
  ];
}

/** `$1.24 of $20.00`, `$3.40–$3.90 in the end`. */
function usedOf(used: Used, figure: (value: number) => string, unit: string): Span[] {
  const { soFar, budget, inTheEnd, atMost } = used;
  const of = budget === null ? '' : ` of ${figure(budget)}`;
  const isNear = budget !== null && soFar >= budget * 0.8;
  const spent = span(`${figure(soFar)}${of}${unit}`, isNear ? 'caution' : 'text');
  if (inTheEnd === null) {
    return atMost === null ? [spent] : [spent, span(`up to ${figure(atMost)} in the end`, 'muted')];
  }
  const end = span(`${rangeInWords(inTheEnd, figure)} in the end`, 'muted');
  if (budget === null || inTheEnd.high <= budget) return [spent, end];
  const warning = inTheEnd.low > budget ? 'the budget ends it before' : 'the budget may end it before';
  return [spent, end, span(warning, 'caution')];
}

/** What this worker did since it began. */
function workedHere({ done, failed, setAside }: WorkerProgress): Span[] {
  return [
    span(`${grouped(done)} done here`, 'strong'),
    ...(failed > 0 ? [span(`${grouped(failed)} failed and retried`, 'caution')] : []),
    ...(setAside > 0 ? [span(`${grouped(setAside)} set aside`, 'alarm')] : []),
  ];
}

/** Does the database answer, and has it confirmed of late that what the worker holds is its own? */
function isWell({ leaseMs, confirmedMs, trouble }: WorkerProgress): boolean {
  return trouble === null && confirmedMs <= (leaseMs * 2) / 3;
}

/** How sure the worker's hold on its debates is. */
function leaseOf(worker: WorkerProgress, isPacked: boolean): Span[] {
  const { leaseMs, confirmedMs, trouble } = worker;
  const lease = span(`${isPacked ? 'lease ' : ''}${duration(leaseMs)}`);
  if (trouble !== null) {
    return [span(`the database does not answer (${sanitizeLine(trouble)}); trying again`, 'alarm'), lease];
  }
  if (isWell(worker)) return [lease, span(`confirmed ${ago(confirmedMs)}`, 'muted')];
  return [lease, span(`not confirmed for ${duration(confirmedMs)}: no call begins before it is`, 'caution')];
}

/** What all workers together may ask of each provider in a minute. */
function limitsOf({ limits }: WorkerProgress): Span[] {
  return limits.map(({ provider, requestsPerMinute, tokensPerMinute }) => {
    const parts = [
      ...(requestsPerMinute === null ? [] : [`${grouped(requestsPerMinute)} requests`]),
      ...(tokensPerMinute === null ? [] : [`${grouped(tokensPerMinute)} tokens`]),
    ];
    return span(`${sanitizeLine(provider)} ${parts.join(' and ')} a minute, all workers together`);
  });
}
