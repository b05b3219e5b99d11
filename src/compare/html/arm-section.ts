import { html, type Markup } from '../../html/markup.ts';
import { dollars } from '../../text/figures.ts';
import { type ArmMeasure, type ArmSummary, type Comparison, measuresIn } from '../comparison.ts';
import { type Measure, measureOf } from '../measures.ts';
import { inUnits } from '../numbers-in-words.ts';
import type { ReportedDebate } from '../reported-debate.ts';
import { intervalDrawing, scrolling } from './figure.ts';

/** What each arm is, and how it did on every measure. */
export function armSection(result: Comparison, debates: readonly ReportedDebate[]): Markup {
  return html`<section id="arms" aria-labelledby="arms-head"><h2 id="arms-head">Arms</h2>
${scrolling(
  'What the arms are',
  html`<table class="figures"><caption>Strategy, models and debates of each arm</caption><thead><tr><th scope="col">arm</th><th scope="col">strategy</th><th scope="col">models</th><th scope="col">debates</th><th scope="col">aborted</th><th scope="col">failed</th><th scope="col">cost</th></tr></thead><tbody>
${result.arms.map((arm) => armRow(arm, debates))}</tbody></table>`,
)}
${scrolling(
  'Measures of the arms',
  html`<table class="figures differences"><caption>Mean over articles with its ${Number(((1 - result.aims.level) * 100).toFixed(1))}% interval</caption>
<thead><tr><th scope="col">measure</th><th scope="col">arm</th><th scope="col">mean</th><th scope="col">interval</th><td class="drawn"></td><th scope="col">without a number</th></tr></thead>
${measuresIn(result).map((id) => measureRows(result, measureOf(id)))}</table>`,
)}
</section>`;
}

function armRow(
  { arm, debates, aborted, failed = 0, costUsd }: ArmSummary,
  reported: readonly ReportedDebate[],
): Markup {
  const first = reported.find((debate) => debate.measures.arm === arm);
  const cost = costUsd === null ? 'unknown' : dollars(costUsd);
  return html`<tr><th scope="row">${arm}</th><td>${first?.strategy ?? ''}</td><td>${modelsOf(first)}</td><td>${debates}</td><td>${aborted}</td><td>${failed}</td><td>${cost}</td></tr>
`;
}

/** "simulator", or who uses what where models differ. */
function modelsOf(debate: ReportedDebate | undefined): string {
  const roles = Map.groupBy(Object.entries(debate?.models ?? {}), ([, spec]) => spec);
  if (roles.size === 1) return [...roles.keys()].join('');
  return [...roles].map(([spec, uses]) => `${spec} (${uses.map(([role]) => role).join(', ')})`).join('; ');
}

function measureRows({ arms, aims }: Comparison, measure: Measure): Markup {
  const rows = arms.map(({ arm, measures }) => ({
    arm,
    own: measures.find((each) => each.measure === measure.id),
  }));
  const highest = Math.max(1e-9, ...rows.map(({ own }) => own?.interval?.high ?? own?.mean ?? 0));
  const scale = { from: measure.low, to: measure.high ?? highest * 1.05 };
  const head = html`<th scope="rowgroup" rowspan="${rows.length}">${measure.title(aims.within)}</th>`;
  const lines = rows.map(
    ({ arm, own }, index) =>
      html`<tr>${index === 0 ? head : null}${cells(arm, own, measure, { ...scale, index })}</tr>\n`,
  );
  return html`<tbody>${lines}</tbody>\n`;
}

function cells(
  arm: string,
  own: ArmMeasure | undefined,
  measure: Measure,
  place: { from: number; to: number; index: number },
): Markup {
  if (!own || own.mean === null)
    return html`<th scope="row">${arm}</th><td colspan="3">no number</td><td>${own?.missing ?? 0}</td>`;
  const { mean, interval, missing } = own;
  const bounds = boundsInWords(measure, interval);
  const drawn = intervalDrawing({ ...place, mean, interval, zero: false, margin: null });
  return html`<th scope="row">${arm}</th><td>${inUnits(measure, mean)}</td><td>${bounds}</td><td class="drawn">${drawn}</td><td>${missing}</td>`;
}

function boundsInWords(measure: Measure, interval: ArmMeasure['interval']): string {
  if (!interval) return 'none from one article';
  if (interval.low === interval.high) return 'every article alike';
  return `${inUnits(measure, interval.low)} to ${inUnits(measure, interval.high)}`;
}
