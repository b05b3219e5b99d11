import { html, type Markup, spokenIn } from '../../html/markup.ts';
import { scrolling } from '../../html/scrolling-table.ts';
import { counted, decimal, dollars, percent } from '../../text/figures.ts';
import type { Comparison } from '../comparison.ts';
import type { ReportedDebate, ReportedTurn } from '../reported-debate.ts';
import { figureTable } from './figure.ts';

/** The debates themselves: a table of their measures, the reader that lays two beside each other, and each one in full. */
export function debateSection(
  result: Comparison,
  debates: readonly ReportedDebate[],
  read: readonly ReportedDebate[],
): Markup {
  const arms = result.arms.map(({ arm }) => arm);
  const cells = [...new Set(read.map((debate) => debate.measures.cell))];
  return html`<section id="debates" aria-labelledby="debates-head"><h2 id="debates-head">Debates</h2>
<details><summary>Measures of all ${debates.length} debates</summary>${scrolling('Measures of all debates', measureTable(debates))}</details>
${reader(arms, cells)}
<h3>${read.length < debates.length ? `The first ${read.length} of ${debates.length} debates in full` : 'All debates in full'}</h3>
${read.map((debate) => whole(debate, { cell: cells.indexOf(debate.measures.cell), arm: arms.indexOf(debate.measures.arm) }))}
</section>`;
}

function reader(arms: readonly string[], cells: readonly string[]): Markup | null {
  if (arms.length < 2 || cells.length === 0) return null;
  const cellOptions = cells.map((cell, index) => html`<option value="${index}">${cell}</option>`);
  const armOptions = (chosen: number) =>
    arms.map(
      (arm, index) =>
        html`<option value="${index}"${index === chosen ? html` selected` : null}>${arm}</option>`,
    );
  return html`<h3 id="reader-head">Two debates of the same cell, side by side</h3>
<noscript><p>This part needs scripts. Every debate stands in full below.</p></noscript>
<form id="reader" hidden>
<label>Cell <select id="reader-cell">${cellOptions}</select></label>
<label>Left <select id="reader-left">${armOptions(0)}</select></label>
<label>Right <select id="reader-right">${armOptions(1)}</select></label>
<button type="submit">Read side by side</button>
<button type="button" id="reader-next">Next cell</button>
</form>
<p id="reader-status" role="status"></p>
<div id="reader-stage" hidden></div>
`;
}

function whole(debate: ReportedDebate, place: { cell: number; arm: number }): Markup {
  const { measures } = debate;
  return html`<details class="debate" data-cell="${place.cell}" data-arm="${place.arm}"><summary>${measures.cell} · <strong>${measures.arm}</strong> · ${outcome(debate)}</summary>
${spokenIn(debate.language, html`${blocks(debate)}`)}<p class="quiet" data-key="end">Ended: ${debate.ended}</p>
</details>
`;
}

function outcome({ measures }: ReportedDebate): string {
  const index = measures.principals === null ? 'no C at the end' : `C ${decimal(measures.principals)}`;
  const how =
    measures.failed !== undefined
      ? 'failed'
      : measures.aborted
        ? 'aborted'
        : measures.converged
          ? `converged in round ${measures.rounds}`
          : 'not converged';
  return `${index} · ${how}`;
}

/** Turns and readings in order, each under a key that it shares with its counterpart in the other arms. */
function blocks(debate: ReportedDebate): Markup[] {
  const rounds = [...new Set(debate.turns.map((turn) => turn.round))];
  return rounds.flatMap((round) => {
    const turns = debate.turns.filter((turn) => turn.round === round);
    const reading = debate.rounds.find((each) => each.round === round);
    const told =
      reading &&
      html`<p class="reading" data-key="${round}-read">After round ${round}: ${reading.principals === null ? 'no C, too little was read' : `C ${decimal(reading.principals)}`}</p>\n`;
    return [...turns.map((turn, index) => turnBlock(turn, `${round}-${index}`)), ...(told ? [told] : [])];
  });
}

function turnBlock({ turn, round, name, kind, text }: ReportedTurn, key: string): Markup {
  const place = kind === 'speech' ? `T${turn}, round ${round}` : `T${turn}, ${kind}`;
  const paragraphs = text.split(/\n{2,}/).map((paragraph) => html`<p dir="auto">${paragraph}</p>`);
  return html`<div class="turn ${kind}" data-key="${key}"><h4>${name} <span class="quiet">${place}</span></h4>${paragraphs}</div>
`;
}

function measureTable(debates: readonly ReportedDebate[]): Markup {
  return figureTable(
    counted(debates.length, 'debate'),
    ['cell', 'arm', 'converged', 'rounds', 'C', 'grounding', 'fidelity', 'hollow', 'cost', 'ended'],
    debates.map(({ measures, ended }) => [
      measures.cell,
      measures.arm,
      measures.converged ? 'yes' : 'no',
      measures.rounds,
      decimal(measures.principals),
      decimal(measures.grounding),
      decimal(measures.fidelity),
      percent(measures.hollow),
      measures.costUsd === null ? '' : dollars(measures.costUsd),
      ended,
    ]),
  );
}
