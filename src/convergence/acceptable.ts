import type { JudgeSample } from '../debate/readings.ts';
import type { CastMember } from '../debate/setup.ts';
import type { Convergence, PositionCell } from '../debate/verdict.ts';
import { positionIn, type Stands } from './stands.ts';

const epsilon = 1e-9;

/**
 * Distance to acceptance: each principal's declared red lines against the present stands of the other principals, which together are
 * the deal on the table. The share is that of the principals whose red lines all hold; null where no principal's stand was read.
 * A principal that declares no red line accepts anything. A stand on the bound keeps it. Whether somebody crosses its own line is
 * another question: see `ownLines`.
 */
export function acceptability(
  cast: readonly Pick<CastMember, 'id' | 'redLines'>[],
  stands: Stands,
  principals: readonly string[],
): Convergence['acceptable'] {
  const breaches = cast.flatMap(({ id: holder, redLines }) => {
    if (!principals.includes(holder)) return [];
    return redLines.flatMap(({ issue, min, max }) =>
      principals.flatMap((speaker) => {
        const position = speaker === holder ? null : positionIn(stands, issue, speaker);
        return position === null || beyond(position, { min, max }) <= 0
          ? []
          : [{ holder, issue, speaker, position, min, max }];
      }),
    );
  });
  const isAnyRead = [...stands.values()].some((row) => principals.some((speaker) => row.has(speaker)));
  const content = principals.filter((principal) => breaches.every(({ holder }) => holder !== principal));
  return { share: isAnyRead ? content.length / principals.length : null, breaches };
}

/** Points past the bound from which a stand alone shows that a line is crossed: one step of the scale, since judges read in halves. */
const clearly = 1;

/**
 * Who stands beyond a red line of its own. A verified stand a point or more past the bound crosses it; nearer to the bound the judge
 * must also have quoted the crossing, in at least half of the samples that were asked. A judge that was not asked is taken
 * at its positions.
 */
export function ownLines(
  cast: readonly Pick<CastMember, 'id' | 'redLines'>[],
  cells: readonly PositionCell[],
  samples: readonly JudgeSample[],
): NonNullable<Convergence['ownLines']> {
  const held = cast.flatMap(({ id: speaker, redLines }) =>
    redLines.flatMap(({ issue, min, max }) => {
      const cell = cells.find((one) => one.speaker === speaker && one.issue === issue);
      return cell ? [{ speaker, issue, min, max, cell }] : [];
    }),
  );
  const crossed = held.flatMap(({ speaker, issue, min, max, cell }) => {
    const points = beyond(cell.position, { min, max });
    const isCrossed = points >= clearly - epsilon || (points > epsilon && isQuoted(speaker, issue, samples));
    const { position, turn, quote } = cell;
    return isCrossed ? [{ speaker, issue, position, min, max, turn, quote }] : [];
  });
  const holders = new Set(held.map(({ speaker }) => speaker));
  const breakers = new Set(crossed.map(({ speaker }) => speaker));
  return { kept: holders.size === 0 ? null : 1 - breakers.size / holders.size, crossed };
}

function isQuoted(speaker: string, issue: string, samples: readonly JudgeSample[]): boolean {
  const asked = samples.flatMap(({ crossings }) => (crossings ? [crossings] : []));
  if (asked.length === 0) return true;
  const quoted = asked.filter((crossings) =>
    crossings.some((crossing) => crossing.speaker === speaker && crossing.issue === issue),
  );
  return quoted.length >= asked.length / 2;
}

/** Points that a stand lies past the nearer bound; 0 and below on or within it. */
function beyond(position: number, { min, max }: { min: number; max: number }): number {
  return Math.max(min - position, position - max);
}
