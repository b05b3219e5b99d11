import { createHash } from 'node:crypto';
import { html, type Markup, trusted } from '../../html/markup.ts';
import { counted, dollars } from '../../text/figures.ts';
import type { Comparison } from '../comparison.ts';
import { mostReadDebates } from '../report-shelf.ts';
import type { ReportedDebate } from '../reported-debate.ts';
import { armSection } from './arm-section.ts';
import { costPlot } from './cost-plot.ts';
import { debateSection } from './debate-section.ts';
import { differenceSection } from './difference-section.ts';
import { flowPlots } from './flows-plot.ts';
import { methodSection } from './method-section.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';
import { promptDifferences } from './prompt-differences.ts';
import { convergedPlot, convergencePlot } from './rounds-plot.ts';
import { verdictSection } from './verdict-section.ts';

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
  const sections = [
    verdictSection(result),
    differenceSection(result),
    armSection(result, debates),
    debates.length === 0 ? null : courseSection(result, debates, rounds),
    debates.length === 0 ? null : promptSection(result, debates),
    debates.length === 0 ? null : debateSection(result, debates, readable(debates, mostRead)),
    methodSection(result),
  ];
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<style>${trusted(pageStyle)}</style>
</head>
<body>
<a class="skip" href="#verdicts">Skip to the verdict</a>
${pageHead(title, result, debates.length > 0)}
<main>
${sections}
</main>
<footer><p>Made by parley. The debates are generated: the speakers are roles, not people, and nothing here is a statement of any government or person.</p></footer>
<script>${trusted(pageScript)}</script>
</body>
</html>
`;
  return page.markup;
}

const policy = [
  "default-src 'none'",
  `style-src '${fingerprint(pageStyle)}'`,
  `script-src '${fingerprint(pageScript)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function fingerprint(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}

function pageHead(title: string, result: Comparison, hasDebates: boolean): Markup {
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
  const links = [
    ['verdicts', 'Verdict'],
    ['differences', 'Differences'],
    ['arms', 'Arms'],
    ...(hasDebates
      ? [
          ['course', 'Course'],
          ['prompts', 'Prompts'],
          ['debates', 'Debates'],
        ]
      : []),
    ['method', 'Method'],
  ].map(([id = '', name = '']) => html`<li><a href="#${id}">${name}</a></li>`);
  return html`<header><h1>${title}</h1><p class="quiet">${facts.join(' · ')}</p>
${result.caveat === '' ? null : html`<p class="caveat">${result.caveat}</p>`}
${result.warnings.map((warning) => html`<p class="warning"><strong>Warning:</strong> ${warning}</p>\n`)}
<nav aria-label="Parts of this page"><ul>${links}</ul></nav></header>`;
}

function courseSection(result: Comparison, debates: readonly ReportedDebate[], rounds: number): Markup {
  return html`<section id="course" aria-labelledby="course-head"><h2 id="course-head">Course of the debates</h2>
<div class="figures">${convergencePlot(result, debates, rounds)}
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
