import { isFaithful, type TurnGrounding } from '../../grounding/turn-grounding.ts';
import { html, joined, type Markup, type Piece } from '../../html/markup.ts';
import { anchor } from '../model/subject.ts';
import type { EvidenceMark } from './quoted-evidence.ts';

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
  return paragraphsOf(text).map(
    ({ start, end }) => html`<p dir="auto">${piecesOf(text, start, end, stretches)}</p>`,
  );
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

/** A turn's words: what positions were read from, misquotes and unsupported facts marked, citations linked. */
export function turnText(
  text: string,
  grounding: TurnGrounding | null,
  marks: readonly EvidenceMark[],
): Markup[] {
  const evidence = marks.map(
    ({ start, end, turn, mark }): Stretch => ({
      ...{ start, end, id: anchor.quote(turn, mark) },
      wrap: (inner) => html`<mark>${inner}</mark>`,
    }),
  );
  if (!grounding) return annotatedText(text, evidence);
  const misquotes = grounding.quotations
    .filter((quotation) => !isFaithful(quotation))
    .map(
      ({ start, end }): Stretch => ({
        start,
        end,
        wrap: marked('misquote', 'Not the words of its source'),
      }),
    );
  const unsupported = grounding.unsupported.map(
    ({ start, end }): Stretch => ({ start, end, wrap: marked('unsupported', 'In no passage') }),
  );
  return annotatedText(text, [...evidence, ...misquotes, ...unsupported, ...citations(grounding)]);
}

function marked(kind: string, meaning: string): (inner: Piece) => Markup {
  return (inner) => html`<span class="${kind}" title="${meaning}">${inner}</span>`;
}

/** One bracket may cite several labels; each becomes a link of its own. */
function citations({ citations: all }: TurnGrounding): Stretch[] {
  const brackets = new Map<number, typeof all>();
  for (const one of all) brackets.set(one.start, [...(brackets.get(one.start) ?? []), one]);
  return [...brackets.values()].map((cited) => {
    const [first] = cited as [(typeof all)[number]];
    const links = cited.map(({ label, exists }) =>
      exists
        ? citationLink(label)
        : html`<span class="nowhere" title="There is no such source">${label}</span>`,
    );
    return {
      ...{ start: first.start, end: first.end },
      instead: [html`[`, joined(links, ', '), html`]`],
      wrap: (inner) => html`<span class="cite">${inner}</span>`,
    };
  });
}

export function citationLink(label: string): Markup {
  const number = Number(label.slice(1));
  return label.startsWith('P')
    ? html`<a href="#${anchor.passage(number)}" aria-label="Passage ${number}">${label}</a>`
    : html`<a href="#${anchor.turn(number)}" aria-label="Turn ${number}">${label}</a>`;
}
