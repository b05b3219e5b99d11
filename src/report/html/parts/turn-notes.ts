import type { CheckedQuotation } from '../../../grounding/check-quotation.ts';
import { isFaithful, type TurnGrounding } from '../../../grounding/turn-grounding.ts';
import { html, joined, type Markup } from '../../../html/markup.ts';
import { position } from '../../../text/figures.ts';
import type { EvidenceMark } from '../../model/evidence-marks.ts';
import { issueTitle, type Subject } from '../../model/subject.ts';
import { anchor } from '../anchors.ts';
import { citationLink } from './turn-text.ts';

/** What is to be said in the margin of a turn about its sources: each fault as one item; none where all holds. */
export function groundingNotes({ citations, quotations, unsupported, uncited }: TurnGrounding): Markup[] {
  const missing = citations.filter(({ exists }) => !exists);
  const facts = unsupported.map(({ text }) => html`“${text}”`);
  return [
    ...missing.map(({ label }) => html`<li class="bad">There is no [${label}].</li>`),
    ...quotations.filter((quotation) => !isFaithful(quotation)).map(misquoteNote),
    ...(facts.length === 0
      ? []
      : [html`<li class="bad">In no passage: <span class="unsupported">${joined(facts, ', ')}</span></li>`]),
    ...(uncited.length === 0
      ? []
      : [
          html`<li>${uncited.length === 1 ? 'One claim cites' : `${uncited.length} claims cite`} nothing.</li>`,
        ]),
  ];
}

function misquoteNote({ match, source, isCited, diff }: CheckedQuotation): Markup {
  if (match === 'near' && source && diff) {
    const words = diff.map(({ kind, text }) => {
      if (kind === 'added') return html`<del>${text}</del> `;
      return kind === 'missing' ? html`<ins>${text}</ins> ` : html`${text} `;
    });
    return html`<li class="bad"><strong>Misquote</strong> of [${citationLink(source)}]: <span class="diff">${words}</span></li>`;
  }
  if (isCited === false && source) {
    return html`<li class="bad"><strong>Cited from the wrong place:</strong> the words stand in [${citationLink(source)}].</li>`;
  }
  return html`<li class="bad"><strong>Misquote:</strong> the words in quotation marks stand nowhere.</li>`;
}

/** Which positions were read from the turn, each leading to its evidence. */
export function readingNotes(subject: Subject, marks: readonly EvidenceMark[]): Markup[] {
  return marks.flatMap(({ speaker, read }) => {
    const byIssue = new Map(read.map((one) => [one.issue, read.filter(({ issue }) => issue === one.issue)]));
    return [...byIssue].map(([issue, all]) => {
      const [first] = all as [(typeof all)[number]];
      const link = anchor.reading(speaker, issue, first.round);
      const title = issueTitle(subject, issue);
      return html`<li class="read"><a href="#${link}">${title} <b>${position(first.position)}</b></a></li>`;
    });
  });
}
