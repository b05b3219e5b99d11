import { html, type Markup, type Piece } from '../../../html/markup.ts';

/** A stretch of a text that is shown in some way. Stretches may overlap. */
export interface Stretch {
  start: number;
  end: number;
  /** An id to jump to, put where the stretch begins. */
  id?: string;
  wrap(inner: Piece): Markup;
  /** Stands in the place of the words. */
  instead?: Piece;
}

/** A text as paragraphs with its stretches marked; of overlapping ones the first in the list is the outermost. */
export function annotatedText(text: string, stretches: readonly Stretch[]): Markup[] {
  return paragraphsOf(text).map(({ start, end }) => html`<p>${piecesOf(text, start, end, stretches)}</p>`);
}

function paragraphsOf(text: string): { start: number; end: number }[] {
  const paragraphs: { start: number; end: number }[] = [];
  for (const match of text.matchAll(/\S(?:[^\n]|\n(?!\s*(?:\n|$)))*/g)) {
    paragraphs.push({ start: match.index, end: match.index + match[0].trimEnd().length });
  }
  return paragraphs;
}

/** Cuts a paragraph at every edge of a stretch, so that overlapping ones can be nested piece by piece. */
function piecesOf(text: string, from: number, to: number, stretches: readonly Stretch[]): Piece[] {
  const inside = stretches.filter(({ start, end }) => start < to && end > from);
  const edges = inside.flatMap(({ start, end }) => [Math.max(from, start), Math.min(to, end)]);
  const cuts = [...new Set([from, to, ...edges])].sort((one, other) => one - other);
  return cuts.slice(0, -1).map((start, place) => {
    const end = cuts[place + 1] as number;
    const covering = inside.filter((stretch) => stretch.start <= start && stretch.end >= end);
    const ids = covering.flatMap(({ id, start: first }) => (id !== undefined && first === start ? [id] : []));
    const replaced = covering.find(({ instead }) => instead !== undefined);
    const content = replaced
      ? replaced.start === start
        ? (replaced.instead ?? null)
        : null
      : text.slice(start, end);
    const wrapped = covering.reduceRight<Piece>((inner, stretch) => stretch.wrap(inner), content);
    return [ids.map((id) => html`<span class="here" id="${id}"></span>`), wrapped];
  });
}
