import { html, type Markup, type Piece } from '../../../html/markup.ts';
import { dollars, duration, grouped } from '../../../text/figures.ts';
import type { DebateReport } from '../../model/debate-report.ts';
import { personOf } from '../../model/subject.ts';

/** What it was made with, so that it can be judged and made again. */
export function provenanceSection({ debate, subject, startedAt, lastAt }: DebateReport): Markup {
  const { started, models, settings, totals, resumptions } = debate;
  const cost =
    totals.unpricedCalls === totals.calls && totals.calls > 0
      ? 'unknown: the models have no known price'
      : `${dollars(totals.costUsd)}${totals.unpricedCalls > 0 ? `, and ${totals.unpricedCalls} calls without a known price` : ''}`;
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
      `${grouped(totals.inputTokens)} in (${grouped(totals.cachedTokens)} cached), ${grouped(totals.outputTokens)} out${about}`,
    ],
    ['Cost', cost],
  ];
  const roles = Object.entries(models).map(([role, { spec, simulated }]) => {
    const name = role === 'judge' ? 'Judge of positions' : personOf(subject, role).name;
    return html`<tr><th scope="row">${name}</th><td><code>${spec}</code>${simulated ? ' (simulated: not a language model)' : ''}</td></tr>`;
  });
  return html`<section id="provenance" aria-labelledby="provenance-h">
<h2 id="provenance-h">How it was made</h2>
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<div class="scroll" role="region" aria-label="Models" tabindex="0"><table class="figures left"><caption>Models</caption><thead><tr><th scope="col">Role</th><th scope="col">Model</th></tr></thead><tbody>${roles}</tbody></table></div>
<details><summary>Prompt files and their SHA-256</summary><ul class="hashes">${started.prompts.map(({ path, sha256 }) => html`<li>${path} <code>${sha256}</code></li>`)}</ul></details>
</section>`;
}
