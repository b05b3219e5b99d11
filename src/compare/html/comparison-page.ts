import { html, type Markup } from '../../html/markup.ts';
import { page } from '../../html/page.ts';
import { counted } from '../../text/figures.ts';
import { listed } from '../../text/wording.ts';
import type { Comparison, Pair } from '../comparison.ts';
import { measureOf } from '../measures.ts';
import { factsInWords, plain } from '../numbers-in-words.ts';
import type { ReportedDebate } from '../reported-debate.ts';
import { mostReadDebates } from '../reported-debate.ts';
import { comparisonScript, comparisonStyle } from './comparison-style.ts';
import { costPlot } from './cost-plot.ts';
import { debateSection } from './debate-section.ts';
import { armSection, differenceSection } from './difference-section.ts';
import { flowPlots } from './flows-plot.ts';
import { promptDifferences } from './prompt-differences.ts';
import { convergedPlot, convergencePlot } from './rounds-plot.ts';

const words = {
  better: 'better',
  'no-worse': 'no worse',
  mixed: 'mixed',
  inconclusive: 'inconclusive',
} as const;

/** What a pair comes to, in one sentence without numbers. */
function headline({ a, b, finding, winner, ahead }: Pair): string {
  const better = winner ?? ahead ?? a;
  const other = better === a ? b : a;
  switch (finding) {
    case 'better':
      return `${better} is better than ${other}.`;
    case 'no-worse':
      return winner === null
        ? `There is no difference that matters between ${a} and ${b}.`
        : `${better} is no worse than ${other}; that it is better is not shown.`;
    case 'mixed':
      return `${a} and ${b} are each better on something.`;
    case 'inconclusive':
      if (ahead !== undefined)
        return `${better} is better than ${other} on what decides; that it keeps its guards is not shown.`;
      return `Whether ${a} or ${b} is better is not shown.`;
  }
}

/** The verdicts, one card a pair, with the line on aborted debates below. */
function verdictSection(result: Comparison): Markup {
  return html`<section id="verdicts" aria-labelledby="verdicts-head"><h2 id="verdicts-head">Verdict</h2>
${result.pairs.map(card)}
</section>`;
}

function card(pair: Pair): Markup {
  const sensitivity = pair.sensitivity === '' ? null : html`<p class="quiet">${pair.sensitivity}</p>`;
  return html`<article class="verdict ${pair.finding}" aria-label="${pair.a} against ${pair.b}"><h3>${pair.a} against ${pair.b} <span class="finding">${pair.ahead === undefined ? words[pair.finding] : 'better on the primary, guard not shown'}</span></h3>
<p>${pair.verdict}</p>${sensitivity}</article>
`;
}

/** How the numbers were computed. */
function methodSection(result: Comparison): Markup {
  const { aims, tests, seed } = result;
  const titles = aims.primary.map((id) => measureOf(id).title(aims.within));
  const guards = aims.guards.map((id) => {
    const measure = measureOf(id);
    const margin = aims.margins[id];
    return `${measure.title(aims.within)}${margin === undefined ? '' : ` (margin ${plain(measure, margin)})`}`;
  });
  return html`<section id="method" aria-labelledby="method-head"><h2 id="method-head">How this was computed</h2>
<ul>
<li>The independent unit is the article. Repeats, cast orders and casts are averaged within it; more of them make an article’s number steadier and are no further evidence.</li>
<li>Every difference is paired: the arms ran the same cells. Standard errors are clustered by article, and intervals are t intervals with articles − 1 degrees of freedom (Miller 2024, arXiv:2411.00640).</li>
<li>The p that decides is a sign-flip permutation test over articles, every pattern of signs tried up to 20 articles and drawn beyond (p = (1 + extreme) / (1 + draws); Phipson and Smyth 2010). The t test and a bootstrap over articles are cross-checks, and a note says where they disagree.</li>
<li>The level is ${aims.level} for all ${counted(tests, 'test')} together (Holm 1979): ${counted(result.pairs.length, 'pair')} times ${listed(titles)}.</li>
${guards.length === 0 ? null : html`<li>An arm is called better only if it is shown to be no worse on ${listed(guards)}: one-sided at half the level, by a sign-flip test of the difference plus the margin.</li>`}
<li>An aborted debate counts as not converged and as having taken all ${counted(aims.within, 'round')}; the line below a verdict says what would change without those debates. A debate that failed is an error: it is left out of every measure, and the line says how far it could have moved the difference.</li>
<li>Convergence is computed by code from positions with quoted evidence, which a judge reads without being told the arm.</li>
<li>Draws use seed ${seed}; the same input gives this page again to the byte.</li>
</ul>
</section>`;
}

export interface PageOptions {
  /** Debates whose speeches go into the page, whole cells first to last. */
  mostRead?: number;
}

/** Bytes of a page that a phone opens without waiting, and of what every page has about its sections. */
const mostBytes = 290_000;
const aroundBytes = 25_000;

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
  const others = [
    ['verdicts', 'Verdict', verdictSection(result)],
    ['differences', 'Differences', differenceSection(result)],
    ['arms', 'Arms', armSection(result, debates)],
    ['course', 'Course', hasDebates ? courseSection(result, debates, rounds) : null],
    ['prompts', 'Prompts', hasDebates ? promptSection(result, debates) : null],
  ] as const;
  const method = methodSection(result);
  const frame = [...others.map(([, , section]) => section), method, comparisonStyle, comparisonScript];
  const before = frame.reduce(
    (sum, part) => sum + Buffer.byteLength(typeof part === 'string' ? part : (part?.markup ?? '')),
    aroundBytes,
  );
  const row = 400;
  const read = readable(debates, { most: mostRead, bytes: mostBytes - before - debates.length * row });
  const sections = [
    ...others,
    ['debates', 'Debates', hasDebates ? debateSection(result, debates, read) : null] as const,
    ['method', 'Method', method] as const,
  ];
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
  return html`<header class="masthead">
<p class="kicker"><strong class="label">${isSimulated(result) ? 'Simulated' : 'Comparison'}</strong> ${factsInWords(result).join(' · ')}</p>
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

/**
 * The debates that stand in full: whole cells, so that each can be read against its counterpart, as many as there is room for.
 * The first cell is always there.
 */
function readable(
  debates: readonly ReportedDebate[],
  { most, bytes }: { most: number; bytes: number },
): ReportedDebate[] {
  const cells = Map.groupBy(debates, (debate) => debate.measures.cell);
  const chosen: ReportedDebate[] = [];
  let used = 0;
  for (const own of cells.values()) {
    used += own.reduce((sum, debate) => sum + bytesOf(debate), 0);
    if (chosen.length > 0 && (chosen.length + own.length > most || used > bytes)) break;
    chosen.push(...own);
  }
  return chosen;
}

/** Of a debate in full: its words, and what stands about each turn and each reading. */
function bytesOf({ turns, rounds }: ReportedDebate): number {
  const words = turns.reduce((sum, { text, name }) => sum + Buffer.byteLength(`${text}${name}`) + 200, 0);
  return words + rounds.length * 120 + 500;
}
