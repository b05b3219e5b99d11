import type { Debate } from '../../debate/debate.ts';
import { byPerson, caucusCallSentence, caucusTitle, offersInWords } from '../../debate/phrases.ts';
import { html, type Markup, type Piece } from '../../html/markup.ts';
import { scrollingTable } from '../../html/scrolling-table.ts';
import { decimal, position } from '../../text/figures.ts';
import {
  anchor,
  gapPoints,
  issueTitle,
  type OffRecord,
  offRecordMeaning,
  offRecordOf,
  personOf,
  type Subject,
} from '../model/subject.ts';
import { nameTag } from './persona-tag.ts';
import { tint } from './position-section.ts';
import { annotatedText } from './speech-text.ts';

/** What two principals said to each other in private, round by round, and what they offered there; nothing where they never did. */
export function caucusSection(debate: Debate): Piece {
  const { caucus, caucusCalls, caucusReadings } = debate;
  if (caucus.length === 0 && caucusCalls.length === 0) return null;
  const rounds = [...new Set([...caucusCalls, ...caucus].map(({ round }) => round))];
  return html`<section id="in-private" aria-labelledby="in-private-h">
<h2 id="in-private-h">In private</h2>
<p class="lead">Heard by the two who spoke and by no other persona, and read apart: what was offered here moves no figure of this page.</p>
${rounds.map((round) => {
  const call = caucusCalls.find((one) => one.round === round);
  const read = caucusReadings.find((one) => one.round === round);
  return html`<h3>Before round ${round}</h3>
${call ? html`<p>${caucusCallSentence(debate, call)}</p>` : null}
${caucus
  .filter((one) => one.round === round)
  .map(
    (
      one,
    ) => html`<article class="turn"><header><h4>${caucusTitle(debate, one)}</h4>${one.author ? html` <span class="flag">${byPerson}</span>` : null}</header>
<div class="speech">${annotatedText(one.text, [])}</div></article>`,
  )}
${read ? html`<h4>Offered there</h4><ul>${offersInWords(debate, read).map((line) => html`<li>${line}</li>`)}</ul>` : null}`;
})}
</section>`;
}

/** What was said off the record beside what was read in public; nothing where nobody was asked. */
export function offRecordSection(subject: Subject): Piece {
  const polls = offRecordOf(subject);
  const last = polls.at(-1);
  if (!last) return null;
  const unread = last.unread.map((id) => personOf(subject, id).name).join(', ');
  return html`<section id="off-record" aria-labelledby="off-record-h">
<h2 id="off-record-h">Off the record</h2>
<p class="lead">${offRecordMeaning}</p>
${gapTable(subject, polls)}
${standsTable(subject, last)}
${unread === '' ? null : html`<p>The answers of ${unread} could not be read.</p>`}
</section>`;
}

function gapTable(subject: Subject, polls: readonly OffRecord[]): Markup {
  const { cast, verdicts } = subject;
  const publicC = (round: number) =>
    verdicts.find((verdict) => verdict.round === round)?.convergence?.principals ?? null;
  return scrollingTable({
    label: 'Gap by round',
    caption: 'Gap between private and public positions, in points of 6, and C of the principals',
    heads: ['Round', 'C in public', 'C in private', ...cast.map(({ id }) => nameTag(subject, id, 'short'))],
    rows: polls.map(
      ({ round, principals, gaps }) =>
        html`<tr><th scope="row">${round}</th><td>${decimal(publicC(round))}</td><td>${decimal(principals)}</td>${cast.map(({ id }) => html`<td>${gapPoints(gaps.find(({ speaker }) => speaker === id)?.gap ?? null)}</td>`)}</tr>`,
    ),
  });
}

function standsTable(subject: Subject, { round, stands }: OffRecord): Markup {
  const rows = stands.map(({ speaker, issue, why, ...at }) => {
    const link = `#${anchor.reading(speaker, issue, round)}`;
    const spoken =
      at.public === null
        ? html`<td class="none">–</td>`
        : html`<td class="${tint(at.public)}"><a href="${link}">${position(at.public)}</a></td>`;
    return html`<tr><th scope="row">${nameTag(subject, speaker, 'short')}</th><td>${issueTitle(subject, issue)}</td>${spoken}<td class="${tint(at.private)}">${position(at.private)}</td><td dir="auto">${why}</td></tr>`;
  });
  return scrollingTable({
    ...{ label: 'Private positions', kind: 'figures left' },
    caption: `Where each would settle, after round ${round}`,
    heads: ['Who', 'On', 'In public', 'In private', 'Why'],
    rows,
  });
}
