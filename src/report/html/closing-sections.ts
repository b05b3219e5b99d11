import { placeInWords } from '../../debate/dossier.ts';
import { judgeNumber } from '../../debate/judges.ts';
import { html, joined, type Markup, type Piece } from '../../html/markup.ts';
import { scrollingTable } from '../../html/scrolling-table.ts';
import { dollars, duration, grouped } from '../../text/figures.ts';
import type { DebateReport } from '../model/debate-report.ts';
import { anchor, personOf } from '../model/subject.ts';

/** What it was made with, so that it can be judged and made again. */
export function provenanceSection({ debate, subject, startedAt, lastAt }: DebateReport): Markup {
  const { started, models, settings, totals, resumptions } = debate;
  const cost =
    totals.unpricedCalls === totals.calls && totals.calls > 0
      ? 'unknown: the models have no known price'
      : `${dollars(totals.costUsd)}${totals.unpricedCalls > 0 ? `, and ${totals.unpricedCalls} calls without a known price` : ''}`;
  const written =
    totals.cacheWriteTokens > 0 ? `, ${grouped(totals.cacheWriteTokens)} written to the cache` : '';
  const about = totals.isEstimated ? ' (some estimated)' : '';
  const facts: [string, Piece][] = [
    ['Run', html`<code>${started.debate}</code>`],
    [
      'Held',
      html`<time datetime="${startedAt}">${startedAt.slice(0, 16).replace('T', ' ')} UTC</time>, ${duration(Date.parse(lastAt) - Date.parse(startedAt))}${resumptions.length > 0 ? `, resumed ${resumptions.length} times` : null}`,
    ],
    ['parley', started.parley],
    ['Seed', String(started.seed)],
    ['Strategy', started.strategy],
    ['Turn order', settings.order],
    [
      'Rounds',
      `at most ${settings.rounds}${settings.stopEarly ? ', fewer if it converges or is stuck' : ''}`,
    ],
    ['Readings', `${settings.judgeSamples} samples of the judge after each round`],
    ['Temperature', settings.temperature === null ? 'the provider’s own' : String(settings.temperature)],
    ['Calls', `${grouped(totals.calls)}, of which ${grouped(totals.failedAttempts)} failed`],
    [
      'Tokens',
      `${grouped(totals.inputTokens)} in (${grouped(totals.cachedTokens)} cached${written}), ${grouped(totals.outputTokens)} out${about}`,
    ],
    ['Cost', cost],
  ];
  const roles = Object.entries(models).map(([role, { spec, simulated }]) => {
    const judge = judgeNumber(role);
    const name =
      judge === null ? personOf(subject, role).name : `Judge of positions${judge === 1 ? '' : ` ${judge}`}`;
    return html`<tr><th scope="row">${name}</th><td><code>${spec}</code>${simulated ? ' (simulated: not a language model)' : ''}</td></tr>`;
  });
  return html`<section id="provenance" aria-labelledby="provenance-h">
<h2 id="provenance-h">How it was made</h2>
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${scrollingTable({ label: 'Models', caption: 'Models', kind: 'figures left', heads: ['Role', 'Model'], rows: roles })}
<details><summary>Prompt files and their SHA-256</summary><ul class="hashes">${started.prompts.map(({ path, sha256 }) => html`<li>${path} <code>${sha256}</code></li>`)}</ul></details>
</section>`;
}

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
<ol class="passages">${passages.map((passage) => {
    const { number, text } = passage;
    const turns = citing(`P${number}`);
    const place = placeInWords(debate.started.article, passage);
    return html`<li id="${anchor.passage(number)}" tabindex="-1"><span class="number" aria-hidden="true">P${number}</span><div><p lang="" dir="auto">${text}</p>
<p class="back">${place === '' ? null : html`${place}. `}${turns.length === 0 ? 'Cited by nobody' : html`Cited in ${joined(turns, ', ')}`}</p></div></li>`;
  })}</ol>
</section>`;
}

/** What the figures mean and how they come about, for someone who has never seen parley. */
export function guideSection(): Markup {
  return html`<section id="guide" aria-labelledby="guide-h">
<h2 id="guide-h">How to read the figures</h2>
<dl class="guide">
<div><dt>Position</dt><dd>Where a speaker stands on an issue, 0 to 6, at its latest word. A judge reads it with names hidden, speakers and issues shuffled, and in half of its readings with the scale upside down. The number shown is the median over its readings. It must quote the speaker; code looks the quote up in the speaker’s own turn and throws the reading away where it is not found.</dd></div>
<div><dt>–</dt><dd>No position. Fewer than half of the readings carry a quote that holds, or they lie more than 2 points apart (interquartile), or nothing was said. A missing position never counts for or against.</dd></div>
<div><dt>C</dt><dd>The convergence of the principals, 0 to 1. On each issue it is 1 less the mean distance between each two of them, divided by 6; over the agenda it is the mean by the issues’ weights. Nobody is asked for a score: code computes it from the positions. Where fewer than two are named as able to sign, everyone counts.</dd></div>
<div><dt>Interval</dt><dd>How far C would wander if the same words were read again: 95%, by a bootstrap over the readings. It holds the noise of reading, not a bias that all readings share.</dd></div>
<div><dt>Coverage</dt><dd>The share of the agenda’s weight on which all who could sign took a stand. Below 70% there is no C.</dd></div>
<div><dt>Least issue</dt><dd>C on the issue where they are furthest apart.</dd></div>
<div><dt>Noise-corrected</dt><dd>C from squared distances of mean readings, less what the readings’ own scatter adds.</dd></div>
<div><dt>Own red lines kept</dt><dd>The share of personas that declare a red line, were read on its issue, and stand within all of theirs. Standing beyond one’s own line is a break of role or a real concession, and is shown before all else.</dd></div>
<div><dt>Acceptance</dt><dd>The share of the principals for whom no position of another one lies beyond a red line of theirs: how far a deal is from what each could accept.</dd></div>
<div><dt>Movement</dt><dd>How much nearer a speaker came to where another one began, as a share of the scale. The other’s beginning and not its present stand, so that nobody is credited with what the other gave.</dd></div>
<div><dt>Hollow</dt><dd>They sound agreed, but C has not risen and nobody is quoted with a commitment that the other side could take.</dd></div>
<div><dt>Low confidence</dt><dd>Something about the reading itself gives reason for doubt; the warning says what.</dd></div>
</dl>
</section>`;
}
