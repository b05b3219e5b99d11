import { controlSentence } from '../../debate/setup.ts';
import { counted, decimal, percent } from '../../text/figures.ts';
import { listed } from '../../text/wording.ts';
import {
  convergenceText,
  movementText,
  offRecordText,
  redLinesText,
} from '../markdown/convergence-markdown.ts';
import { line } from '../markdown/markdown-text.ts';
import { positionsText, turnsText } from '../markdown/transcript-markdown.ts';
import { personOf, readVerdicts } from '../model/subject.ts';
import { judgeInWords, method, roundsInWords, type ScoreReport } from './score-report.ts';

/** A score as Markdown, with every position's quote and the whole transcript to jump to. */
export function scoreMarkdown(report: ScoreReport): string {
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

function lead({ scored, subject, counting }: ScoreReport): string {
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
      `- Agenda: ${counted(scored.agenda.length, 'issue')}, ${line(scored.agendaFrom)}`,
      `- ${counted(scored.speeches.length, 'turn')} in ${counted(scored.verdicts.length, 'round')}: ${roundsInWords(scored)}`,
    ].join('\n'),
  ].join('\n\n');
}
