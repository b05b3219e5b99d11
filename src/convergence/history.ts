import type { Agenda } from '../debate/agenda.ts';
import type { CastMember } from '../debate/setup.ts';
import type { Cell, Convergence, PositionCell } from '../debate/verdict.ts';
import { widest } from './convergence-index.ts';
import { openingStands, pairsOf, positionIn, type Stands, weightedMean } from './stands.ts';
import { mean } from './statistics.ts';

/** What was read after an earlier round; a verdict event has this shape. */
export interface EarlierReading {
  round: number;
  cells: readonly Cell[];
  /** null where the verdict failed. */
  convergence: Convergence | null;
}

/** Where everyone stood before the reading at hand, by what they said. */
export interface History {
  /** Readings with cells, oldest first. */
  readings: readonly EarlierReading[];
  /** Opening positions as the personas declare them. Nobody spoke them: no movement starts from here. */
  opening: Stands;
  /** Every stand read of a speaker on an issue, oldest first. */
  spoken(speaker: string, issue: string): readonly PositionCell[];
  /** Where a speaker was first read; null where it was not yet. */
  startOf(speaker: string, issue: string): number | null;
  /** Where a speaker was last read; null where it was not yet. */
  lastOf(speaker: string, issue: string): number | null;
}

export function historyOf(
  cast: readonly Pick<CastMember, 'id' | 'opening'>[],
  earlier: readonly EarlierReading[],
): History {
  const readings = [...earlier].sort((one, other) => one.round - other.round);
  const cells = readings.flatMap((reading) => reading.cells);
  const positions = cells.filter((cell): cell is PositionCell => cell.stand === 'position');
  const byCell = Map.groupBy(positions, ({ speaker, issue }) => `${speaker} ${issue}`);
  const spoken = (speaker: string, issue: string) => byCell.get(`${speaker} ${issue}`) ?? [];
  return {
    readings,
    opening: openingStands(cast),
    spoken,
    startOf: (speaker, issue) => spoken(speaker, issue)[0]?.position ?? null,
    lastOf: (speaker, issue) => spoken(speaker, issue).at(-1)?.position ?? null,
  };
}

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
