import type { Meaning } from '../theme/theme.ts';
import { type Row, span } from '../tui/span.ts';
import type { PlanProgress } from './progress-state.ts';

/** Each kind has a sign of its own, so that no colour is needed to tell them apart. */
const kinds = [
  ['done', '━', 'accent'],
  ['failed', '╳', 'alarm'],
  ['skipped', '╍', 'caution'],
  ['running', '╌', 'good'],
] as const satisfies readonly (readonly [keyof PlanProgress, string, Meaning])[];

/** What is done, failed, held elsewhere, under way and left, in so many columns. */
export function progressBar(plan: PlanProgress, columns: number): Row {
  const row = [];
  let [before, filled] = [0, 0];
  for (const [kind, sign, meaning] of kinds) {
    const count = Math.max(0, plan[kind]);
    before += count;
    const share = plan.planned === 0 ? 0 : before / plan.planned;
    // A few failures among thousands are seen all the same.
    const end = Math.max(Math.floor(share * columns), filled + (count > 0 ? 1 : 0));
    const cells = Math.min(columns, end) - filled;
    if (cells > 0) row.push(span(sign.repeat(cells), meaning));
    filled += Math.max(0, cells);
  }
  return filled < columns ? [...row, span('·'.repeat(columns - filled), 'faint')] : row;
}
