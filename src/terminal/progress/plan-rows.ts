import { dollars, grouped } from '../../text/figures.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import type { Meaning } from '../theme/theme.ts';
import { column, columnsOf, type Row, type Span, span } from '../tui/span.ts';
import type { PlanProgress } from './progress-state.ts';
import { packed } from './progress-words.ts';

/** Each kind has a sign of its own, so that no colour is needed to tell them apart. */
const kinds = [
  ['done', '━', 'accent'],
  ['failed', '╳', 'alarm'],
  ['skipped', '╍', 'caution'],
  ['running', '╌', 'good'],
] as const satisfies readonly (readonly [keyof PlanProgress, string, Meaning])[];

/** What is done, failed, held elsewhere, under way and left, in so many columns. */
function progressBar(plan: PlanProgress, columns: number): Row {
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

/** Bar and counts of one plan, or a row for each of several; at most so many rows. */
export function planRows(plans: readonly PlanProgress[], columns: number, most: number): Row[] {
  const [only] = plans;
  if (!only) return [[span(' no plan is open', 'muted')]];
  if (plans.length === 1) return [barRow(only, columns), ...countRows(only, columns)].slice(0, most);
  const names = Math.min(Math.floor(columns / 3), Math.max(...plans.map(({ name }) => columnsOf(name))));
  const rows = plans.map((plan) => planRow(plan, names, columns));
  if (rows.length <= most) return rows;
  const hidden = rows.length - Math.max(0, most - 1);
  return [...rows.slice(0, most - 1), [span(` + ${hidden} more plans`, 'muted')]];
}

/** `340 of 1,000 done · 2 failed · 16 running · 641 left`, on as many rows as it needs. */
export function countRows(plan: PlanProgress, columns: number): Row[] {
  const { planned, done, failed, skipped, running, isUsedUp } = plan;
  const left = Math.max(0, planned - done - failed - skipped - running);
  const counts: (readonly [number, string, Span['meaning']])[] = [
    [failed, 'failed', 'alarm'],
    [skipped, 'held elsewhere', 'caution'],
    [running, 'running', 'text'],
    [left, 'left', 'muted'],
  ];
  const pieces = counts
    .filter(([count, word]) => count > 0 || word === 'left')
    .map(([count, word, meaning]) => span(`${grouped(count)} ${word}`, meaning));
  const end = isUsedUp && left + running > 0 ? [span('its budget is used up', 'caution')] : [];
  return packed([span(`${grouped(done)} of ${grouped(planned)} done`, 'strong'), ...pieces, ...end], columns);
}

function barRow(plan: PlanProgress, columns: number): Row {
  const share = ` ${shareOf(plan)}`;
  return [span(' '), ...progressBar(plan, columns - share.length - 2), span(share, 'strong')];
}

function planRow(plan: PlanProgress, names: number, columns: number): Row {
  const { done, planned, failed, usd, isUsedUp } = plan;
  const counts = ` ${grouped(done)}/${grouped(planned)}${failed > 0 ? ` ${grouped(failed)} failed` : ''}${usd.soFar > 0 ? ` ${dollars(usd.soFar)}` : ''}${isUsedUp ? ' used up' : ''}`;
  const room = columns - names - counts.length - 9;
  return [
    span(` ${column(sanitizeLine(plan.name), names)} `, 'strong'),
    ...(room >= 4 ? progressBar(plan, room) : []),
    span(shareOf(plan).padStart(5)),
    span(counts, failed > 0 ? 'alarm' : isUsedUp ? 'caution' : 'muted'),
  ];
}

/** Never 100% before all are done. */
function shareOf({ done, planned }: PlanProgress): string {
  return `${planned === 0 ? 100 : Math.floor((done / planned) * 100)}%`;
}
