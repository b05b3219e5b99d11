import { controlSentence } from '../../../debate/setup.ts';
import { html, type Markup, type Piece } from '../../../html/markup.ts';
import { counted, decimal, percent } from '../../../text/figures.ts';
import type { DebateReport } from '../../model/debate-report.ts';
import { endedAs } from '../../model/phrases.ts';
import { readVerdicts } from '../../model/stands.ts';
import type { Subject } from '../../model/subject.ts';
import { warningsOf } from '../../model/warnings.ts';
import { nameTag } from './people-marks.ts';

/** Title, label, what happened in two sentences, and the figures that matter most. */
export function debateMasthead(report: DebateReport): Markup {
  const { debate, subject, grounding } = report;
  const { started, ended, verdicts } = debate;
  const held = counted(verdicts.length, 'round');
  const end = endOf(ended);
  return html`<header class="masthead">
<p class="kicker">${started.simulated ? html`<strong class="label">Simulated</strong> The words are a built-in simulator’s, not a language model’s` : html`<strong class="label">AI-generated</strong> A debate between persona agents`}</p>
<h1>${started.scenario.title}</h1>
<p class="standfirst">${counted(started.cast.length, 'persona')} argued over “${started.article.title}” for ${held}. ${end}</p>
${started.control ? html`<p class="doubt"><strong>${controlSentence(started.control)}</strong></p>` : null}
<p class="disclaimer">${started.disclaimer}</p>
${castList(subject)}
${keyFigures(subject, [['Grounding', percent(grounding.all.score), 'of what can be checked holds']])}
</header>`;
}

function endOf(ended: DebateReport['debate']['ended']): string {
  if (!ended) return 'It has not ended; this is how far it came.';
  return ended.reason === 'round-limit' ? endedAs[ended.reason] : `${endedAs[ended.reason]} ${ended.detail}`;
}

export function castList(subject: Subject): Markup {
  return html`<ul class="cast" aria-label="The speakers">${subject.cast.map(
    ({ id, principal }) =>
      html`<li>${nameTag(subject, id)}${principal ? html` <span class="unit">could sign</span>` : null}</li>`,
  )}</ul>`;
}

/** The latest reading in large figures; `more` are added at their end. */
export function keyFigures(subject: Subject, more: readonly [string, string, string][] = []): Piece {
  const last = readVerdicts(subject).at(-1);
  if (!last) return null;
  const { principals, interval, min, acceptable, coverage } = last.convergence;
  const doubt = warningsOf(subject, last).find(({ kind }) => kind === 'hollow' || kind === 'low-confidence');
  const range = interval ? `${decimal(interval.low)} to ${decimal(interval.high)}` : 'no interval';
  const figures: [string, string, string][] = [
    ['Convergence', decimal(principals), range],
    ['Least issue', decimal(min), 'furthest apart'],
    ['Coverage', percent(coverage), 'of the agenda was read'],
    ...(subject.cast.some(({ redLines }) => redLines.length > 0)
      ? ([['Red lines', percent(acceptable.share), 'of signers have theirs kept']] as [
          string,
          string,
          string,
        ][])
      : []),
    ...more,
  ];
  return html`<dl class="key">${figures.map(([name, value, note]) => html`<div><dt>${name}</dt><dd><b>${value}</b><span>${note}</span></dd></div>`)}</dl>
${doubt ? html`<p class="doubt"><strong>Read with care.</strong> ${doubt.text}</p>` : null}`;
}
