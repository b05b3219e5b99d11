import type { Notice } from '../debate/notices.ts';
import { sanitizeText } from '../text/sanitize.ts';
import type { Seat, SeatTurn } from './seats.ts';

/** Where words that were not said yet are kept beside a run. */
interface DraftShelf {
  read(persona: string): string;
  /** An empty text takes the draft away. */
  keep(persona: string, text: string): void;
}

/** Keeps drafts for as long as the process runs. */
function draftsInMemory(): DraftShelf {
  const drafts = new Map<string, string>();
  return {
    read: (persona) => drafts.get(persona) ?? '',
    keep: (persona, text) => void drafts.set(persona, text),
  };
}

/** The seats of people at a screen or a prompt: their turns are told as notices, their words come in by `say`. */
export interface SeatDesk {
  seat: Seat;
  /** Gives the awaited speech of a persona; nothing where none is awaited, or where there are no words. */
  say(persona: string, text: string): void;
  /** Keeps words that are not said yet. */
  keep(persona: string, text: string): void;
  /** Where words that are not said yet outlive the process; until then they are kept in memory. */
  keepDraftsIn(shelf: DraftShelf): void;
  /** Has the model draft the awaited speech; it comes as a notice. */
  draft(persona: string): void;
}

/** Longer than any speech; what is beyond is no speech. */
export const longestWords = 20_000;

export function createSeatDesk(notify: (notice: Notice) => void): SeatDesk {
  let drafts = draftsInMemory();
  const awaited = new Map<
    string,
    { turn: SeatTurn; resolve(text: string | null): void; isDrafting: boolean }
  >();

  const draft = async (persona: string) => {
    const one = awaited.get(persona);
    if (!one || one.isDrafting) return;
    one.isDrafting = true;
    notify({ type: 'seat-draft', persona, state: 'writing', text: '' });
    const drafted = await one.turn.draft();
    one.isDrafting = false;
    if (awaited.get(persona) !== one) return;
    notify(
      drafted.ok
        ? { type: 'seat-draft', persona, state: 'written', text: drafted.value }
        : { type: 'seat-draft', persona, state: 'failed', text: drafted.failure.message },
    );
  };

  const seat = async (turn: SeatTurn) => {
    const persona = turn.member.id;
    if (turn.given !== '') drafts.keep(persona, turn.given);
    const { promise, resolve } = Promise.withResolvers<string | null>();
    awaited.set(persona, { turn, resolve, isDrafting: false });
    const { longest, brief, problems, round, to, statement } = turn;
    notify({
      type: 'seat-turn',
      ...{ persona, turn: turn.turn, round, to, statement, longest, brief, problems },
      text: turn.given === '' ? drafts.read(persona) : turn.given,
    });
    const leave = () => resolve(null);
    turn.signal.addEventListener('abort', leave, { once: true });
    const text = await promise;
    turn.signal.removeEventListener('abort', leave);
    awaited.delete(persona);
    return text;
  };

  return {
    seat: Object.assign(seat, { signs: true as const }),
    say(persona, text) {
      const words = sanitizeText(text).trim().slice(0, longestWords);
      const one = awaited.get(persona);
      if (words === '' || !one) return;
      drafts.keep(persona, '');
      one.resolve(words);
    },
    keep: (persona, text) => drafts.keep(persona, sanitizeText(text).slice(0, longestWords)),
    keepDraftsIn(shelf) {
      drafts = shelf;
    },
    draft: (persona) => void draft(persona),
  };
}
