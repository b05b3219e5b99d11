import type { PublicPrivateGap } from '../convergence/public-private-gap.ts';
import { pollGaps } from '../convergence/public-private-gap.ts';
import { scale } from '../debate/agenda.ts';
import type { Debate, Verdict } from '../debate/debate.ts';
import type { EventOf } from '../debate/events.ts';
import { breakPhrase, takenOff } from '../debate/phrases.ts';
import { type OwnLineCrossed, ownLinesCrossed } from '../debate/red-lines.ts';
import type { Cell, Convergence } from '../debate/verdict.ts';
import { wrappersOf } from '../grounding/role-breaks.ts';

/** The latest verdict that could be read, with what changed since the one before it. */
export interface Reading {
  verdict: Verdict;
  convergence: Convergence;
  /** Change of the headline since the last reading that had one, in shares; null without two. */
  change: number | null;
  /** The latest verdict where it failed after this reading. */
  failedSince: Verdict | null;
}

export function latestReading(debate: Debate): Reading | null {
  const read = debate.verdicts.filter(wasRead);
  const verdict = read.at(-1);
  if (!verdict) return null;
  const before = read.slice(0, -1).findLast(({ convergence }) => convergence.principals !== null);
  const now = verdict.convergence.principals;
  const then = before?.convergence.principals ?? null;
  const last = debate.verdicts.at(-1);
  return {
    verdict,
    convergence: verdict.convergence,
    change: now === null || then === null ? null : now - then,
    failedSince: last && last !== verdict ? last : null,
  };
}

/** How far everyone asked off the record after a round lies from what was read in public; null where nobody was asked. */
export function gapsOfRound({ started, verdicts, polls }: Debate, round: number): PublicPrivateGap[] | null {
  return pollGaps(started.agenda, verdicts, polls).find((one) => one.round === round)?.gaps ?? null;
}

/** A gap in points of the 0..6 scale. */
export function gapInWords(gap: number | null): string {
  if (gap === null) return 'no issue has both a public and a private stand';
  const points = gap * scale.high;
  if (points < 0.05) return 'would settle where it stands in public';
  return `would settle ${points.toFixed(1)} of 6 points from where it stands in public`;
}

/** The headline after each round; null where there was too little evidence or the reading failed. */
export function trendOf(debate: Debate): (number | null)[] {
  return debate.verdicts.map(({ convergence }) => convergence?.principals ?? null);
}

export type PositionCell = Extract<Cell, { stand: 'position' }>;

/** Where a speaker stands on an issue by one verdict; null where it took no stand. */
export function standOf(verdict: Verdict, speaker: string, issue: string): PositionCell | null {
  const cell = verdict.cells.find((one) => one.speaker === speaker && one.issue === issue);
  return cell?.stand === 'position' ? cell : null;
}

/** The stand that was read before this verdict; null where none was: what a persona's file declares was never spoken. */
export function standBefore(debate: Debate, verdict: Verdict, speaker: string, issue: string): number | null {
  const index = debate.verdicts.indexOf(verdict);
  const before = debate.verdicts.slice(0, index).findLast((one) => standOf(one, speaker, issue));
  return before ? (standOf(before, speaker, issue)?.position ?? null) : null;
}

/** Own red lines that a verdict finds crossed and the reading before it did not. */
export function newlyCrossed(debate: Debate, verdict: Verdict): OwnLineCrossed[] {
  if (!verdict.convergence) return [];
  const index = debate.verdicts.findIndex(({ round }) => round === verdict.round);
  const before = debate.verdicts.slice(0, Math.max(0, index)).findLast(wasRead);
  const known = before ? ownLinesCrossed(before.convergence) : [];
  return ownLinesCrossed(verdict.convergence).filter(
    ({ speaker, issue }) => !known.some((one) => one.speaker === speaker && one.issue === issue),
  );
}

/** Words that leave a speech's role: those taken off before others read it, at once; those that a judge quotes, once the round is read. */
export function roleBreaksIn(
  { started, verdicts }: Debate,
  turn: EventOf<'turn-ended'>,
): { quote: string; isTakenOff: boolean; line: string }[] {
  const off = turn.kind === 'speech' ? wrappersOf(turn, started.cast) : [];
  const read = verdicts.flatMap(({ convergence }) =>
    (convergence?.roleBreaks ?? []).filter((one) => one.turn === turn.turn),
  );
  return [
    ...off.map(({ kind, text }) => ({ kind, quote: text, isTakenOff: true })),
    ...read.map(({ kind, quote }) => ({ kind, quote, isTakenOff: false })),
  ].map(({ kind, ...one }) => ({
    ...one,
    line: `Out of its role, ${breakPhrase[kind]}: “${one.quote}”${one.isTakenOff ? takenOff : ''}`,
  }));
}

function wasRead(verdict: Verdict): verdict is Verdict & { convergence: Convergence } {
  return verdict.convergence !== null;
}
