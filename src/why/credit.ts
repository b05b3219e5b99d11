import { type Estimate, type ShareOfSum, shareOfSum } from '../convergence/causes.ts';
import { type Debate, nameOf } from '../debate/debate.ts';
import type { Explanation } from './explanations.ts';

/**
 * What each speech is credited with by its turn: the points of the scale by which its reasons moved others, positive
 * where they moved towards its speaker's stand, negative where away from it. A part whose interval holds zero counts as
 * nothing. Null where a shift after the speech was not examined yet, or no speech after it was read.
 */
export function speechCredits(
  debate: Debate,
  explanations: readonly Explanation[],
): Map<number, number | null> {
  const read = new Set(debate.verdicts.flatMap(({ round, convergence }) => (convergence ? [round] : [])));
  const speeches = debate.turns.filter(({ kind }) => kind === 'speech');
  return new Map(
    speeches.map(({ turn, speaker }) => {
      const isAnswered = speeches.some(
        (later) => later.turn > turn && later.speaker !== speaker && read.has(later.round),
      );
      return [turn, isAnswered ? creditOf(turn, explanations) : null];
    }),
  );
}

function creditOf(turn: number, explanations: readonly Explanation[]): number | null {
  let credit = 0;
  for (const { shift, counterpart, causes } of explanations) {
    // Where no stand of the counterpart is known there is nothing bare to say in its place: no such shift is ever explained.
    if (counterpart?.turn.turn !== turn || counterpart.position === null) continue;
    if (!causes) return null;
    const isTowards = Math.sign(counterpart.position - shift.from) === Math.sign(shift.to - shift.from);
    if (isApart(causes.persuasion)) credit += (isTowards ? 1 : -1) * causes.persuasion.points;
  }
  return credit;
}

/** Does its interval leave out zero? */
function isApart({ low, high }: Estimate): boolean {
  return low > 0 || high < 0;
}

const parts = ['itself', 'pressure', 'persuasion'] as const;

/** How much of what moved was which cause. */
export interface MovementShares {
  /** Shifts that the readings found, and those of them that are explained. */
  shifts: number;
  explained: number;
  /** Mean movement of an explained shift under the real speech, in points of the scale; null for none. */
  meanPoints: number | null;
  /** Of all points moved under the real speeches, with intervals over debates; null where nothing moved again. */
  shares: Record<(typeof parts)[number], ShareOfSum> | null;
}

export interface WhySummary {
  /** Debates with a shift that is explained: the units of the intervals. */
  debates: number;
  all: MovementShares;
  /** By speaker, in the order in which they first appear. */
  bySpeaker: ({ speaker: string; name: string } & MovementShares)[];
}

/** One debate with everything that is known of why its speakers moved. */
export interface ExplainedDebate {
  debate: Debate;
  explanations: readonly Explanation[];
}

/** How much of the movement in several debates was each cause, for everybody and by speaker. */
export function whySummary(explained: readonly ExplainedDebate[]): WhySummary {
  const names = new Map<string, string>();
  for (const { debate } of explained)
    for (const { id } of debate.started.cast) if (!names.has(id)) names.set(id, nameOf(debate, id));
  const of = (speaker: string | null) =>
    sharesOf(
      explained.map(({ explanations }) =>
        explanations.filter(({ shift }) => speaker === null || shift.speaker === speaker),
      ),
    );
  return {
    debates: explained.filter(({ explanations }) => explanations.some(({ causes }) => causes)).length,
    all: of(null),
    bySpeaker: [...names].map(([speaker, name]) => ({ speaker, name, ...of(speaker) })),
  };
}

function sharesOf(byDebate: readonly (readonly Explanation[])[]): MovementShares {
  const known = byDebate
    .map((explanations) => explanations.flatMap(({ causes }) => causes ?? []))
    .filter((causes) => causes.length > 0);
  const all = known.flat();
  const shareOf = (part: (typeof parts)[number]) =>
    shareOfSum(
      known.map((causes) => ({
        part: causes.reduce((sum, one) => sum + one[part].points, 0),
        whole: causes.reduce((sum, { real }) => sum + real.points, 0),
      })),
    );
  const shares = {
    itself: shareOf('itself'),
    pressure: shareOf('pressure'),
    persuasion: shareOf('persuasion'),
  };
  const { itself, pressure, persuasion } = shares;
  return {
    shifts: byDebate.reduce((sum, explanations) => sum + explanations.length, 0),
    explained: all.length,
    meanPoints: all.length === 0 ? null : all.reduce((sum, { real }) => sum + real.points, 0) / all.length,
    shares: itself && pressure && persuasion ? { itself, pressure, persuasion } : null,
  };
}
