import { type Debate, fullFromOf, nameOf, type Turn } from '../debate/debate.ts';
import { moderatorId } from '../debate/events.ts';
import type { Settings } from '../debate/setup.ts';
import { caucusBlock, type EarlierStand, earlierBlock, questionBlock, turnBlock } from './blocks.ts';

/** One thing said in public, as a block of a prompt. */
export interface Said {
  /** The event's number in the journal. */
  number: number;
  /** A speaker's id; null for a question of the person watching. */
  speaker: string | null;
  isSpeech: boolean;
  /** null for what stands in the block of earlier rounds. */
  block: string | null;
}

/** Is it a turn of a round that stands in a prompt only by its positions? The moderator's opening belongs to no round. */
export function isEarlier({ round }: Pick<Turn, 'round'>, fullFrom: number): boolean {
  return round > 0 && round < fullFrom;
}

/**
 * Everything said in public, in order; private notes are not. With a persona, what was said to it in private stands there too.
 * In place of the first turn of rounds before `fullFrom` stands what was read of all of them.
 */
export function timelineOf(
  debate: Debate,
  persona: string | null = null,
  fullFrom = fullFromOf(debate),
): Said[] {
  const first = debate.turns.find((turn) => isEarlier(turn, fullFrom));
  const turns = debate.turns.map((turn): Said => {
    const { number, speaker, kind } = turn;
    const block = isEarlier(turn, fullFrom) ? null : blockOf(turn, nameOf(debate, speaker));
    return { number, speaker, isSpeech: kind === 'speech', block };
  });
  const earlier: Said[] =
    first === undefined
      ? []
      : [
          {
            number: first.number - 0.5,
            speaker: moderatorId,
            isSpeech: false,
            block: earlierRounds(debate, fullFrom),
          },
        ];
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
  return [...earlier, ...turns, ...questions, ...caucus].sort((one, other) => one.number - other.number);
}

/** Where each speaker stood by its words in rounds before `fullFrom`: its last stand on each issue, and the other ones on the way there. */
function earlierRounds(debate: Debate, fullFrom: number): string {
  const stands = new Map<string, EarlierStand>();
  for (const { cells } of debate.verdicts.filter(({ round }) => round < fullFrom)) {
    for (const cell of cells) {
      if (cell.stand !== 'position') continue;
      const { speaker, issue, position, turn, quote } = cell;
      const { way = [] } = stands.get(`${speaker} ${issue}`) ?? {};
      // The same turn may be read otherwise later: then the later reading holds.
      const isSame = way.at(-1)?.position === position || way.at(-1)?.turn === turn;
      const before = isSame ? way.slice(0, -1) : way;
      const now = { name: nameOf(debate, speaker), issue, quote, way: [...before, { position, turn }] };
      stands.set(`${speaker} ${issue}`, now);
    }
  }
  return earlierBlock(fullFrom - 1, [...stands.values()]);
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
