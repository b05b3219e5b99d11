import type { Debate } from '../../debate/debate.ts';
import type { EventOf } from '../../debate/events.ts';
import {
  because,
  byPerson,
  byStatus,
  callOf,
  caucusCallSentence,
  endedAs,
  forkSentence,
  offersInWords,
  simulatedMark,
  statementTitle,
  turnNote,
} from '../../debate/phrases.ts';
import { controlSentence } from '../../debate/setup.ts';
import { change as changed, decimal, range } from '../../text/figures.ts';
import { moderatorGlyph } from '../../text/persona-marks.ts';
import { gapInWords, gapsOfRound, newlyCrossed, roleBreaksIn } from '../latest-reading.ts';
import { crossedSentence, issueTitle, labelsOfOthers, personOf } from '../persona.ts';
import { factLines, turnFaults } from '../plain-transcript.ts';
import { faultsFromReading, sourceFaults } from '../source-faults.ts';
import { bodyRows, indent, type Stretch, widestText } from './body-rows.ts';
import type { Entry } from './feed.ts';
import { columnsOf, cutText, emptyRow, justified, type Row, rowWidth, type Span, span } from './span.ts';

/** Narrower headings leave out who could sign. */
const roomForRole = 60;

/** The rows of an entry at a width, ending with an empty one. */
export function rowsOfEntry(entry: Entry, debate: Debate, width: number, showNotes: boolean): Row[] {
  const rows = wordsOfEntry(entry, debate, width, showNotes);
  // Words in private end with an empty row of their own, inside their pane.
  return rows.length === 0 || entry.event.type === 'caucus-spoken' ? rows : [...rows, emptyRow];
}

function wordsOfEntry({ event, change }: Entry, debate: Debate, width: number, showNotes: boolean): Row[] {
  switch (event.type) {
    case 'turn-ended':
      return turnRows(event, debate, width, showNotes);
    case 'verdict-given':
      return [
        ...verdictRows(event, change, width),
        ...crossedRows(event, debate, width),
        ...faultsFromReading(debate, event.round).flatMap((line) => bodyRows(`✗ ${line}`, width, 'caution')),
      ];
    case 'facts-traced':
      return factLines(event, debate).flatMap(({ text, isWarning }) =>
        bodyRows(isWarning ? `! ${text}` : text.trim(), width, isWarning ? 'caution' : 'muted'),
      );
    case 'poll-answered':
      return pollRows(event, debate, width);
    case 'question-asked':
      return [
        [span(' ? ', 'accent'), span('You asked', 'strong'), span(`  after T${event.afterTurn}`, 'muted')],
        ...bodyRows(event.text, width),
      ];
    case 'debate-started':
      return openingRows(event, width);
    case 'debate-resumed':
      return [[span(`${indent}resumed here`, 'muted')]];
    case 'attempt-failed':
      // A call that a person ended, by a key or by words of their own, is no failure.
      return event.reason === 'aborted' ? [] : failureRows(event, debate, width);
    case 'statement-drafted':
      return statementRows(event, debate, width);
    case 'statement-answered':
      return answerRows(event, debate, width);
    case 'debate-ended':
      return [
        [span(' ■ ', 'accent'), span(endedAs[event.reason], 'strong')],
        ...bodyRows(event.detail, width),
      ];
    case 'caucus-called':
      return bodyRows(caucusCallSentence(debate, event), width, 'muted');
    case 'caucus-spoken':
      return caucusRows(debate, event, bodyRows(event.text, width - 2), width);
    case 'caucus-read':
      return [
        ...inPane([
          [span(`${indent}offered here`, 'muted')],
          ...offersInWords(debate, event).flatMap((line) => bodyRows(line, width - 2, 'muted')),
        ]),
        [span(`${pane.bottom}${'─'.repeat(Math.max(0, paneWidth(width) - 2))}`, 'caution')],
      ];
    case 'speaker-picked':
    case 'speech-drafted':
      return [];
  }
}

const pane = { top: ' ╭', side: ' │', bottom: ' ╰' };

function paneWidth(width: number): number {
  return Math.min(width - 1, widestText + 2 * indent.length);
}

/** Rows inside the pane of what two principals say in private. */
function inPane(rows: readonly Row[]): Row[] {
  return rows.map((row) => [span(pane.side, 'caution'), ...row]);
}

/** Words in private, in a pane that the first of them opens and what was read of them closes. */
export function caucusRows(
  debate: Debate,
  said: Pick<EventOf<'caucus-spoken'>, 'speaker' | 'to' | 'round' | 'part' | 'parts'> & {
    author?: 'person' | undefined;
  },
  body: readonly Row[],
  width: number,
): Row[] {
  const { speaker, to, round, part, parts, author } = said;
  const two = `only ${personOf(debate, speaker).short} and ${personOf(debate, to).short} hear this`;
  const heard = paneWidth(width) < roomForRole ? two : `in private, before round ${round}: ${two}`;
  const label = ` ${cutText(heard, paneWidth(width) - 6)} `;
  const top: Row = [
    span(`${pane.top}─${label}${'─'.repeat(Math.max(0, paneWidth(width) - label.length - 3))}`, 'caution'),
  ];
  const right = `to ${personOf(debate, to).short} · ${part} of ${parts}`;
  return [
    ...(part === 1 ? [top] : []),
    ...inPane([
      turnHeading(debate, speaker, right, width - 2),
      ...body,
      ...(author === 'person' ? [[span(`${indent}(${byPerson})`, 'caution')]] : []),
      emptyRow,
    ]),
  ];
}

/** The line over a turn, finished or not. */
export function turnHeading(debate: Debate, speaker: string, right: string, width: number): Row {
  const { glyph, name, meaning, isPrincipal } = personOf(debate, speaker);
  const left: Row = [
    span(` ${glyph} `, meaning),
    span(name, meaning),
    ...(isPrincipal && width >= roomForRole ? [span('  could sign', 'muted')] : []),
  ];
  const edge = Math.min(width - indent.length, widestText + indent.length);
  return justified(left, [span(right, 'muted')], edge);
}

function turnRows(turn: EventOf<'turn-ended'>, debate: Debate, width: number, showNotes: boolean): Row[] {
  const round = turn.round > 0 ? ` · round ${turn.round}` : '';
  const cutNote = turnNote(turn);
  const faults = sourceFaults(debate, turn);
  const breaks = roleBreaksIn(debate, turn);
  const labels = labelsOfOthers(debate, turn.speaker, turn.text);
  const misquote = ({ start, end }: { start: number; end: number }): Stretch => {
    return { start, end, meaning: 'misquote' };
  };
  const marked = [
    ...faults.map(misquote),
    ...breaks.flatMap(({ quote, isTakenOff }): Stretch[] => {
      const start = turn.text.indexOf(quote);
      return isTakenOff || start < 0 ? [] : [{ start, end: start + quote.length, meaning: 'caution' }];
    }),
    ...labels.map(misquote),
  ];
  return [
    turnHeading(debate, turn.speaker, `T${turn.turn}${round}`, width),
    ...(showNotes && turn.notes !== '' ? notesRows(turn.notes, width) : []),
    ...bodyRows(turn.text, width, 'text', marked),
    ...(cutNote === '' ? [] : [[span(`${indent}(${cutNote})`, 'caution')]]),
    ...turnFaults(debate, turn).flatMap((line) => bodyRows(`✗ ${line}`, width, 'caution')),
  ];
}

function notesRows(notes: string, width: number): Row[] {
  const label: Row = [span(`${indent}private notes, seen by nobody in the debate`, 'caution')];
  return [label, ...bodyRows(notes, width, 'muted'), emptyRow];
}

function verdictRows(verdict: EventOf<'verdict-given'>, change: number | null, width: number): Row[] {
  const { convergence, round } = verdict;
  if (!convergence) {
    const lead: Row = [span(`${indent}round ${round} could not be read; no score is given`, 'caution')];
    return [lead, ...bodyRows(verdict.failure, width, 'muted')];
  }
  const { principals, interval } = convergence;
  const figure: Span[] =
    principals === null
      ? [span('too little evidence for an index', 'caution')]
      : [span('convergence ', 'muted'), span(decimal(principals), 'accent')];
  const moved = change === null ? '' : `  ${arrowOf(change)} ${changed(change)}`;
  const lead: Row = [
    span('── ', 'faint'),
    span(`round ${round} read  `, 'strong'),
    ...figure,
    span(moved, 'strong'),
    span(' '),
  ];
  const length = Math.min(width - 2 * indent.length, widestText);
  const between = interval ? [` 95%: ${range(interval)} `, ` ${range(interval)} `] : [];
  const room = length - rowWidth(lead);
  const fitting = between.find((text) => text.length <= room) ?? '';
  const rule = '─'.repeat(Math.max(0, room - fitting.length));
  return [[span(indent), ...lead, span(fitting, 'muted'), span(rule, 'faint')]];
}

/** Own red lines crossed since the last reading: what a reader must see at once. */
function crossedRows(verdict: EventOf<'verdict-given'>, debate: Debate, width: number): Row[] {
  return newlyCrossed(debate, verdict).flatMap((line) => {
    const text = `✗ ${personOf(debate, line.speaker).glyph} ${crossedSentence(debate, line)}`;
    return [
      ...bodyRows(text, width, 'alarm'),
      ...(line.quote === null ? [] : bodyRows(`  “${line.quote}”`, width, 'muted')),
    ];
  });
}

/** ▲ for a rise, ▼ for a fall, ＝ for neither. */
export function arrowOf(change: number): string {
  const rounded = Math.round(change * 100);
  return rounded === 0 ? '=' : rounded > 0 ? '▲' : '▼';
}

function openingRows(event: EventOf<'debate-started'>, width: number): Row[] {
  const { article } = event;
  const origin = [article.source, article.date].filter((part) => part !== '').join(', ');
  return [
    ...bodyRows(event.scenario.title, width, 'strong'),
    emptyRow,
    ...bodyRows(`“${article.title}”`, width),
    ...bodyRows(`${origin === '' ? '' : `${origin}, `}${article.passages.length} passages`, width, 'muted'),
    emptyRow,
    ...(event.forkedFrom ? bodyRows(forkSentence(event.forkedFrom), width, 'caution') : []),
    ...(event.control ? bodyRows(controlSentence(event.control), width, 'caution') : []),
    ...(event.simulated ? bodyRows(simulatedMark, width, 'caution') : []),
    ...bodyRows(event.disclaimer, width, 'muted'),
  ];
}

function pollRows({ round }: EventOf<'poll-answered'>, debate: Debate, width: number): Row[] {
  const gaps = gapsOfRound(debate, round) ?? [];
  return [
    [span(`${indent}off the record after round ${round}`, 'caution')],
    ...gaps.flatMap(({ speaker, gap }) =>
      bodyRows(`${personOf(debate, speaker).name} ${gapInWords(gap)}`, width, 'muted'),
    ),
  ];
}

function failureRows(event: EventOf<'attempt-failed'>, debate: Debate, width: number): Row[] {
  const call = callOf(personOf(debate, event.speaker).name, event.purpose, undefined);
  const lead = `${call}: attempt ${event.attempt} failed, ${because[event.reason]}.`;
  return bodyRows(`↻ ${lead} ${event.message}`, width, 'muted');
}

function statementRows(event: EventOf<'statement-drafted'>, debate: Debate, width: number): Row[] {
  const items = byStatus(event.items).flatMap(({ issue, status, text }): Row[] => {
    const [mark, meaning] = itemMarks[status];
    const title = span(`  ${issueTitle(debate, issue)}`, 'strong');
    return [[span(`${indent}${mark} ${status}`, meaning), title], ...bodyRows(text, width)];
  });
  return [
    [span(` ${moderatorGlyph} `, 'moderator'), span(statementTitle(event), 'moderator')],
    ...items,
    ...(items.length === 0 ? [] : [emptyRow]),
    ...bodyRows(event.text, width),
  ];
}

const itemMarks = {
  agreed: ['✓', 'good'],
  conditional: ['~', 'caution'],
  open: ['✗', 'alarm'],
} as const;

function answerRows(event: EventOf<'statement-answered'>, debate: Debate, width: number): Row[] {
  const { glyph, name, meaning } = personOf(debate, event.persona);
  const signed = event.answer === 'signed';
  const who = [span(` ${glyph} `, meaning), span(name, meaning)];
  const isShort = rowWidth(who) + columnsOf('  ✗ refuses to sign') > width;
  const refuses = isShort ? '  ✗ refuses' : '  ✗ refuses to sign';
  const lead: Row = [...who, span(signed ? '  ✓ signs' : refuses, signed ? 'good' : 'alarm')];
  const wanted = event.change ? bodyRows(`It would sign with: “${event.change}”`, width, 'caution') : [];
  const note: Row[] = event.author === 'person' ? [[span(`${indent}(${byPerson})`, 'caution')]] : [];
  return [lead, ...bodyRows(event.reason, width), ...wanted, ...note];
}
