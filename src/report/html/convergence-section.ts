import { html, type Markup, type Piece } from '../../html/markup.ts';
import { scrollingTable } from '../../html/scrolling-table.ts';
import { change, decimal, noNumber, percent, range } from '../../text/figures.ts';
import { namer, roundsNamed, warningsByRounds } from '../model/cautions.ts';
import type { Subject, SubjectVerdict } from '../model/subject.ts';
import { anchor } from './anchors.ts';
import { convergenceChart } from './convergence-chart.ts';

/** The index over the rounds: chart, table, and what a reader must know before believing it. */
export function convergenceSection(subject: Subject): Markup {
  const { verdicts } = subject;
  if (verdicts.length === 0) {
    return html`<section id="convergence" aria-labelledby="convergence-h"><h2 id="convergence-h">Convergence</h2>
<p>No positions were read: the first round did not end.</p></section>`;
  }
  return html`<section id="convergence" aria-labelledby="convergence-h">
<h2 id="convergence-h">Convergence</h2>
<p class="lead">How close the principals stand to one another: 1 is one common position on every issue, 0 is opposite ends on all.
It says nothing about whether a deal is good; giving in converges too. <a class="whole" href="#guide">How it is computed</a></p>
${verdicts.some(({ convergence }) => (convergence?.principals ?? null) !== null) ? convergenceChart(subject) : null}
${warningList(subject)}
${roundsTable(subject)}
</section>`;
}

function warningList(subject: Subject): Piece {
  const items = warningsByRounds(subject).map(
    ({ kind, text, rounds }) =>
      html`<li class="${kind}"><a href="#${anchor.verdict(rounds[0] ?? 1)}">${roundsNamed(rounds)}</a> ${text}</li>`,
  );
  return items.length === 0
    ? null
    : html`<aside class="warnings" aria-label="Warnings on the figures"><ul>${items}</ul></aside>`;
}

function roundsTable(subject: Subject): Markup {
  const hasSeveral = subject.cast.length > 2;
  return scrollingTable({
    ...{ label: 'Figures by round', caption: 'Figures by round' },
    heads: [
      ...[
        'Round',
        'C',
        '95% interval',
        'Change',
        hasSeveral ? 'Everyone' : null,
        'Least issue',
        'Noise-corrected',
      ],
      ...['Coverage', 'Own red lines kept', 'Acceptance', 'Readings'],
    ],
    rows: subject.verdicts.map((verdict, place) => roundRow(subject, verdict, place, hasSeveral)),
  });
}

function roundRow(subject: Subject, verdict: SubjectVerdict, place: number, hasSeveral: boolean): Markup {
  const { round, convergence, advice } = verdict;
  const head = html`<th scope="row" id="${anchor.verdict(round)}" tabindex="-1">${round}</th>`;
  const columns = hasSeveral ? 11 : 10;
  const why = html`<tr class="why"><td colspan="${columns}">${namer(subject)(advice.why)}</td></tr>`;
  if (!convergence)
    return html`<tr>${head}<td colspan="${columns - 1}">not read: ${verdict.failure}</td></tr>${why}`;
  const { principals, interval, judge } = convergence;
  const before = subject.verdicts
    .slice(0, place)
    .findLast((one) => (one.convergence?.principals ?? null) !== null);
  const then = before?.convergence?.principals ?? null;
  return html`<tr>${head}<td><b>${decimal(principals)}</b></td><td>${interval ? range(interval) : noNumber}</td>
<td>${principals === null || then === null ? '–' : change(principals - then)}</td>${hasSeveral ? html`<td>${decimal(convergence.all)}</td>` : null}
<td>${decimal(convergence.min)}</td><td>${decimal(convergence.rms)}</td><td>${percent(convergence.coverage)}</td>
<td>${percent(convergence.ownLines?.kept ?? null)}</td><td>${percent(convergence.acceptable.share)}</td><td>${judge.samples - judge.failed} of ${judge.samples}</td></tr>${why}`;
}
