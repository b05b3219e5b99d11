import type { CastMember } from '../debate/setup.ts';
import type { Convergence } from '../debate/verdict.ts';
import { positionIn, type Stands } from './stands.ts';

/**
 * Checks the present stands against declared red lines. A principal's red lines are held against every principal's
 * stand: together these are the deal on the table. Others' red lines are held against their own stands only.
 * The share is that of the principals whose red lines all hold; null where no principal's stand was read. Who
 * declares no red line accepts anything. A stand on the bound keeps it.
 */
export function acceptability(
  cast: readonly Pick<CastMember, 'id' | 'redLines'>[],
  stands: Stands,
  principals: readonly string[],
): Convergence['acceptable'] {
  const breaches = cast.flatMap(({ id: holder, redLines }) => {
    const held = principals.includes(holder) ? principals : [holder];
    return redLines.flatMap(({ issue, min, max }) =>
      held.flatMap((speaker) => {
        const position = positionIn(stands, issue, speaker);
        const isKept = position === null || (position >= min && position <= max);
        return isKept ? [] : [{ holder, issue, speaker, position, min, max }];
      }),
    );
  });
  const isAnyRead = [...stands.values()].some((row) => principals.some((speaker) => row.has(speaker)));
  const content = principals.filter((principal) => breaches.every(({ holder }) => holder !== principal));
  return { share: isAnyRead ? content.length / principals.length : null, breaches };
}
