import type { Debate } from '../../debate/debate.ts';
import { endedInWords } from '../../debate/phrases.ts';
import { controlSentence } from '../../debate/setup.ts';
import { html, type Markup, type Piece } from '../../html/markup.ts';
import { counted, decimal, percent } from '../../text/figures.ts';
import { warningsOf } from '../model/cautions.ts';
import type { DebateReport } from '../model/debate-report.ts';
import { issueTitle, readVerdicts, type Subject } from '../model/subject.ts';
import { nameTag } from './persona-tag.ts';
import { annotatedText } from './speech-text.ts';

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
  return ended.reason === 'round-limit'
    ? endedInWords[ended.reason]
    : `${endedInWords[ended.reason]} ${ended.detail}`;
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

/** The closing statement: prose, issue by issue, and who signed. */
export function statementSection({ statement, answers, started }: Debate, subject: Subject): Piece {
  if (!statement) return null;
  const waiting = started.cast.filter(
    ({ id, principal }) => principal && !answers.some(({ persona }) => persona === id),
  );
  return html`<section id="statement" aria-labelledby="statement-h">
<h2 id="statement-h">Closing statement</h2>
<p class="lead">Drafted by the moderator; each one who could sign signed or refused.</p>
<div class="statement">${annotatedText(statement.text, [])}</div>
${
  statement.items.length === 0
    ? null
    : html`<ul class="items">${statement.items.map(
        ({ issue, status, text }) =>
          html`<li class="${status}"><span class="status">${status}</span> <b>${issueTitle(subject, issue)}</b> ${text}</li>`,
      )}</ul>`
}
<ul class="answers">${answers.map(
    ({ persona, answer, reason }) =>
      html`<li class="${answer}">${nameTag(subject, persona)} <b>${answer === 'signed' ? 'signed' : 'refused to sign'}</b><blockquote><p>${reason}</p></blockquote></li>`,
  )}${waiting.map(({ id }) => html`<li>${nameTag(subject, id)} did not come to answer.</li>`)}</ul>
</section>`;
}
