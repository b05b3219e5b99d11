import { html, type Markup } from '../../html/markup.ts';
import type { Comparison, Pair } from '../comparison.ts';

const words = {
  better: 'better',
  'no-worse': 'no worse',
  mixed: 'mixed',
  inconclusive: 'inconclusive',
} as const;

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
