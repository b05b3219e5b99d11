import { count, dollars, grouped, rate } from '../../text/figures.ts';
import { column, type Row, type Span, span } from '../tui/span.ts';
import { packed } from './packed.ts';
import type { PlanProgress, ProgressState, Used } from './progress-state.ts';
import { rangeInWords, timeLeftInWords } from './progress-words.ts';
import { isWell, leaseOf, limitsOf, workedHere } from './worker-facts.ts';

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
