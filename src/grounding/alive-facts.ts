import { type ArticleFact, type FactUse, isDealtTo } from '../debate/article-facts.ts';

/**
 * What has become of a fact:
 * - cited, used: said within the last two rounds, with its passage or without
 * - contradicted: the last that was said of it within the last two rounds is that it is not so
 * - forgotten: said before, and not within the last two rounds
 * - unmentioned: never said
 */
export type FactState = 'cited' | 'used' | 'contradicted' | 'forgotten' | 'unmentioned';

/** One fact after a round, with the words that show it; null where nobody said it yet. */
export interface FactLife {
  fact: ArticleFact;
  state: FactState;
  last: FactUse | null;
}

/** What was read of one round: which facts its speeches use. */
export interface TracedRound {
  round: number;
  outcome: 'read' | 'failed';
  uses: readonly FactUse[];
}

/** The facts after one round. */
export interface FactLedger {
  round: number;
  /** Facts that are cited or used. */
  alive: number;
  total: number;
  facts: FactLife[];
}

/** A fact lives on for this many rounds after it was said: who answers another point for one round has not lost it. */
const livesFor = 2;

/** The ledger after every round that was read, oldest first. A round that could not be read gives none: nothing is known of it. */
export function factLedgers(facts: readonly ArticleFact[], traced: readonly TracedRound[]): FactLedger[] {
  return traced
    .filter(({ outcome }) => outcome === 'read')
    .map(({ round }) => {
      const before = traced.filter((one) => one.round <= round);
      const lives = facts.map((fact) => lifeOf(fact, before, round));
      return {
        round,
        alive: lives.filter(({ state }) => isAlive(state)).length,
        total: facts.length,
        facts: lives,
      };
    });
}

export function isAlive(state: FactState): boolean {
  return state === 'cited' || state === 'used';
}

function lifeOf(fact: ArticleFact, traced: readonly TracedRound[], round: number): FactLife {
  const uses = traced
    .flatMap((one) => one.uses.map((use) => ({ use, round: one.round })))
    .filter(({ use }) => use.fact === fact.id)
    .sort((one, other) => one.use.turn - other.use.turn);
  const last = uses.at(-1);
  if (!last) return { fact, state: 'unmentioned', last: null };
  const recent = uses.filter((one) => one.round > round - livesFor);
  const state: FactState =
    recent.length === 0
      ? 'forgotten'
      : last.use.how === 'contradicted'
        ? 'contradicted'
        : recent.some(({ use }) => use.how === 'cited')
          ? 'cited'
          : 'used';
  return { fact, state, last: last.use };
}

/** Facts that must die, and points of C that must be won, before it is said that they agree more and know less. */
const leastLost = 2;
const leastShare = 0.2;
const leastGain = 0.05;

/**
 * They agree more and know less: since some earlier round C has risen by 0.05 or more while two facts or more, and a fifth
 * of all, have died. Agents that confer are known to lose up to 72% of the facts an issue turns on (arXiv:2606.03032).
 * Null where it is not so.
 */
export function knowingLess(
  ledgers: readonly FactLedger[],
  convergence: (round: number) => number | null,
): { since: number; round: number; lost: number; gain: number } | null {
  const now = ledgers.at(-1);
  const present = now ? convergence(now.round) : null;
  if (!now || present === null) return null;
  const found = ledgers.slice(0, -1).flatMap((before) => {
    const then = convergence(before.round);
    const lost = before.alive - now.alive;
    if (then === null || present - then < leastGain) return [];
    if (lost < leastLost || lost < leastShare * now.total) return [];
    return [{ since: before.round, round: now.round, lost, gain: present - then }];
  });
  return found.sort((one, other) => other.lost - one.lost)[0] ?? null;
}

interface Dealt {
  id: string;
  knows?: readonly number[] | undefined;
}

/** Share of the facts that are alive after the last round read; null where none was read or there are none. */
export function factsKept(ledgers: readonly FactLedger[]): number | null {
  const last = ledgers.at(-1);
  return last && last.total > 0 ? last.alive / last.total : null;
}

/**
 * Of the facts that some of the cast hold and others do not, the share that a holder has said for the others to hear; null
 * where every fact is everybody's, or no round was read.
 */
export function factsShared(
  facts: readonly ArticleFact[],
  cast: readonly Dealt[],
  traced: readonly TracedRound[],
): number | null {
  const uneven = facts.filter((fact) => {
    const holders = cast.filter((member) => isDealtTo(fact, member)).length;
    return holders > 0 && holders < cast.length;
  });
  if (uneven.length === 0 || !traced.some(({ outcome }) => outcome === 'read')) return null;
  const shared = uneven.filter((fact) => {
    const holders = cast.filter((member) => isDealtTo(fact, member)).map(({ id }) => id);
    return traced.some(({ uses }) =>
      uses.some((use) => use.fact === fact.id && use.how !== 'contradicted' && holders.includes(use.speaker)),
    );
  });
  return shared.length / uneven.length;
}

/** "facts alive 7 of 9: 4 cited, 3 used, 1 contradicted, 1 forgotten"; states that no fact is in are left out. */
export function ledgerInWords({ alive, total, facts }: FactLedger): string {
  const counts = states.flatMap((state) => {
    const count = facts.filter((life) => life.state === state).length;
    return count === 0 ? [] : [`${count} ${state}`];
  });
  return `facts alive ${alive} of ${total}: ${counts.join(', ')}`;
}

const states: readonly FactState[] = ['cited', 'used', 'contradicted', 'forgotten', 'unmentioned'];

/** The warning of `knowingLess` in a sentence. */
export function lossInWords({ since, lost, gain }: NonNullable<ReturnType<typeof knowingLess>>): string {
  return `They agree more and know less: since round ${since} C has risen by ${gain.toFixed(2)} while ${lost} facts died.`;
}

/** The ledger of a debate as it stands, with the words of its last change; null where no round was read. */
export function factsNow({ started, traced, verdicts }: TracedDebate): FactsNow | null {
  const ledgers = factLedgers(started.facts ?? [], traced);
  const last = ledgers.at(-1);
  if (!last) return null;
  const before = ledgers.at(-2);
  const stateBefore = (id: string) => before?.facts.find(({ fact }) => fact.id === id)?.state;
  const c = (round: number) =>
    verdicts.find((verdict) => verdict.round === round)?.convergence?.principals ?? null;
  return {
    ledgers,
    last,
    lost: last.facts.filter(
      ({ fact, state }) => !isAlive(state) && isAlive(stateBefore(fact.id) ?? 'unmentioned'),
    ),
    warning: knowingLess(ledgers, c),
  };
}

interface TracedDebate {
  started: { facts?: readonly ArticleFact[] | undefined };
  traced: readonly TracedRound[];
  verdicts: readonly { round: number; convergence: { principals: number | null } | null }[];
}

interface FactsNow {
  ledgers: FactLedger[];
  last: FactLedger;
  /** Alive after the round before, and not any more. */
  lost: FactLife[];
  warning: ReturnType<typeof knowingLess>;
}
