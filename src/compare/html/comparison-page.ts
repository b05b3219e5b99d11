import { html, type Markup } from '../../html/markup.ts';
import { page } from '../../html/page.ts';
import { counted, dollars } from '../../text/figures.ts';
import type { Comparison } from '../comparison.ts';
import { mostReadDebates } from '../report-shelf.ts';
import type { ReportedDebate } from '../reported-debate.ts';
import { armSection } from './arm-section.ts';
import { comparisonScript } from './comparison-script.ts';
import { comparisonStyle } from './comparison-style.ts';
import { costPlot } from './cost-plot.ts';
import { debateSection } from './debate-section.ts';
import { differenceSection } from './difference-section.ts';
import { flowPlots } from './flows-plot.ts';
import { promptDifferences } from './prompt-differences.ts';
import { convergedPlot, convergencePlot } from './rounds-plot.ts';
import { headline, methodSection, verdictSection } from './verdict-and-method.ts';

export interface PageOptions {
  /** Debates whose speeches go into the page, whole cells first to last. */
  mostRead?: number;
}

/**
 * The whole comparison as one HTML page that needs nothing else: no network, no server. Every text that was read is escaped,
 * and a content security policy lets no script or style run but the page's own.
 */
export function comparisonPage(
  result: Comparison,
  debates: readonly ReportedDebate[],
  { mostRead = mostReadDebates }: PageOptions = {},
): string {
  const title = result.title || 'Comparison';
  const rounds = debates.reduce((most, debate) => Math.max(most, debate.rounds.at(-1)?.round ?? 0), 1);
  const hasDebates = debates.length > 0;
  const sections = [
    ['verdicts', 'Verdict', verdictSection(result)],
    ['differences', 'Differences', differenceSection(result)],
    ['arms', 'Arms', armSection(result, debates)],
    ['course', 'Course', hasDebates ? courseSection(result, debates, rounds) : null],
    ['prompts', 'Prompts', hasDebates ? promptSection(result, debates) : null],
    ['debates', 'Debates', hasDebates ? debateSection(result, debates, readable(debates, mostRead)) : null],
    ['method', 'Method', methodSection(result)],
  ] as const;
  const shown = sections.filter(([, , section]) => section !== null);
  return page({
    title,
    label: isSimulated(result) ? 'Simulated: not a language model' : 'A comparison',
    contents: shown.map(([id, name]) => [id, name]),
    header: masthead(title, result),
    sections: shown.map(([, , section]) => section),
    madeBy:
      'Made by parley. The debates are generated: the speakers are roles, not people, and nothing here is a statement of any government or person.',
    style: comparisonStyle,
    script: comparisonScript,
  });
}

function masthead(title: string, result: Comparison): Markup {
  const debates = result.arms.reduce((sum, arm) => sum + arm.debates, 0);
  const costs = result.arms.map((arm) => arm.costUsd);
  const cost = costs.includes(null)
    ? 'cost unknown'
    : dollars(costs.reduce<number>((sum, each) => sum + (each ?? 0), 0));
  const facts = [
    counted(result.arms.length, 'arm'),
    counted(result.articles.length, 'article'),
    counted(result.cells, 'cell'),
    counted(debates, 'debate'),
    cost,
  ];
  return html`<header class="masthead">
<p class="kicker"><strong class="label">${isSimulated(result) ? 'Simulated' : 'Comparison'}</strong> ${facts.join(' · ')}</p>
<h1>${title}</h1>
<p class="standfirst">${result.pairs.map(headline).join(' ')}</p>
${result.caveat === '' ? null : html`<p class="caveat">${result.caveat}</p>`}
${result.warnings.map((warning) => html`<p class="warning"><strong>Warning:</strong> ${warning}</p>\n`)}
</header>`;
}

function isSimulated({ arms }: Comparison): boolean {
  return arms.some(({ simulated }) => simulated > 0);
}

function courseSection(result: Comparison, debates: readonly ReportedDebate[], rounds: number): Markup {
  return html`<section id="course" aria-labelledby="course-head"><h2 id="course-head">Course of the debates</h2>
<div class="plots">${convergencePlot(result, debates, rounds)}
${convergedPlot(result, debates, rounds)}
${costPlot(result)}</div>
${flowPlots(result, debates, rounds)}
</section>`;
}

/** Of every two arms up to nine arms; beyond, of the pairs that were compared. */
function promptSection(result: Comparison, debates: readonly ReportedDebate[]): Markup {
  const arms = result.arms.map(({ arm }) => arm);
  const firstOf = (arm: string | undefined) => debates.find((debate) => debate.measures.arm === arm) ?? null;
  const isCompared = (one: string, other: string) =>
    result.pairs.some(({ a, b }) => (a === one && b === other) || (a === other && b === one));
  const blocks = arms.flatMap((left, low) =>
    arms.slice(low + 1).flatMap((right, offset) => {
      if (arms.length > 9 && !isCompared(left, right)) return [];
      const id = `prompts-${low}-${low + 1 + offset}`;
      return [promptDifferences(id, { left, right }, { left: firstOf(left), right: firstOf(right) })];
    }),
  );
  return html`<section id="prompts" aria-labelledby="prompts-head"><h2 id="prompts-head">What the arms were told</h2>
${blocks}
</section>`;
}

/** As many debates as fit, in whole cells, so that none is left without its counterpart. */
function readable(debates: readonly ReportedDebate[], most: number): ReportedDebate[] {
  const cells = Map.groupBy(debates, (debate) => debate.measures.cell);
  const chosen: ReportedDebate[] = [];
  for (const own of cells.values()) {
    if (chosen.length > 0 && chosen.length + own.length > most) break;
    chosen.push(...own);
  }
  return chosen;
}
