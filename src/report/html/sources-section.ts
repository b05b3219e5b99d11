import { movePhrase, takenOff } from '../../debate/phrases.ts';
import { type FactLife, factsNow, ledgerInWords, lossInWords } from '../../grounding/alive-facts.ts';
import { checkedInWords, type GroundingTotals } from '../../grounding/debate-grounding.ts';
import { html, type Markup, type Piece } from '../../html/markup.ts';
import { scrollingTable } from '../../html/scrolling-table.ts';
import type { PersonaFidelity } from '../../run/reading/fidelity.ts';
import { decimal, percent, position } from '../../text/figures.ts';
import { factsMeaning } from '../model/cautions.ts';
import type { DebateReport } from '../model/debate-report.ts';
import { anchor, issueTitle, type Subject } from '../model/subject.ts';
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

/** How every persona stands on the article, and how true it stayed to its role. */
export function peopleSection({ subject, grounding, fidelity }: DebateReport): Markup {
  const { keyFacts } = grounding;
  return html`<section id="grounding" aria-labelledby="grounding-h">
<h2 id="grounding-h">Sources and roles</h2>
<p class="lead">Checked by code, against the article and the earlier turns. ${keyFacts.used} of the article’s ${keyFacts.total} numbers, dates and names were used.</p>
${groundingTable(subject, grounding.bySpeaker, grounding.all)}
<p>${checkedInWords(grounding.all)}</p>
<h3>Personas and their roles</h3>
<p>A concession is a move towards a counterpart with a reason stated beside it; a move without one is drift.</p>
${fidelity.map((one) => personaBlock(subject, one))}
</section>`;
}

function groundingTable(
  subject: Subject,
  bySpeaker: readonly { speaker: string; totals: GroundingTotals }[],
  all: GroundingTotals,
): Markup {
  const cells = (totals: GroundingTotals) =>
    html`<td>${totals.existing} of ${totals.citations}</td><td>${totals.faithful} of ${totals.quotations}</td><td class="${totals.misquoted + totals.absent > 0 ? 'bad' : ''}">${totals.misquoted + totals.absent}</td><td class="${totals.unsupported > 0 ? 'bad' : ''}">${totals.unsupported} of ${totals.facts}</td><td>${totals.claimsCited} of ${totals.claims}</td><td><b>${percent(totals.score)}</b></td>`;
  return scrollingTable({
    ...{ label: 'Grounding by persona', caption: 'Grounding by persona' },
    heads: [
      ...['Persona', 'Citations that exist', 'Quotations word for word', 'Misquotes', 'Facts in no source'],
      ...['Claims with a citation', 'Score'],
    ],
    rows: bySpeaker.map(
      ({ speaker, totals }) =>
        html`<tr><th scope="row">${nameTag(subject, speaker, 'short')}</th>${cells(totals)}</tr>`,
    ),
    foot: html`<tr><th scope="row">Everyone</th>${cells(all)}</tr>`,
  });
}

function personaBlock(
  subject: Subject,
  { speaker, redLinesCrossed, roleBreaks, moves }: PersonaFidelity,
): Markup {
  const on = (issue: string) => issueTitle(subject, issue);
  const where = (turn: number) => html`<a href="#${anchor.turn(turn)}">T${turn}</a>`;
  const items = [
    ...redLinesCrossed.map(
      ({ issue, position: at, redLine, turn }) =>
        html`<li class="bad"><b>Crossed its own red line</b> on ${on(issue)} (${position(at)}, ${where(turn)}): “${redLine}”</li>`,
    ),
    ...roleBreaks.map(
      ({ text, turn, start }) =>
        html`<li class="bad"><b>Left its role</b> in ${where(turn)}: “${text}”${start === null ? takenOff : ''}</li>`,
    ),
    ...moves.map(
      ({ kind, issue, from, to, turn, why }) =>
        html`<li><b>${movePhrase[kind]}</b> on ${on(issue)}, ${position(from)} to ${position(to)}, ${where(turn)}${why === null ? null : html`: <q>${why}</q>`}</li>`,
    ),
  ];
  return html`<div class="persona" id="${anchor.speaker(speaker)}"><h4>${nameTag(subject, speaker)}</h4>${
    items.length === 0
      ? html`<p>Kept to its role and did not move by a point on any issue.</p>`
      : html`<ul>${items}</ul>`
  }</div>`;
}
