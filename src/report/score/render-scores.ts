import { controlSentence } from '../../debate/setup.ts';
import { html, type Markup, spokenIn } from '../../html/markup.ts';
import { page } from '../../html/page.ts';
import { counted, decimal, percent } from '../../text/figures.ts';
import { escapedJson } from '../../text/json-in-text.ts';
import { languageByScript } from '../../text/language.ts';
import { sanitizeText } from '../../text/sanitize.ts';
import { listed } from '../../text/wording.ts';
import { guideSection } from '../html/closing-sections.ts';
import { convergenceSection } from '../html/convergence-section.ts';
import { castList, keyFigures, ownLines } from '../html/masthead.ts';
import { acceptabilitySection, movementSection } from '../html/movement-section.ts';
import { positionsSection } from '../html/position-section.ts';
import { offRecordSection } from '../html/private-section.ts';
import { evidenceMarks, quoteLinks } from '../html/quoted-evidence.ts';
import { turnsSection } from '../html/transcript-section.ts';
import {
  convergenceText,
  movementText,
  offRecordText,
  redLinesText,
} from '../markdown/convergence-markdown.ts';
import { line } from '../markdown/markdown-text.ts';
import { positionsText, turnsText } from '../markdown/transcript-markdown.ts';
import { personOf, readVerdicts } from '../model/subject.ts';
import { scoreValue } from '../report-json.ts';
import { judgeInWords, method, readersOf, roundsInWords, type ScoreReport } from './score-report.ts';
import { scoreText } from './score-text.ts';

export type ScoreFormat = 'table' | 'md' | 'html' | 'json';

/** All scores as one text: JSON one a line, text and Markdown one below the other. */
export function renderScores(reports: readonly ScoreReport[], format: ScoreFormat): string {
  switch (format) {
    case 'json':
      return reports.map((report) => `${escapedJson(scoreValue(report))}\n`).join('');
    case 'md':
      return reports.map(scoreMarkdown).join('\n---\n\n');
    case 'html':
      return reports.map(scorePage).join('');
    case 'table':
      return sanitizeText(reports.map(scoreText).join(`\n${'─'.repeat(100)}\n\n`));
  }
}

/** A score as Markdown, with every position's quote and the whole transcript to jump to. */
function scoreMarkdown(report: ScoreReport): string {
  const { subject, movements } = report;
  const parts = [
    lead(report),
    convergenceText(subject),
    movementText(subject, movements),
    redLinesText(subject),
    positionsText(subject),
    offRecordText(subject),
    turnsText(subject, new Map(), []),
    ['## How to read this', ...method.map(line)].join('\n\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function lead(report: ScoreReport): string {
  const { scored, subject, counting } = report;
  const last = readVerdicts(subject).at(-1);
  const range = last?.convergence.interval;
  const interval = range ? `, 95% interval ${decimal(range.low)} to ${decimal(range.high)}` : ', no interval';
  const names = listed(counting.map((id) => line(personOf(subject, id).name)));
  return [
    `# Convergence of ${line(scored.name)}`,
    ...scored.controls.map((control) => `> **${line(controlSentence(control))}**`),
    ...(scored.simulated
      ? ['> **SIMULATED: the words are a built-in simulator’s, not a language model’s.**']
      : []),
    last
      ? `**Convergence ${decimal(last.convergence.principals)}**${interval}, on ${percent(last.convergence.coverage)} of the agenda; ${names} count.`
      : '**No number:** nothing could be read.',
    [
      `- Judge: ${line(judgeInWords(scored))}`,
      ...readersOf(report).map((sentence) => `- ${line(sentence)}`),
      `- Agenda: ${counted(scored.agenda.length, 'issue')}, ${line(scored.agendaFrom)}`,
      `- ${counted(scored.speeches.length, 'turn')} in ${counted(scored.verdicts.length, 'round')}: ${roundsInWords(scored)}`,
    ].join('\n'),
  ].join('\n\n');
}

/** A score as one page that opens with no network. */
function scorePage(report: ScoreReport): string {
  const { scored, subject, movements } = report;
  const marks = evidenceMarks(subject);
  const language = scored.language ?? languageByScript(scored.speeches.map(({ text }) => text).join('\n'));
  const turns = turnsSection({ subject, marks, groundings: new Map(), fidelity: [], questions: [] });
  const sections = [
    ['convergence', 'Convergence', convergenceSection(subject)],
    ['movement', 'Who moved', movementSection(subject, movements)],
    ['acceptability', 'Red lines', acceptabilitySection(subject)],
    ['positions', 'Positions', positionsSection(subject, quoteLinks(marks, subject))],
    ['off-record', 'Off the record', offRecordSection(subject)],
    ['debate', 'What was said', turns],
    ['guide', 'How to read the figures', guideSection()],
  ] as const;
  const shown = sections.filter(([, , section]) => section !== null);
  return page({
    title: `${scored.name}: how far it converged`,
    label: scored.simulated ? 'Simulated: not a language model' : 'A transcript, scored',
    contents: shown.map(([id, name]) => [id, name]),
    header: spokenIn(language, masthead(report)),
    sections: spokenIn(language, html`${shown.map(([, , section]) => section)}`),
    madeBy: `Scored by parley ${scored.parley}, seed ${scored.seed}.`,
  });
}

function masthead({ scored, subject, counting }: ScoreReport): Markup {
  const names = listed(counting.map((id) => personOf(subject, id).name));
  const who = counting.length === subject.cast.length ? 'Everyone counts.' : `${names} count for C.`;
  const label = scored.simulated ? 'Simulated' : 'Scored';
  const meaning = scored.simulated
    ? 'The words are a built-in simulator’s, not a language model’s'
    : 'A transcript, read for positions';
  return html`<header class="masthead">
<p class="kicker"><strong class="label">${label}</strong> ${meaning}</p>
<h1>How far ${scored.name} converged</h1>
<p class="standfirst">${counted(scored.speeches.length, 'turn')} by ${counted(scored.cast.length, 'speaker')}, in ${counted(scored.verdicts.length, 'round')}: ${roundsInWords(scored)}. Held against ${counted(scored.agenda.length, 'issue')}, ${scored.agendaFrom}. ${who}</p>
${scored.controls.map((control) => html`<p class="doubt"><strong>${controlSentence(control)}</strong></p>`)}
<p class="disclaimer">Judge: ${judgeInWords(scored)}</p>
${castList(subject)}
${ownLines(subject)}
${keyFigures(subject, scored.judge.alsoSpeaks)}
</header>`;
}
