import { html, type Markup, type Piece } from './markup.ts';

interface Table {
  caption: Piece;
  /** Of its columns; null leaves one out. */
  heads: readonly Piece[];
  rows: Piece;
  foot?: Piece;
  /** Its class. */
  kind?: string;
}

/** A table of numbers; the first cell of each row is its head. */
export function table({ caption, heads, rows, foot = null, kind = 'figures' }: Table): Markup {
  const columns = heads.filter((head) => head !== null).map((head) => html`<th scope="col">${head}</th>`);
  return html`<table class="${kind}"><caption>${caption}</caption>
<thead><tr>${columns}</tr></thead><tbody>
${rows}</tbody>${foot === null ? null : html`<tfoot>${foot}</tfoot>`}</table>`;
}

/** What may be wider than the screen and then scrolls by itself; with the keyboard too. */
export function scrolling(label: string, content: Piece): Markup {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${content}</div>`;
}

export function scrollingTable({ label, ...given }: Table & { label: string }): Markup {
  return scrolling(label, table(given));
}
