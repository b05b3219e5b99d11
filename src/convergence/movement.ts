import type { Agenda } from '../debate/agenda.ts';
import type { Convergence } from '../debate/verdict.ts';
import { widest } from './convergence-index.ts';
import type { History } from './history.ts';
import { pairsOf, positionIn, type Stands, weightedMean } from './stands.ts';
import { mean } from './statistics.ts';

/** Movement below this share is taken for the judge's noise where it is asked who moved at all. */
const noticeable = 0.02;

/**
 * How far a stand came towards where another one began: (|before - start| - |now - start|) / 6, in -1..1.
 * Negative is a retraction. parley's own (DESIGN.md): the other's start and not its present stand, so that
 * nobody is credited for what the other one gave.
 */
export function movementTowards(before: number, now: number, start: number): number {
  return (Math.abs(before - start) - Math.abs(now - start)) / widest;
}

/**
 * Movement of each speaker towards each other one since it was last read,
 * weighted over the issues on which both stands and the other's first one are known. A declared opening is none of these. Pairs without any are left out.
 */
export function movementsOf(
  agenda: Agenda,
  stands: Stands,
  history: History,
  speakers: readonly string[],
): Convergence['movements'] {
  return speakers.flatMap((speaker) =>
    speakers.flatMap((towards) => {
      if (speaker === towards) return [];
      const amount = weighted(agenda, stands, history, speaker, towards, history.lastOf);
      return amount === null ? [] : [{ speaker, towards, amount }];
    }),
  );
}

/**
 * How evenly two principals moved towards each other since the start: the smaller movement's share of the larger, 0
 * (one-sided) to 1 (matched); mean over the pairs of principals in which at least one moved, null where none did.
 * Over the whole debate and not one round, because a concession is often answered a round later. The notion is the
 * graduated reciprocation of Osgood (1962) and Axelrod's (1984) reciprocity; the ratio is parley's own.
 */
export function reciprocityOf(
  agenda: Agenda,
  stands: Stands,
  history: History,
  principals: readonly string[],
): number | null {
  const ratios = pairsOf(principals).flatMap(([a, b]) => {
    const towards = (speaker: string, other: string) =>
      Math.max(0, weighted(agenda, stands, history, speaker, other, history.startOf) ?? 0);
    const smaller = Math.min(towards(a, b), towards(b, a));
    const larger = Math.max(towards(a, b), towards(b, a));
    return larger < noticeable ? [] : [smaller / larger];
  });
  return ratios.length === 0 ? null : mean(ratios);
}

function weighted(
  agenda: Agenda,
  stands: Stands,
  history: History,
  speaker: string,
  towards: string,
  beforeOf: History['lastOf'],
): number | null {
  return weightedMean(agenda, (issue) => {
    const now = positionIn(stands, issue, speaker);
    const before = beforeOf(speaker, issue);
    const start = history.startOf(towards, issue);
    return now === null || before === null || start === null ? null : movementTowards(before, now, start);
  }).value;
}
