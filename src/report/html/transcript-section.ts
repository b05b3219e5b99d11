import type { BodyOf } from '../../debate/events.ts';
import { takenOff, turnNote } from '../../debate/phrases.ts';
import type { CheckedQuotation } from '../../grounding/check-quotation.ts';
import { isFaithful, type TurnGrounding } from '../../grounding/turn-grounding.ts';
import { html, joined, type Markup, type Piece } from '../../html/markup.ts';
import type { CrossedLine, PersonaFidelity } from '../../run/reading/fidelity.ts';
import { decimal, position } from '../../text/figures.ts';
import { anchor, issueTitle, personOf, placeOf, type Subject, type SubjectTurn } from '../model/subject.ts';
import { colourOf, markOf } from './persona-tag.ts';
import type { EvidenceMark } from './quoted-evidence.ts';
import { annotatedText, citationLink, turnText } from './speech-text.ts';

export interface TurnsInput {
  subject: Subject;
  marks: readonly EvidenceMark[];
  /** Empty for a transcript without an article. */
  groundings: ReadonlyMap<number, TurnGrounding>;
  fidelity: readonly PersonaFidelity[];
  questions: readonly Pick<BodyOf<'question-asked'>, 'afterTurn' | 'text'>[];
}

/** Everything that was said, round by round. */
export function turnsSection(input: TurnsInput): Markup {
  const { subject } = input;
  const rounds = [...new Set(subject.turns.map(({ round }) => round))];
  return html`<section id="debate" aria-labelledby="debate-h">
<h2 id="debate-h">What was said</h2>
<p class="lead">Underlined words are those from which a position was read; the margin says which, and leads to it.</p>
${rounds.map((round) => roundOf(input, round))}
</section>`;
}

function roundOf(input: TurnsInput, round: number): Markup {
  const { turns, verdicts } = input.subject;
  const said = turns.filter((turn) => turn.round === round);
  const verdict = verdicts.find((one) => one.round === round);
  const c = verdict?.convergence?.principals ?? null;
  const result = verdict
    ? html`<p class="after-round"><a href="#${anchor.verdict(round)}">After round ${round}: convergence ${decimal(c)}</a></p>`
    : null;
  return html`<section class="round" aria-labelledby="said-${round}">
<h3 id="said-${round}">${round === 0 ? 'Opening' : `Round ${round}`}</h3>
${said.map((turn) => [turnOf(input, turn), questionsAfter(input, turn)])}
${result}
</section>`;
}

function turnOf(input: TurnsInput, turn: SubjectTurn): Markup {
  const { subject, groundings } = input;
  const id = anchor.turn(turn.turn);
  const marks = input.marks.filter((mark) => mark.turn === turn.turn);
  const grounding = groundings.get(turn.turn) ?? null;
  const { name } = personOf(subject, turn.speaker);
  const ending = turnNote(turn);
  return html`<article class="turn ${colourOf(subject, turn.speaker)}" id="${id}" tabindex="-1" aria-labelledby="${id}-h">
<header><h4 id="${id}-h">${placeOf(subject, turn.speaker) < 0 ? null : html`${markOf(subject, turn.speaker)} `}${name}</h4> <a class="number" href="#${id}" aria-label="Link to turn ${turn.turn}">T${turn.turn}</a>${ending === '' ? null : html` <span class="flag">${ending}</span>`}</header>
<div class="speech">${turnText(turn.text, turn.kind === 'speech' ? grounding : withoutFaults(grounding), marks)}</div>
${marginOf(input, turn, marks)}
${privateNotes(turn)}
</article>
`;
}

/** The chair's words are linked to what they cite, but not held to account as a persona's are. */
function withoutFaults(grounding: TurnGrounding | null): TurnGrounding | null {
  return grounding && { ...grounding, quotations: [], unsupported: [], uncited: [] };
}

function marginOf(input: TurnsInput, turn: SubjectTurn, marks: readonly EvidenceMark[]): Piece {
  if (turn.kind !== 'speech') return null;
  const { subject, groundings, fidelity } = input;
  const grounding = groundings.get(turn.turn);
  const own = fidelity.find(({ speaker }) => speaker === turn.speaker);
  const crossed = (own?.redLinesCrossed ?? []).filter((line) => line.turn === turn.turn);
  const breaks = (own?.roleBreaks ?? []).filter((one) => one.turn === turn.turn);
  const faults = [
    ...crossed.map((line) => crossedNote(subject, line)),
    ...breaks.map(
      ({ text, start }) =>
        html`<li class="bad"><strong>Out of its role:</strong> “${text}”${start === null ? takenOff : ''}</li>`,
    ),
    ...(grounding ? groundingNotes(grounding) : []),
  ];
  const read = readingNotes(subject, marks);
  if (faults.length + read.length === 0) return null;
  return html`<aside class="margin" aria-label="Notes on turn ${turn.turn}">${
    read.length > 0 ? html`<p>Read from this turn</p><ul>${read}</ul>` : null
  }${faults.length > 0 ? html`<p>Checked by code</p><ul>${faults}</ul>` : null}</aside>`;
}

function crossedNote(subject: Subject, { issue, redLine }: CrossedLine): Markup {
  return html`<li class="bad"><strong>Crosses its own red line</strong> on ${issueTitle(subject, issue)}: “${redLine}”</li>`;
}

function privateNotes({ notes, turn }: SubjectTurn): Piece {
  if (notes === '') return null;
  return html`<details class="private"><summary>Private notes before turn ${turn}</summary>${annotatedText(notes, [])}</details>`;
}

function questionsAfter({ questions }: TurnsInput, { turn }: SubjectTurn): Markup[] {
  return questions
    .filter(({ afterTurn }) => afterTurn === turn)
    .map(
      ({ text }) => html`<aside class="question" aria-label="A question from the person watching">
<p class="kicker">A question from the person watching</p>${annotatedText(text, [])}</aside>`,
    );
}

/** What is to be said in the margin of a turn about its sources: each fault as one item; none where all holds. */
function groundingNotes({ citations, quotations, unsupported, uncited }: TurnGrounding): Markup[] {
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
    return html`<li class="bad"><strong>Cited from the wrong place:</strong> the words are in [${citationLink(source)}].</li>`;
  }
  return html`<li class="bad"><strong>Misquote:</strong> the words in quotation marks are in no passage and no earlier turn.</li>`;
}

/** Which positions were read from the turn, each leading to its evidence. */
function readingNotes(subject: Subject, marks: readonly EvidenceMark[]): Markup[] {
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
