import { html, type Markup, type Piece } from '../../html/markup.ts';
import { scrollingTable } from '../../html/scrolling-table.ts';
import { position } from '../../text/figures.ts';
import type { Explanation } from '../../why/explanations.ts';
import type { DebateReport } from '../model/debate-report.ts';
import { issueTitle } from '../model/subject.ts';
import { causeInWords, heardInWords, interval, points, whyMeaning } from '../why-text.ts';
import { anchor } from './anchors.ts';
import { nameTag } from './persona-tag.ts';

/** Why each shift happened, where speakers were let answer again; nothing where nobody asked. */
export function whySection(report: DebateReport): Piece {
  const { why } = report;
  if (!why) return null;
  const rows = why.map((one) => rowOf(report, one));
  const conditions = why.filter(({ causes }) => causes).map((one) => conditionsOf(report, one));
  return html`<section id="why" aria-labelledby="why-h">
<h2 id="why-h">Why they moved</h2>
<p class="lead">${whyMeaning}</p>
${scrollingTable({
  ...{ label: 'Causes', kind: 'figures left' },
  caption: 'Parts of each shift in points of the scale, with 95% intervals over the answers',
  heads: ['Who', 'On', 'From and to', 'After', 'Itself', 'Pressure', 'Persuasion', 'Verdict'],
  rows,
})}
${conditions.length === 0 ? null : html`<details><summary>What each was let hear, and how far it moved</summary><ul>${conditions}</ul></details>`}
</section>`;
}

function rowOf({ subject }: DebateReport, { shift, counterpart, causes, sentence }: Explanation): Markup {
  const turn = html`<a href="#${anchor.turn(shift.turn)}">T${shift.turn}</a>`;
  const after = counterpart
    ? html`${nameTag(subject, counterpart.turn.speaker, 'short')} <a href="#${anchor.turn(counterpart.turn.turn)}">T${counterpart.turn.turn}</a>`
    : '–';
  const parts = causes
    ? [causes.itself, causes.pressure, causes.persuasion].map((part) => html`<td>${interval(part)}</td>`)
    : [html`<td class="none" colspan="3">not asked yet</td>`];
  const verdict = causes
    ? html`${causeInWords(causes)}${sentence ? html`<br><span class="unit">most by</span> <q dir="auto">${sentence.text}</q>` : null}`
    : '–';
  return html`<tr><th scope="row">${nameTag(subject, shift.speaker, 'short')}</th><td>${issueTitle(subject, shift.issue)}</td><td>${position(shift.from)} → ${position(shift.to)} ${turn}</td><td>${after}</td>${parts}<td>${verdict}</td></tr>`;
}

function conditionsOf({ subject }: DebateReport, { shift, conditions }: Explanation): Markup {
  const told = conditions
    .filter(({ condition }) => condition in heardInWords)
    .map(
      ({ condition, mean, moved }) =>
        `${heardInWords[condition]} ${mean === null ? '–' : points(mean)} (${moved.length})`,
    );
  return html`<li>${nameTag(subject, shift.speaker, 'short')} T${shift.turn}, ${issueTitle(subject, shift.issue)}: ${told.join(' · ')}</li>`;
}
