import type { Cell } from '../../../debate/verdict.ts';
import { html, type Markup } from '../../../html/markup.ts';
import { position } from '../../../text/figures.ts';
import { abstainPhrase } from '../../model/phrases.ts';
import { anchor } from '../anchors.ts';

/** A table cell tinted by its position; leads to its evidence. `name` says to a screen reader whose and when it is. */
export function heatCell(cell: Cell | null, round: number, name: string): Markup {
  if (cell === null) return html`<td class="none" title="not read">–</td>`;
  const link = `#${anchor.reading(cell.speaker, cell.issue, round)}`;
  if (cell.stand === 'abstain') {
    const why = abstainPhrase[cell.reason];
    return html`<td class="none"><a href="${link}" aria-label="${name}: no position, ${why}" title="${why}">–</a></td>`;
  }
  const at = position(cell.position);
  return html`<td class="${tint(cell.position)}"><a href="${link}" aria-label="${name}: ${at}, see the evidence">${at}</a></td>`;
}

/** The class of a tint: half steps of the scale, 0 to 12. */
export function tint(value: number): string {
  return `heat heat-${Math.round(value * 2)}`;
}
