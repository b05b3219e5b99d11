import type { CastMember } from '../debate/setup.ts';
import type { Cell, Convergence } from '../debate/verdict.ts';
import { openingStands, positionIn, type Stands, standsOf } from './stands.ts';

/** What was read after an earlier round; a verdict event has this shape. */
export interface EarlierReading {
  round: number;
  cells: readonly Cell[];
  /** null where the verdict failed. */
  convergence: Convergence | null;
}

/** Where everyone stood before the reading at hand. */
export interface History {
  /** Readings with cells, oldest first. */
  readings: readonly EarlierReading[];
  /** Declared opening positions. */
  opening: Stands;
  /** Where a speaker started: its declared opening, else its first reading; null where neither is known. */
  startOf(speaker: string, issue: string): number | null;
  /** Where a speaker was last read, else its declared opening; null where neither is known. */
  lastOf(speaker: string, issue: string): number | null;
}

export function historyOf(
  cast: readonly Pick<CastMember, 'id' | 'opening'>[],
  earlier: readonly EarlierReading[],
): History {
  const opening = openingStands(cast);
  const readings = [...earlier].sort((one, other) => one.round - other.round);
  const stands = readings.map((reading) => standsOf(reading.cells));
  const read = (series: readonly Stands[], speaker: string, issue: string) =>
    series.map((entry) => positionIn(entry, issue, speaker)).find((position) => position !== null) ?? null;
  const latestFirst = stands.toReversed();
  return {
    readings,
    opening,
    startOf: (speaker, issue) => positionIn(opening, issue, speaker) ?? read(stands, speaker, issue),
    lastOf: (speaker, issue) => read(latestFirst, speaker, issue) ?? positionIn(opening, issue, speaker),
  };
}
