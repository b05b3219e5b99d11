import { type Debate, nameOf, type Turn } from '../debate/debate.ts';
import type { Settings } from '../debate/setup.ts';
import { caucusBlock, questionBlock, turnBlock } from './blocks.ts';

/** One thing said in public, as a block of a prompt. */
export interface Said {
  /** The event's number in the journal. */
  number: number;
  /** A speaker's id; null for a question of the person watching. */
  speaker: string | null;
  isSpeech: boolean;
  block: string;
}

/** Everything said in public, in order; private notes are not. With a persona, what was said to it in private stands there too. */
export function timelineOf(debate: Debate, persona: string | null = null): Said[] {
  const turns = debate.turns.map((turn): Said => {
    const { number, speaker, kind } = turn;
    return { number, speaker, isSpeech: kind === 'speech', block: blockOf(turn, nameOf(debate, speaker)) };
  });
  const questions = debate.questions.map(
    (question): Said => ({
      number: question.number,
      speaker: null,
      isSpeech: false,
      block: questionBlock(question),
    }),
  );
  const caucus = debate.caucus
    .filter(({ to }) => to === persona)
    .map((turn): Said => {
      const { number, speaker, to, round, text } = turn;
      const names = [nameOf(debate, speaker), nameOf(debate, to)] as const;
      const block = caucusBlock({ number: turn.turn, round, speaker, to, names, text });
      return { number, speaker, isSpeech: false, block };
    });
  return [...turns, ...questions, ...caucus].sort((one, other) => one.number - other.number);
}

/** A turn never changes, and stands in every prompt after it. */
const blocks = new WeakMap<Turn, { name: string; block: string }>();

function blockOf(turn: Turn, name: string): string {
  const known = blocks.get(turn);
  if (known?.name === name) return known.block;
  const block = turnBlock({ number: turn.turn, speaker: turn.speaker, name, text: turn.text });
  blocks.set(turn, { name, block });
  return block;
}

/** The settings under which an event came about: a debate may be resumed with others. */
export function settingsAt(debate: Debate, eventNumber: number): Settings {
  const last = debate.resumptions.findLast((resumption) => resumption.number < eventNumber);
  return last?.settings ?? debate.started.settings;
}

/**
 * The first event that a speaker of a round did not know when it was prompted. Where all speak at once that is the
 * round's first speech, so that what is said during a round is heard in the next one; else it is its own speech.
 */
export function horizonOf(debate: Debate, round: number, eventNumber: number): number {
  if (settingsAt(debate, eventNumber).order !== 'simultaneous') return eventNumber;
  const first = debate.turns.find((turn) => turn.kind === 'speech' && turn.round === round);
  return Math.min(eventNumber, first?.number ?? eventNumber);
}
