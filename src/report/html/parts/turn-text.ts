import { isFaithful, type TurnGrounding } from '../../../grounding/turn-grounding.ts';
import { html, joined, type Markup, type Piece } from '../../../html/markup.ts';
import type { EvidenceMark } from '../../model/evidence-marks.ts';
import { anchor } from '../anchors.ts';
import { annotatedText, type Stretch } from './annotated-text.ts';

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
        wrap: marked('misquote', 'Not word for word in its source'),
      }),
    );
  const unsupported = grounding.unsupported.map(
    ({ start, end }): Stretch => ({ start, end, wrap: marked('unsupported', 'Stands in no passage') }),
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
