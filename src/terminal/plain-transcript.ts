import type { Purpose } from '../debate/calls.ts';
import { type Debate, nameOf } from '../debate/debate.ts';
import type { DebateEvent, EventOf } from '../debate/events.ts';
import { judgesThatSpeak } from '../debate/judges.ts';
import {
  answerPhrase,
  byPerson,
  byStatus,
  caucusCallSentence,
  caucusTitle,
  endedAs,
  forkSentence,
  offersInWords,
  simulatedMark,
  statementTitle,
  turnNote,
} from '../debate/phrases.ts';
import { controlSentence } from '../debate/setup.ts';
import { factsNow, ledgerInWords, lossInWords } from '../grounding/alive-facts.ts';
import { change as changed, decimal, percent, range } from '../text/figures.ts';
import { gapInWords, gapsOfRound, latestReading, newlyCrossed, roleBreaksIn } from './latest-reading.ts';
import { crossedSentence, issueTitle, labelsOfOthers, personOf } from './persona.ts';
import { faultsFromReading, sourceFaults } from './source-faults.ts';
import type { Paint } from './theme/theme.ts';

/** What an event adds to the plain transcript, in paragraphs; none for events that are no part of it. */
export function paragraphsOf(event: DebateEvent, debate: Debate, theme: Paint): string[] {
  switch (event.type) {
    case 'debate-started':
      return [headOf(event, theme)];
    case 'debate-resumed':
      return [theme.paint('(The debate was resumed here.)', 'muted')];
    case 'turn-ended':
      return [headingOf(event, debate, theme), event.text, ...notesUnder(event, debate, theme)];
    case 'verdict-given':
      return [
        ...faultsFromReading(debate, event.round).map((line) => theme.paint(`✗ ${line}`, 'caution')),
        verdictOf(debate, event, theme),
      ];
    case 'facts-traced':
      return [factsParagraph(event, debate, theme)];
    case 'poll-answered':
      return pollOf(event, debate, theme);
    case 'question-asked':
      return [theme.paint('A question from the person watching', 'strong'), event.text];
    case 'statement-drafted':
      return [theme.paint(statementTitle(event), 'strong'), ...itemsOf(event, debate), event.text];
    case 'statement-answered': {
      const wanted = event.change ? ` It would sign with: “${event.change}”` : '';
      return [`${nameOf(debate, event.persona)} ${answerPhrase(event)}: ${event.reason}${wanted}`];
    }
    case 'debate-ended':
      return [`${theme.paint(endedAs[event.reason], 'strong')}. ${event.detail}`];
    case 'caucus-called':
      return [theme.paint(`(${caucusCallSentence(debate, event)})`, 'muted')];
    case 'caucus-spoken':
      return [
        theme.paint(`${caucusTitle(debate, event)} · ${event.part} of ${event.parts}`, 'caution'),
        event.text,
        ...byPersonNote(event),
      ];
    case 'caucus-read':
      return [
        [
          theme.paint(`Offered in private before round ${event.round}`, 'caution'),
          ...offersInWords(debate, event).map((line) => `  ${line}`),
        ].join('\n'),
      ];
    case 'speaker-picked':
    case 'speech-drafted':
    case 'attempt-failed':
      return [];
  }
}

function byPersonNote({ author }: EventOf<'caucus-spoken'>): string[] {
  return author === 'person' ? [`(${byPerson})`] : [];
}

/** The line over a turn: `River authority · round 2 · T7`. */
export function headingOf(
  turn: { speaker: string; round: number; turn: number | null; purpose?: Purpose },
  debate: Debate,
  theme: Paint,
): string {
  const { glyph, name, meaning } = personOf(debate, turn.speaker);
  const painted = theme.paint(`${glyph} ${name}`, meaning);
  const inPrivate = turn.purpose === 'caucus' ? ' · in private before' : ' ·';
  const round = turn.round > 0 ? `${inPrivate} round ${turn.round}` : '';
  const number = turn.turn === null ? '' : ` · T${turn.turn}`;
  return `${painted}${theme.paint(`${round}${number}`, 'muted')}`;
}

/** What follows a turn: that it did not end by itself, and where its words are not those of their source. */
export function notesUnder(turn: EventOf<'turn-ended'>, debate: Debate, theme: Paint): string[] {
  const ending = turnNote(turn);
  const faults = turnFaults(debate, turn).map((line) => theme.paint(`✗ ${line}`, 'caution'));
  return [
    ...(ending === '' ? [] : [theme.paint(`(${ending})`, 'caution')]),
    ...(faults.length === 0 ? [] : [faults.join('\n')]),
  ];
}

/** What is wrong with a turn, a line each: its sources, words put into another's mouth, and, once it was read, its role. */
export function turnFaults(debate: Debate, turn: EventOf<'turn-ended'>): string[] {
  return [
    ...sourceFaults(debate, turn).map(({ line }) => line),
    ...labelsOfOthers(debate, turn.speaker, turn.text).map(
      ({ start, end }) => `Words put into another’s mouth: “${turn.text.slice(start, end)}”`,
    ),
    ...roleBreaksIn(debate, turn).map(({ line }) => line),
  ];
}

function headOf(event: EventOf<'debate-started'>, theme: Paint): string {
  const { article, settings } = event;
  const origin = [article.source, article.date].filter((part) => part !== '').join(', ');
  const cast = event.cast.map(({ name, principal }) => (principal ? `${name} (could sign)` : name));
  const specs = [...new Set(Object.values(event.models).map(({ spec }) => spec))];
  return [
    theme.paint(event.scenario.title, 'strong'),
    `Article: ${article.title}${origin === '' ? '' : ` (${origin})`}`,
    `Cast: ${cast.join(', ')}`,
    `Strategy ${event.strategy}, ${settings.rounds} ${settings.rounds === 1 ? 'round' : 'rounds'}, order ${settings.order}, seed ${event.seed}, model ${specs.join(', ')}`,
    ...judgesThatSpeak(event.models, event.cast).map(
      (name) => `${name} speaks and also reads the positions.`,
    ),
    ...(event.forkedFrom ? [forkSentence(event.forkedFrom)] : []),
    ...(event.control ? [theme.paint(controlSentence(event.control), 'caution')] : []),
    ...(event.simulated ? [theme.paint(simulatedMark, 'caution')] : []),
    theme.paint(event.disclaimer, 'muted'),
  ].join('\n');
}

function verdictOf(debate: Debate, verdict: EventOf<'verdict-given'>, theme: Paint): string {
  const lead = theme.paint(`Round ${verdict.round}`, 'strong');
  const reading = latestReading(debate);
  if (verdict.outcome === 'failed' || !reading) return `${lead}: the reading failed. ${verdict.failure}`;
  const { convergence, change } = reading;
  const { principals, interval, coverage } = convergence;
  const figure =
    principals === null
      ? 'too little evidence for a convergence index'
      : `convergence ${theme.paint(decimal(principals), 'accent')}`;
  const between = interval ? ` (${range(interval)})` : '';
  const moved = change === null ? '' : `, ${changed(change)}`;
  const issues = convergence.byIssue.map((one) => {
    return `${issueTitle(debate, one.issue)} ${decimal(one.principals)}`;
  });
  return [
    `${lead}: ${figure}${between}${moved}, coverage ${percent(coverage)}`,
    `  ${issues.join(' · ')}`,
    ...newlyCrossed(debate, verdict).map((line) =>
      theme.paint(`  ✗ ${crossedSentence(debate, line)}`, 'alarm'),
    ),
    ...warningsOf(convergence).map((warning) => theme.paint(`  ! ${warning}`, 'caution')),
  ].join('\n');
}

/** How many facts are alive, and which died in this round. */
function factsParagraph(event: EventOf<'facts-traced'>, debate: Debate, theme: Paint): string {
  const lines = factLines(event, debate);
  return lines
    .map(({ text, isWarning }) => (isWarning ? theme.paint(`  ! ${text}`, 'caution') : text))
    .join('\n');
}

/** What a traced round tells, a line each. */
export function factLines(
  { round, outcome, failure }: EventOf<'facts-traced'>,
  debate: Debate,
): { text: string; isWarning: boolean }[] {
  const facts = factsNow(debate);
  if (outcome === 'failed' || facts?.last.round !== round)
    return [{ text: `Round ${round}: the facts in use could not be read. ${failure}`, isWarning: false }];
  return [
    { text: `Round ${round}: ${ledgerInWords(facts.last)}`, isWarning: false },
    ...facts.lost.map(({ fact, state }) => ({
      text: `  ${state}: ${fact.id} “${fact.quote}” [P${fact.passage}]`,
      isWarning: false,
    })),
    ...(facts.warning ? [{ text: lossInWords(facts.warning), isWarning: true }] : []),
  ];
}

/** One paragraph, once everybody has answered. */
function pollOf({ round }: EventOf<'poll-answered'>, debate: Debate, theme: Paint): string[] {
  const gaps = gapsOfRound(debate, round);
  if (!gaps || gaps.length < debate.started.cast.length) return [];
  const lines = gaps.map(({ speaker, gap }) => `  ${nameOf(debate, speaker)}: ${gapInWords(gap)}`);
  return [[theme.paint(`Off the record, after round ${round}`, 'strong'), ...lines].join('\n')];
}

function warningsOf({ confidence, hollow }: NonNullable<EventOf<'verdict-given'>['convergence']>): string[] {
  const low = confidence.level === 'low' ? [`Low confidence: ${confidence.reasons.join(' ')}`] : [];
  return hollow.isHollow ? [...low, `Hollow agreement: ${hollow.why}`] : low;
}

function itemsOf(event: EventOf<'statement-drafted'>, debate: Debate): string[] {
  if (event.items.length === 0) return [];
  const lines = byStatus(event.items).map(({ issue, status, text }) => {
    return `  ${issueTitle(debate, issue)} (${status}): ${text}`;
  });
  return [lines.join('\n')];
}
