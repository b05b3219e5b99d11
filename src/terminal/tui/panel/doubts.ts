import { scale } from '../../../debate/agenda.ts';
import { type Debate, retractionsAfter } from '../../../debate/debate.ts';
import { judgesThatSpeak, readerSentences } from '../../../debate/judges.ts';
import { endedInWords } from '../../../debate/phrases.ts';
import { beyondOthersLines, ownLinesCrossed } from '../../../debate/red-lines.ts';
import type { Convergence } from '../../../debate/verdict.ts';
import { factsNow, ledgerInWords, lossInWords } from '../../../grounding/alive-facts.ts';
import { wrapText } from '../../../text/columns.ts';
import { counted, percent, position } from '../../../text/figures.ts';
import { gapsOfRound, latestReading } from '../../latest-reading.ts';
import { issueTitle, personOf } from '../../persona.ts';
import type { Meaning } from '../../theme/theme.ts';
import { column, justified, type Row, span, titleRow } from '../span.ts';

/** Rows at most; how many there are stands in the heading. */
const most = 4;

/** Who crossed a red line of its own: before all else, since it is a break of role or a real concession. */
export function ownLinesRows(debate: Debate, columns: number): Row[] {
  const convergence = latestReading(debate)?.convergence;
  const crossed = convergence ? ownLinesCrossed(convergence) : [];
  if (crossed.length === 0) return [];
  const lines = crossed.map((line) => ({ ...line, holder: line.speaker }));
  return [[span('OWN RED LINE CROSSED', 'alarm')], ...breachRows(lines, debate, columns)];
}

/** Whose stand another one's red line does not allow, on what: ordinary disagreement, a row each. */
function acceptanceRows(convergence: Convergence, debate: Debate, columns: number): Row[] {
  if (convergence.acceptable.share === null) return [];
  const beyond = beyondOthersLines(convergence);
  if (beyond.length > 0) {
    const title = titleRow('distance to acceptance', counted(beyond.length, 'stand'), columns);
    return [title, ...breachRows(beyond, debate, columns)];
  }
  const isTouched = ownLinesCrossed(convergence).length > 0;
  return isTouched ? [] : [[span('✓ ', 'good'), span('no red line is touched')]];
}

function breachRows(breaches: readonly Breach[], debate: Debate, columns: number): Row[] {
  const more = breaches.length - most;
  const rows = breaches.slice(0, most).map((breach) => breachRow(breach, debate, columns));
  return more > 0 ? [...rows, [span(`  and ${more} more`, 'muted')]] : rows;
}

interface Breach {
  holder: string;
  speaker: string;
  issue: string;
  position: number;
  min: number;
  max: number;
}

/** `✗ ● 5 on Sequencing   ◆ 0–3.5`: the one who stands there, and the bounds of the one whose line it is. */
function breachRow(breach: Breach, debate: Debate, columns: number): Row {
  const { holder, speaker, issue, position: stands, min, max } = breach;
  const who = personOf(debate, speaker);
  const whose = personOf(debate, holder);
  const bounds = ` ${position(min)}–${position(max)}`;
  const lead = `${position(stands)} on `;
  const room = Math.min(widestTitle, columns - 6 - lead.length - bounds.length);
  return [
    span(holder === speaker ? '✗ ' : '· ', holder === speaker ? 'alarm' : 'caution'),
    span(`${who.glyph} `, who.meaning),
    span(lead),
    span(column(issueTitle(debate, issue), Math.max(4, room))),
    span(` ${whose.glyph}`, whose.meaning),
    span(bounds, 'muted'),
  ];
}

const widestTitle = 34;

const widest = 44;

/** How much of what the article says is still in the debate, round by round; nothing where no facts are followed. */
export function factsRows(debate: Debate, columns: number): Row[] {
  const facts = factsNow(debate);
  if (!facts) return [];
  const { ledgers, last, warning } = facts;
  const path = ledgers.map(({ alive }) => alive).join(' → ');
  return [
    titleRow('facts alive', `${last.alive} of ${last.total}`, columns),
    ...note('', ledgers.length > 1 ? `${path} by round` : ledgerInWords(last), 'text', columns),
    ...(warning ? note('!', lossInWords(warning), 'alarm', columns) : []),
  ];
}

/** How far everyone would settle from where it stands in public, by the last poll; nothing where nobody was asked. */
export function offRecordRows(debate: Debate, columns: number): Row[] {
  const round = debate.polls.at(-1)?.round;
  const gaps = round === undefined ? null : gapsOfRound(debate, round);
  if (!gaps) return [];
  const rows = gaps.map(({ speaker, gap }): Row => {
    const { glyph, short, meaning } = personOf(debate, speaker);
    const figure = gap === null ? '–' : `${(gap * scale.high).toFixed(1)} of ${scale.high} off`;
    const left: Row = [span(`${glyph} `, meaning), span(short)];
    return justified(left, [span(figure, 'muted')], Math.min(widest, columns));
  });
  return [titleRow('off the record', `after round ${round}`, columns), ...rows];
}

/** How much the figures rest on, the red lines touched, and every reason to doubt: each part with its rank in the panel. */
export function evidenceSections(debate: Debate, columns: number): [rank: number, rows: Row[]][] {
  const reading = latestReading(debate);
  if (!reading) return [];
  const { convergence, verdict } = reading;
  const { coverage, cues, confidence, hollow } = convergence;
  const quotes = cues.quoteMatchRate === null ? '' : `  quotes found ${percent(cues.quoteMatchRate)}`;
  const warnings: Row[] = [
    ...(confidence.level === 'low'
      ? note('!', `Low confidence. ${confidence.reasons.join(' ')}`, 'caution', columns)
      : []),
    ...(hollow.isHollow ? note('!', `Hollow agreement. ${hollow.why}`, 'alarm', columns) : []),
  ];
  const retractions = retractionsAfter(debate.verdicts, verdict.round);
  const takenBack = retractions.slice(0, mostRetractions).flatMap(({ speaker, issue, from, to }) => {
    const { glyph } = personOf(debate, speaker);
    return note(
      '↩',
      `${glyph} moved back on ${issueTitle(debate, issue)}${from === null ? '' : ` from ${position(from)}`} to ${position(to)}`,
      'caution',
      columns,
    );
  });
  const covered = span(`coverage ${percent(coverage)}${quotes}`, coverage < 0.7 ? 'caution' : 'text');
  return [
    [3, warnings],
    [4, acceptanceRows(convergence, debate, columns)],
    [6, [titleRow('evidence', '', columns), [covered], ...takenBack]],
    [5, outlookRows(debate, verdict.advice.why, columns)],
    [8, judgeRows(debate, convergence.judge, columns)],
  ];
}

/** What the interval rests on: how far its readers are off, what several are worth, and which of them also speak. */
function judgeRows({ models, started }: Debate, judge: Convergence['judge'], columns: number): Row[] {
  const sentences = readerSentences(judge, judgesThatSpeak(models, started.cast));
  if (sentences.length === 0) return [];
  const votes =
    (judge.judges ?? 1) > 1 ? `${judge.judges} judges, ${(judge.votes ?? 1).toFixed(1)} votes` : '';
  return [
    titleRow('judge', votes, columns),
    ...sentences.flatMap((sentence) => note('', sentence, 'text', columns)),
  ];
}

/** What code advises, while there is something to continue. */
function outlookRows({ ended }: Debate, advice: string, columns: number): Row[] {
  if (ended) return note('■', endedInWords[ended.reason], 'accent', columns);
  return [titleRow('outlook', '', columns), ...note('', advice, 'text', columns)];
}

/** A sign and a text beside it that keeps its own edge. */
function note(sign: string, text: string, meaning: Meaning, columns: number): Row[] {
  const lead = sign === '' ? '' : `${sign} `;
  return wrapText(text, Math.min(widestNote, columns) - lead.length).map((line, index) => [
    index === 0 ? span(lead, meaning) : span(' '.repeat(lead.length)),
    span(line),
  ]);
}

const widestNote = 64;
const mostRetractions = 2;
