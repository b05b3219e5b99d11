import { html, joined, type Markup } from '../../../html/markup.ts';
import type { DebateReport } from '../../model/debate-report.ts';
import { anchor } from '../anchors.ts';

/** The source text by passages, each with the turns that cite it. */
export function articleSection({ debate, groundings }: DebateReport): Markup {
  const { title, source, date, licence, passages } = debate.started.article;
  const citing = (label: string) =>
    [...groundings]
      .filter(([, { citations }]) => citations.some((citation) => citation.label === label))
      .map(([turn]) => html`<a href="#${anchor.turn(turn)}">T${turn}</a>`);
  const from = [source, date].filter((part) => part !== '').join(', ');
  return html`<section id="article" aria-labelledby="article-h">
<h2 id="article-h">The article</h2>
<p class="lead">“${title}”${from === '' ? null : html`, ${from}`}. ${licence === '' ? null : html`<span class="licence">${licence}</span>`}</p>
<ol class="passages">${passages.map(({ number, text }) => {
    const turns = citing(`P${number}`);
    return html`<li id="${anchor.passage(number)}" tabindex="-1"><span class="number" aria-hidden="true">P${number}</span><div><p>${text}</p>
<p class="back">${turns.length === 0 ? 'Cited by nobody' : html`Cited in ${joined(turns, ', ')}`}</p></div></li>`;
  })}</ol>
</section>`;
}
