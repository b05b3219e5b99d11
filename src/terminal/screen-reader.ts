import { apply, type Debate, nameOf } from '../debate/debate.ts';
import type { DebateEvent, EventOf } from '../debate/events.ts';
import type { Notice } from '../debate/notices.ts';
import {
  answerPhrase,
  because,
  byStatus,
  callOf,
  caucusCallSentence,
  doing,
  endedAs,
  forkSentence,
  offersInWords,
  statementTitle,
  turnNote,
} from '../debate/phrases.ts';
import { controlSentence } from '../debate/setup.ts';
import { decimal, percent, position, range } from '../text/figures.ts';
import { capitalised } from '../text/wording.ts';
import {
  gapInWords,
  gapsOfRound,
  latestReading,
  newlyCrossed,
  standBefore,
  standOf,
} from './latest-reading.ts';
import { sanitizeSignal } from './live-text.ts';
import { createOutput } from './output.ts';
import { crossedSentence, issueTitle } from './persona.ts';
import { factLines, turnFaults } from './plain-transcript.ts';
import { faultsFromReading } from './source-faults.ts';
import type { FrontEnd, OutputStream } from './types.ts';
import { waitTime } from './waits.ts';

export interface ScreenReaderOptions {
  out: OutputStream;
  outClosed?: () => void;
}

/** Plain sentences, only ever appended: no colours, no symbols to be spelt out, nothing rewritten. */
export function createScreenReader({ out, outClosed }: ScreenReaderOptions): FrontEnd {
  const output = createOutput(out, outClosed);
  let debate: Debate | null = null;
  const say = (...sentences: string[]) => {
    for (const sentence of sentences) output.write(`${sentence}\n`);
  };
  return {
    show(signal) {
      const safe = sanitizeSignal(signal);
      if (safe.kind === 'notice') return say(...sentencesOfNotice(safe.notice, debate));
      debate = apply(safe.event.number === 0 ? null : debate, safe.event);
      say(...sentencesOfEvent(safe.event, debate));
    },
    close: () => output.flush(),
  };
}

function sentencesOfEvent(event: DebateEvent, debate: Debate): string[] {
  const who = (speaker: string) => nameOf(debate, speaker);
  switch (event.type) {
    case 'debate-started': {
      const cast = event.cast.map(({ name }) => name).join(', ');
      const simulated = event.simulated ? ['The words are simulated, not those of a language model.'] : [];
      const control = event.control ? [controlSentence(event.control)] : [];
      return [
        `Debate: ${event.scenario.title}`,
        `Speakers: ${cast}.`,
        ...(event.forkedFrom ? [forkSentence(event.forkedFrom)] : []),
        ...control,
        ...simulated,
        event.disclaimer,
      ];
    }
    case 'debate-resumed':
      return ['The debate continues from where it stopped.'];
    case 'caucus-called':
      return [caucusCallSentence(debate, event)];
    case 'caucus-spoken':
      return [
        `In private before round ${event.round}, heard by nobody else: ${who(event.speaker)} says to ${who(event.to)}:`,
        event.text,
        ...(event.author === 'person' ? ['This was written by a person.'] : []),
      ];
    case 'caucus-read':
      return [`Offered in private before round ${event.round}:`, ...offersInWords(debate, event)];
    case 'speaker-picked':
    case 'speech-drafted':
      return [];
    case 'turn-ended': {
      const round = event.round > 0 ? `, round ${event.round}` : '';
      const note = turnNote(event);
      return [
        `Turn ${event.turn}${round}. ${who(event.speaker)} says:`,
        event.text,
        ...(note === '' ? [] : [`This turn was ${note}.`]),
        ...turnFaults(debate, event).map(spokenLabels),
      ];
    }
    case 'attempt-failed':
      if (event.reason === 'aborted') return [];
      // Calls that are made at once: their waits were told as they came, and the events come when all are done.
      if (event.purpose === 'judge' && event.retryInMs !== null) return [];
      return [
        `${capitalised(callOf(who(event.speaker), event.purpose, undefined))}: attempt ${event.attempt} failed, ${because[event.reason]}.`,
      ];
    case 'verdict-given':
      return [
        ...faultsFromReading(debate, event.round).map(spokenLabels),
        ...verdictSentences(event, debate),
      ];
    case 'facts-traced':
      return factLines(event, debate).map(({ text }) => spokenLabels(text.trim()));
    case 'poll-answered': {
      const gap = gapsOfRound(debate, event.round)?.find(({ speaker }) => speaker === event.persona);
      return gap ? [`Off the record: ${who(event.persona)} ${gapInWords(gap.gap)}.`] : [];
    }
    case 'question-asked':
      return [`You asked: ${event.text}`];
    case 'statement-drafted':
      return [
        `${statementTitle(event)}:`,
        ...byStatus(event.items).map(
          ({ issue, status, text }) => `${issueTitle(debate, issue)}, ${status}: ${text}`,
        ),
        event.text,
      ];
    case 'statement-answered': {
      return [
        `${who(event.persona)} ${answerPhrase(event)}: ${event.reason}`,
        ...(event.change ? [`It would sign with: ${event.change}`] : []),
      ];
    }
    case 'debate-ended':
      return [`The debate has ended: ${endedAs[event.reason]}. ${event.detail}`];
  }
}

function verdictSentences(verdict: EventOf<'verdict-given'>, debate: Debate): string[] {
  const reading = latestReading(debate);
  if (verdict.outcome === 'failed' || !reading) {
    return [`The reading of round ${verdict.round} failed. There is no new convergence figure.`];
  }
  const { convergence, change } = reading;
  const { principals, interval, confidence, hollow } = convergence;
  const figure =
    principals === null
      ? 'Too little evidence for a convergence figure'
      : `Convergence ${decimal(principals)}`;
  const between = interval ? [`95% interval: ${range(interval)}.`] : [];
  return [
    `${figure}${moved(change)}.`,
    ...between,
    ...newlyCrossed(debate, verdict).map((line) => spokenLabels(crossedSentence(debate, line))),
    ...moves(verdict, debate),
    ...(confidence.level === 'low' ? [`Low confidence: ${confidence.reasons.join(' ')}`] : []),
    ...(hollow.isHollow ? [`Hollow agreement: ${hollow.why}`] : []),
  ];
}

function moved(change: number | null): string {
  if (change === null) return '';
  const size = decimal(Math.abs(change));
  if (size === '0.00') return ', unchanged';
  return change > 0 ? `, up ${size}` : `, down ${size}`;
}

/** One sentence for each stand that moved: with its kind and reason where these were read, else where it moved by half a point. */
function moves(verdict: EventOf<'verdict-given'>, debate: Debate): string[] {
  const { cast, agenda } = debate.started;
  const told = verdict.convergence?.moves;
  if (told) {
    return told.map(({ speaker, issue, kind, from, to, why }) => {
      const moved = `${nameOf(debate, speaker)} moved on ${issueTitle(debate, issue)} from ${position(from)} to ${position(to)}, of 6`;
      return why === null
        ? `${moved}${kind === 'drift' ? ', and gave no reason' : ''}.`
        : `${moved}, a ${kind}: ${why}`;
    });
  }
  return cast.flatMap(({ id, name }) =>
    agenda.flatMap((issue) => {
      const now = standOf(verdict, id, issue.id);
      const before = standBefore(debate, verdict, id, issue.id);
      if (!now || before === null || Math.abs(now.position - before) < 0.5) return [];
      return `${name} moved on ${issue.title} from ${position(before)} to ${position(now.position)}, of 6.`;
    }),
  );
}

function sentencesOfNotice(notice: Notice, debate: Debate | null): string[] {
  const who = (speaker: string) => (debate ? nameOf(debate, speaker) : speaker);
  switch (notice.type) {
    case 'turn-started':
      return [`${who(notice.speaker)} is ${doing[notice.purpose]}.`];
    // The event of the attempt that failed says it.
    case 'reply-dropped':
      return [];
    case 'waiting': {
      const again = `Trying again in ${spokenUnits(waitTime(notice.milliseconds))}.`;
      const call = callOf(who(notice.speaker), notice.purpose, notice.part);
      return [notice.part ? `${capitalised(call)}: ${because[notice.reason]}. ${again}` : again];
    }
    case 'working':
      return notice.done === 0 ? [`The moderator is ${doing[notice.purpose]}.`] : [];
    case 'budget-near':
      return [`${percent(notice.usedShare)} of the budget is used.`];
    case 'server-noted':
      return [notice.message];
    case 'pausing':
      return ['Pausing once this is done.'];
    case 'paused':
      return ['Paused.'];
    case 'continued':
      return ['Going on.'];
    case 'seat-taken':
      return [`A person speaks for ${who(notice.persona)} from its next speech on.`];
    case 'seat-given-back':
      return [`${who(notice.persona)} is the model’s again.`];
    case 'seat-turn':
      return [
        notice.statement === null
          ? `It is your turn: you speak for ${who(notice.persona)}.`
          : `The closing statement waits for your answer: you sign or refuse for ${who(notice.persona)}.`,
      ];
    case 'seat-draft':
      return [spokenDraft[notice.state], ...(notice.state === 'failed' ? [notice.text] : [])];
    case 'turn-delta':
      return [];
  }
}

const spokenDraft = {
  writing: 'The model is drafting the speech.',
  written: 'The draft is there.',
  failed: 'There is no draft.',
};

/** `2 min 5 s` as a voice should read it: 2 minutes 5 seconds. */
function spokenUnits(time: string): string {
  const units = { h: 'hour', min: 'minute', s: 'second' };
  return time.replace(
    /(\S+) (h|min|s)\b/gu,
    (_, size: string, unit: keyof typeof units) => `${size} ${units[unit]}${size === '1' ? '' : 's'}`,
  );
}

/** `[P3]` read out is three signs. */
function spokenLabels(text: string): string {
  return text.replace(
    /\[([PT])(\d+)\]/gu,
    (_, kind, number) => `${kind === 'P' ? 'passage' : 'turn'} ${number}`,
  );
}
