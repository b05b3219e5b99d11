import { html, type Markup } from '../../html/markup.ts';
import { counted } from '../../text/figures.ts';
import { listed } from '../../text/wording.ts';
import type { Comparison, Pair } from '../comparison.ts';
import { measureOf } from '../measures.ts';
import { plain } from '../numbers-in-words.ts';

const words = {
  better: 'better',
  'no-worse': 'no worse',
  mixed: 'mixed',
  inconclusive: 'inconclusive',
} as const;

/** What a pair comes to, in one sentence without numbers. */
export function headline({ a, b, finding, winner }: Pair): string {
  const better = winner ?? a;
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
      return `Whether ${a} or ${b} is better is not shown.`;
  }
}

/** The verdicts, one card a pair, with the line on aborted debates below. */
export function verdictSection(result: Comparison): Markup {
  return html`<section id="verdicts" aria-labelledby="verdicts-head"><h2 id="verdicts-head">Verdict</h2>
${result.pairs.map(card)}
</section>`;
}

function card(pair: Pair): Markup {
  const sensitivity = pair.sensitivity === '' ? null : html`<p class="quiet">${pair.sensitivity}</p>`;
  return html`<article class="verdict ${pair.finding}" aria-label="${pair.a} against ${pair.b}"><h3>${pair.a} against ${pair.b} <span class="finding">${words[pair.finding]}</span></h3>
<p>${pair.verdict}</p>${sensitivity}</article>
`;
}

/** How the numbers came about, for whoever is to sign them. */
export function methodSection(result: Comparison): Markup {
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
