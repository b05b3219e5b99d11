import type { CastMember } from '../debate/setup.ts';
import type { Cell, Convergence, PositionCell } from '../debate/verdict.ts';
import { openingStands, type Stands } from './stands.ts';

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
