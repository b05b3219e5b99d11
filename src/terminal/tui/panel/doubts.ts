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
import { column, justified, type Row, span } from '../span.ts';
import { type Section, titleRow } from './sections.ts';

/** Rows at most; how many there are stands in the heading. */
const most = 4;

/** Who crossed a red line of its own: before all else, since it is a break of role or a real concession. */
export function ownLinesSection(debate: Debate, columns: number): Section {
  const convergence = latestReading(debate)?.convergence;
  const crossed = convergence ? ownLinesCrossed(convergence) : [];
  if (crossed.length === 0) return { rank: 1, rows: [] };
  const lines = crossed.map((line) => ({ ...line, holder: line.speaker }));
  return {
    rank: 1,
    rows: [
      [span('OWN RED LINE CROSSED', 'alarm')],
      ...lines.slice(0, most).map((line) => breachRow(line, debate, columns)),
      ...moreRow(lines.length - most),
    ],
  };
}

/** Whose stand another one's red line does not allow, on what: ordinary disagreement, a row each. */
function acceptanceSection(debate: Debate, columns: number): Section {
  const convergence = latestReading(debate)?.convergence;
  if (!convergence || convergence.acceptable.share === null) return { rank: 4, rows: [] };
  const beyond = beyondOthersLines(convergence);
  if (beyond.length === 0) {
    const kept = ownLinesCrossed(convergence).length === 0;
    return kept
      ? { rank: 4, rows: [[span('✓ ', 'good'), span('no red line is touched')]] }
      : { rank: 4, rows: [] };
  }
  return {
    rank: 4,
    rows: [
      titleRow('distance to acceptance', counted(beyond.length, 'stand'), columns),
      ...beyond.slice(0, most).map((breach) => breachRow(breach, debate, columns)),
      ...moreRow(beyond.length - most),
    ],
  };
}

function moreRow(more: number): Row[] {
  return more > 0 ? [[span(`  and ${more} more`, 'muted')]] : [];
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
export function factsSection(debate: Debate, columns: number): Section {
  const facts = factsNow(debate);
  if (!facts) return { rank: 4, rows: [] };
  const { ledgers, last, warning } = facts;
  const path = ledgers.map(({ alive }) => alive).join(' → ');
  return {
    rank: 4,
    rows: [
      titleRow('facts alive', `${last.alive} of ${last.total}`, columns),
      ...note('', ledgers.length > 1 ? `${path} by round` : ledgerInWords(last), 'text', columns),
      ...(warning ? note('!', lossInWords(warning), 'alarm', columns) : []),
    ],
  };
}

/** How far everyone would settle from where it stands in public, by the last poll; nothing where nobody was asked. */
export function offRecordSection(debate: Debate, columns: number): Section {
  const round = debate.polls.at(-1)?.round;
  const gaps = round === undefined ? null : gapsOfRound(debate, round);
  if (!gaps) return { rank: 7, rows: [] };
  const rows = gaps.map(({ speaker, gap }): Row => {
    const { glyph, short, meaning } = personOf(debate, speaker);
    const figure = gap === null ? '–' : `${(gap * scale.high).toFixed(1)} of ${scale.high} off`;
    const left: Row = [span(`${glyph} `, meaning), span(short)];
    return justified(left, [span(figure, 'muted')], Math.min(widest, columns));
  });
  return { rank: 7, rows: [titleRow('off the record', `after round ${round}`, columns), ...rows] };
}

/** How much the figures rest on, the red lines touched, and every reason to doubt. */
export function evidenceSections(debate: Debate, columns: number): Section[] {
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
  return [
    { rank: 3, rows: warnings },
    acceptanceSection(debate, columns),
    {
      rank: 6,
      rows: [
        titleRow('evidence', '', columns),
        [span(`coverage ${percent(coverage)}${quotes}`, coverage < 0.7 ? 'caution' : 'text')],
        ...takenBack,
      ],
    },
    outlookSection(debate, verdict.advice.why, columns),
    judgeSection(debate, convergence.judge, columns),
  ];
}

/** What the interval rests on: how far its readers are off, what several are worth, and which of them also speak. */
function judgeSection({ models, started }: Debate, judge: Convergence['judge'], columns: number): Section {
  const sentences = readerSentences(judge, judgesThatSpeak(models, started.cast));
  if (sentences.length === 0) return { rank: 8, rows: [] };
  const votes =
    (judge.judges ?? 1) > 1 ? `${judge.judges} judges, ${(judge.votes ?? 1).toFixed(1)} votes` : '';
  return {
    rank: 8,
    rows: [
      titleRow('judge', votes, columns),
      ...sentences.flatMap((sentence) => note('', sentence, 'text', columns)),
    ],
  };
}

/** What code advises, while there is something to continue. */
function outlookSection({ ended }: Debate, advice: string, columns: number): Section {
  if (ended) return { rank: 5, rows: note('■', endedInWords[ended.reason], 'accent', columns) };
  return { rank: 5, rows: [titleRow('outlook', '', columns), ...note('', advice, 'text', columns)] };
}

/** A sign and a text beside it that keeps its own edge. */
function note(sign: string, text: string, meaning: Meaning, columns: number): Row[] {
  const lead = sign === '' ? '' : `${sign} `;
  return wrapText(text, Math.min(widestNote, columns) - lead.length).map((line, index) =>
    index === 0 ? [span(lead, meaning), span(line)] : [span(' '.repeat(lead.length)), span(line)],
  );
}

const widestNote = 64;
const mostRetractions = 2;
