import type { AnsweredStatement, Debate } from '../../debate/debate.ts';
import { judgesThatSpeak, readerSentences } from '../../debate/judges.ts';
import {
  answerPhrase,
  byStatus,
  endedInWords,
  forkSentence,
  outcomeOfStatement,
  outgrownSentence,
  peopleSentence,
  statementTitle,
} from '../../debate/phrases.ts';
import { ownLinesCrossed } from '../../debate/red-lines.ts';
import { controlSentence } from '../../debate/setup.ts';
import { html, type Markup, type Piece } from '../../html/markup.ts';
import { counted, decimal, percent, range } from '../../text/figures.ts';
import { crossedInWords, warningsOf } from '../model/cautions.ts';
import type { DebateReport } from '../model/debate-report.ts';
import { anchor, issueTitle, readVerdicts, type Subject } from '../model/subject.ts';
import { nameTag } from './persona-tag.ts';
import { annotatedText } from './speech-text.ts';

/** Title, label, what happened in two sentences, and the figures that matter most. */
export function debateMasthead(report: DebateReport): Markup {
  const { debate, subject, grounding } = report;
  const { started, ended, verdicts } = debate;
  const held = counted(verdicts.length, 'round');
  const end = endOf(ended);
  const people = peopleSentence(debate);
  const outgrown = outgrownSentence(debate);
  return html`<header class="masthead">
<p class="kicker">${started.simulated ? html`<strong class="label">Simulated</strong> The words are a built-in simulator’s, not a language model’s` : html`<strong class="label">AI-generated</strong> A debate between persona agents`}</p>
<h1>${started.scenario.title}</h1>
<p class="standfirst">${counted(started.cast.length, 'persona')} argued over “${started.article.title}” for ${held}. ${end}</p>
${started.forkedFrom ? html`<p class="disclaimer">${forkSentence(started.forkedFrom)}</p>` : null}
${started.control ? html`<p class="doubt"><strong>${controlSentence(started.control)}</strong></p>` : null}
${people === null ? null : html`<p class="doubt"><strong>${people}</strong></p>`}
${outgrown === null ? null : html`<p class="doubt"><strong>${outgrown}</strong></p>`}
<p class="disclaimer">${started.disclaimer}</p>
${castList(subject)}
${ownLines(subject)}
${keyFigures(subject, judgesThatSpeak(debate.models, started.cast), [['Grounding', percent(grounding.all.score), 'of what can be checked holds']])}
</header>`;
}

function endOf(ended: DebateReport['debate']['ended']): string {
  if (!ended) return 'It has not ended; this is how far it came.';
  return ended.reason === 'round-limit'
    ? endedInWords[ended.reason]
    : `${endedInWords[ended.reason]} ${ended.detail}`;
}

/** Who crossed a red line of its own, before any figure. */
export function ownLines(subject: Subject): Piece {
  const last = readVerdicts(subject).at(-1);
  const crossed = last ? ownLinesCrossed(last.convergence) : [];
  if (!last || crossed.length === 0) return null;
  const items = crossed.map((line) => {
    const link = anchor.reading(line.speaker, line.issue, last.round);
    const quote = line.quote === null ? null : html` <q dir="auto">${line.quote}</q>`;
    return html`<li><a href="#${link}">${crossedInWords(subject, line)}</a>${quote}</li>`;
  });
  return html`<aside class="doubt own-lines" aria-label="Own red lines crossed"><strong>A red line of its own was crossed.</strong><ul>${items}</ul></aside>`;
}

export function castList(subject: Subject): Markup {
  return html`<ul class="cast" aria-label="The speakers">${subject.cast.map(
    ({ id, principal }) =>
      html`<li>${nameTag(subject, id)}${principal ? html` <span class="unit">could sign</span>` : null}</li>`,
  )}</ul>`;
}

/** The latest reading in large figures with what they rest on; `alsoSpeaks` are judges that speak too, `more` is added to the figures. */
export function keyFigures(
  subject: Subject,
  alsoSpeaks: readonly string[],
  more: readonly [string, string, string][] = [],
): Piece {
  const last = readVerdicts(subject).at(-1);
  if (!last) return null;
  const { principals, interval, min, acceptable, ownLines: own, coverage, judge } = last.convergence;
  const readers = readerSentences(judge, alsoSpeaks);
  const doubt = warningsOf(subject, last).find(({ kind }) => kind === 'hollow' || kind === 'low-confidence');
  const between = interval ? range(interval) : 'no interval';
  const figures: [string, string, string][] = [
    ['Convergence', decimal(principals), between],
    ['Least issue', decimal(min), 'furthest apart'],
    ['Coverage', percent(coverage), 'of the agenda was read'],
    ...redLineFigures(subject, own?.kept ?? null, acceptable.share),
    ...more,
  ];
  return html`<dl class="key">${figures.map(([name, value, note]) => html`<div><dt>${name}</dt><dd><b>${value}</b><span>${note}</span></dd></div>`)}</dl>
${readers.length === 0 ? null : html`<p class="disclaimer">${readers.join(' ')}</p>`}
${doubt ? html`<p class="doubt"><strong>Read with care.</strong> ${doubt.text}</p>` : null}`;
}

/** Two different things: whether personas keep their own red lines, and whether the others' positions do. */
function redLineFigures(
  { cast }: Subject,
  kept: number | null,
  acceptable: number | null,
): [string, string, string][] {
  if (cast.every(({ redLines }) => redLines.length === 0)) return [];
  const own: [string, string, string] = ['Own red lines', percent(kept), 'of personas keep theirs'];
  const others: [string, string, string] = [
    'Acceptance',
    percent(acceptable),
    'of signers face nothing beyond theirs',
  ];
  return kept === null ? [others] : [own, others];
}

/** What is agreed and what is open, before the prose of it and who signed; earlier drafts that were refused behind it. */
export function statementSection(debate: Debate, subject: Subject): Piece {
  const { statement, answers, earlierStatements, started } = debate;
  if (!statement) return null;
  const waiting = started.cast.filter(
    ({ id, principal }) => principal && !answers.some(({ persona }) => persona === id),
  );
  return html`<section id="statement" aria-labelledby="statement-h">
<h2 id="statement-h">Agreed and open</h2>
<p class="lead">${outcomeOfStatement(statement.items, answers)}</p>
${itemList(statement.items, subject)}
<h3>${statementTitle(statement)}</h3>
<div class="statement">${annotatedText(statement.text, [])}</div>
${answerList(answers, subject)}
${waiting.length === 0 ? null : html`<ul class="answers">${waiting.map(({ id }) => html`<li>${nameTag(subject, id)} did not answer.</li>`)}</ul>`}
${earlierStatements.map((earlier) => earlierDraft(earlier, subject))}
</section>`;
}

type Answers = Debate['answers'];
type Items = NonNullable<Debate['statement']>['items'];

function itemList(items: Items, subject: Subject): Piece {
  if (items.length === 0) return null;
  return html`<ul class="items">${byStatus(items).map(
    ({ issue, status, text }) =>
      html`<li class="${status}"><span class="status">${status}</span> <b>${issueTitle(subject, issue)}</b> <span dir="auto">${text}</span></li>`,
  )}</ul>`;
}

function answerList(answers: Answers, subject: Subject): Markup {
  return html`<ul class="answers">${answers.map((event) => {
    const { persona, answer, reason, change } = event;
    const wanted = change ? html`<p>It would sign with: <q dir="auto">${change}</q></p>` : null;
    return html`<li class="${answer}">${nameTag(subject, persona)} <b>${answerPhrase(event)}</b><blockquote><p dir="auto">${reason}</p></blockquote>${wanted}</li>`;
  })}</ul>`;
}

function earlierDraft({ statement, answers }: AnsweredStatement, subject: Subject): Markup {
  return html`<details class="evidence"><summary>The first draft, which was not signed by all</summary>
${itemList(statement.items, subject)}
<div class="statement">${annotatedText(statement.text, [])}</div>
${answerList(answers, subject)}</details>`;
}
