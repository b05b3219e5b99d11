import { type Agenda, scale } from '../debate/agenda.ts';
import { type Debate, fold } from '../debate/debate.ts';
import type { DebateEvent } from '../debate/events.ts';
import { currentRound } from '../debate/next.ts';
import type { BareStand, ReplacementSpeeches } from '../prompts/replacement-speeches.ts';
import { sentencesOf } from '../text/sentences.ts';
import type { Counterpart, Shift } from './shifts.ts';

/** What a speaker hears in place of the counterpart's speech. `without-3`: the speech without its third sentence. */
export type Condition = 'real' | 'silence' | 'bare' | 'vacuous' | 'other-mouth' | `without-${number}`;

/** The four conditions that apportion a shift. */
export const mainConditions = ['real', 'silence', 'bare', 'vacuous'] as const satisfies readonly Condition[];

/** A speech as it is heard under a condition. */
export interface HeardSpeech {
  speaker: string;
  text: string;
}

/** What is said in the counterpart's place. Null where a condition needs a stand or another mouth and there is none. */
export function speechUnder(
  condition: Condition,
  { turn, position }: Counterpart,
  shift: Shift,
  debate: Debate,
  speeches: ReplacementSpeeches,
): HeardSpeech | null {
  const { speaker, text } = turn;
  if (condition === 'real') return { speaker, text };
  if (condition === 'silence') return { speaker, text: speeches.silence() };
  if (condition === 'other-mouth') {
    const other = debate.started.cast.find(({ id }) => id !== speaker && id !== shift.speaker);
    return other ? { speaker: other.id, text } : null;
  }
  if (condition === 'bare' || condition === 'vacuous') {
    if (position === null) return null;
    const stand = bareStand(debate.started.agenda, shift.issue, position);
    const words = text.split(/\s+/).length;
    return { speaker, text: condition === 'bare' ? speeches.bare(stand) : speeches.vacuous(stand, words) };
  }
  return { speaker, text: withoutSentence(text, Number(condition.slice('without-'.length))) };
}

/** The sentences of a speech that can be left out, by their number from 1: those long enough to hold a reason, the longest first. */
export function sentencesToLeaveOut(text: string, most: number): { number: number; text: string }[] {
  return sentencesOf(text)
    .map((sentence, index) => ({ number: index + 1, text: sentence.text }))
    .filter((sentence) => sentence.text.split(/\s+/).length >= 4)
    .sort((one, other) => other.text.length - one.text.length)
    .slice(0, most);
}

function withoutSentence(text: string, number: number): string {
  const sentence = sentencesOf(text)[number - 1];
  if (!sentence) throw new Error(`the speech has no sentence ${number}`);
  return `${text.slice(0, sentence.start)}${text.slice(sentence.end)}`.replace(/ {2,}/g, ' ').trim();
}

/** A position in the wording of the agenda: at an anchor, or between the two next to it, to half a point. */
function bareStand(agenda: Agenda, issueId: string, position: number): BareStand {
  const issue = agenda.find(({ id }) => id === issueId);
  if (!issue) throw new Error(`${issueId} is not on the agenda`);
  const anchors = [scale.low, 3, scale.high]
    .map((at) => ({ text: issue.anchors[at as 0 | 3 | 6], away: Math.abs(at - position) }))
    .sort((one, other) => one.away - other.away);
  const [near, far] = anchors;
  if (!near || !far) throw new Error('an issue has three anchors');
  const wording =
    near.away <= 0.25
      ? { at: near.text }
      : near.away < 1.25
        ? { near: near.text, far: far.text }
        : { low: near.text, high: far.text };
  return { issue: issue.title, wording };
}

/**
 * The debate as it stood before a speech, with another speech in the counterpart's place and a question put to the
 * speaker, so that its answer tells where it stands whatever it heard. What followed the counterpart's speech stays as it
 * was: only what one speaker hears of one speech is changed.
 */
export function debateBefore(
  events: readonly DebateEvent[],
  turn: number,
  counterpart: Counterpart,
  heard: HeardSpeech,
  question: string,
): Debate {
  const end = events.findIndex((event) => event.type === 'turn-ended' && event.turn === turn);
  if (end < 0) throw new Error(`the debate has no turn ${turn}`);
  const before = events.slice(0, end);
  while (before.at(-1)?.type === 'attempt-failed') before.pop();
  const changed = before.map((event) =>
    event.type === 'turn-ended' && event.turn === counterpart.turn.turn
      ? { ...event, speaker: heard.speaker, text: heard.text }
      : event,
  );
  const debate = fold(asked(changed, turn, question));
  if (!debate) throw new Error('a journal with a speech has a start');
  return debate;
}

/** Puts a question where the next speaker hears it: last of all, or before the round where all speak at once. */
function asked(events: readonly DebateEvent[], turn: number, text: string): DebateEvent[] {
  const debate = fold(events);
  const last = events.at(-1);
  if (!debate || !last) throw new Error('a journal with a speech has a start');
  const round = currentRound(debate);
  const first = events.findIndex(
    (event) => event.type === 'turn-ended' && event.kind === 'speech' && event.round === round,
  );
  const place = debate.settings.order === 'simultaneous' && first >= 0 ? first : events.length;
  const question: DebateEvent = {
    ...{ type: 'question-asked', v: last.v, at: last.at, number: place },
    ...{ afterTurn: turn - 1, text },
  };
  const later = events.slice(place).map((event) => ({ ...event, number: event.number + 1 }));
  return [...events.slice(0, place), question, ...later];
}
