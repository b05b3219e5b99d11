import { type FactLife, factsNow, ledgerInWords, lossInWords } from '../../grounding/alive-facts.ts';
import { html, type Markup, type Piece } from '../../html/markup.ts';
import { scrollingTable } from '../../html/scrolling-table.ts';
import { decimal } from '../../text/figures.ts';
import { factsMeaning } from '../model/cautions.ts';
import type { DebateReport } from '../model/debate-report.ts';
import { issueTitle } from '../model/subject.ts';
import { anchor } from './anchors.ts';
import { nameTag } from './persona-tag.ts';

/** What of the article is still in the debate at its end, and how that went beside convergence; nothing without facts. */
export function factsSection(report: DebateReport): Piece {
  const { debate } = report;
  const facts = factsNow(debate);
  if (!facts) return null;
  const { ledgers, last, warning } = facts;
  const rounds = ledgers.map(({ round, alive, total }) => {
    const c = debate.verdicts.find((verdict) => verdict.round === round)?.convergence?.principals ?? null;
    const width = Math.round((100 * alive) / Math.max(1, total));
    return html`<tr><th scope="row">${round}</th><td>${alive} of ${total} <meter min="0" max="100" value="${width}">${width}%</meter></td><td>${decimal(c)}</td></tr>`;
  });
  return html`<section id="facts" aria-labelledby="facts-h">
<h2 id="facts-h">What is known at the end</h2>
${warning ? html`<p class="lead"><b>${lossInWords(warning)}</b></p>` : html`<p class="lead">At the end: ${ledgerInWords(last)}.</p>`}
<p>${factsMeaning}</p>
${scrollingTable({ label: 'Facts by round', caption: 'Facts alive beside convergence', heads: ['Round', 'Facts alive', 'C'], rows: rounds })}
${scrollingTable({
  ...{ label: 'Facts', kind: 'figures left' },
  caption: `Each fact after round ${last.round}, with the last words that used it`,
  heads: ['Fact', 'On', 'The article says', 'State', 'Last used'],
  rows: last.facts.map((life) => factRow(report, life)),
})}
</section>`;
}

function factRow({ subject }: DebateReport, { fact, state, last }: FactLife): Markup {
  const words = last
    ? html`${nameTag(subject, last.speaker, 'short')} <q dir="auto">${last.quote}</q> <a href="#${anchor.turn(last.turn)}">T${last.turn}</a>`
    : '–';
  return html`<tr><th scope="row">${fact.id}</th><td>${issueTitle(subject, fact.issue)}</td><td><q lang="" dir="auto">${fact.quote}</q> <a href="#${anchor.passage(fact.passage)}">P${fact.passage}</a></td><td>${state}</td><td>${words}</td></tr>`;
}
