import type { ChatMessage } from '../debate/calls.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { CastMember } from '../debate/setup.ts';
import { orKnown } from '../text/near-names.ts';

/** What a person who holds a persona's seat is given when its turn comes. */
export interface SeatTurn {
  /** The persona, with its red lines and declared opening. */
  member: CastMember;
  /** The persona's own text, as Markdown: role, interests, voice, arguments. */
  brief: string;
  /** The number that the speech will get, cited as [T7]; null in a caucus, whose speeches are not numbered among the turns, and for an answer to the closing statement. */
  turn: number | null;
  /** From 1. */
  round: number;
  /** Rounds of the debate. */
  rounds: number;
  /** Who alone hears it, by name, in a caucus; null for a speech to all. */
  to: string | null;
  /**
   * The closing statement that is to be signed or refused; null where a speech is awaited. The words begin with `sign` or `refuse`, then
   * say why; a line that begins with `would sign:` names the words that would let a persona that refuses sign.
   */
  statement: string | null;
  /** Words that a speech is asked to keep to; null for no limit. */
  longest: number | null;
  /** What a model in this seat would be sent: the article with its passages, all that this persona has heard, and the task. */
  prompt: readonly ChatMessage[];
  /** The words given last, where a check found something in them; asked once, and the next words are taken as they are. */
  given: string;
  /** What a check found in the words given last, one sentence each. */
  problems: readonly string[];
  /** Has the persona's model draft the speech. The call is paid for and journaled as a draft; no turn comes of it. */
  draft(): Promise<Outcome<string>>;
  /** Aborts when the run stops or the seat is given back. */
  signal: AbortSignal;
}

/**
 * Speaks for a persona in a model's place, for as long as it takes; null gives the seat back to the model. One that `signs` is also asked
 * for its answer to the closing statement (`Object.assign(seat, { signs: true as const })`); others leave that to the model.
 */
export type Seat = ((turn: SeatTurn) => Promise<string | null>) & { readonly signs?: true };

/** Success where every seat is of somebody in the cast. */
export function checkSeats(
  cast: readonly string[],
  seats: readonly string[],
): Outcome<null, 'unknown-persona'> {
  const stranger = seats.find((persona) => !cast.includes(persona));
  return stranger === undefined ? success(null) : unknownPersona(stranger, cast);
}

function unknownPersona(persona: string, cast: readonly string[]) {
  return failure('unknown-persona', `No persona is called "${persona}"${orKnown(persona, cast)}.`);
}

/** Who holds which seats. A seat taken or given back counts from the persona's next speech on, or at once while its words are awaited. */
export interface Seats {
  /** The personas whose seats are held, in the order they were taken. */
  readonly held: readonly string[];
  take(persona: string, seat: Seat): Outcome<null, 'unknown-persona'>;
  giveBack(persona: string): void;
  /** Asks the holder of a seat; null where nobody holds it, or it is given back before the words come. */
  ask(persona: string, turn: Omit<SeatTurn, 'signal'>, stopped: AbortSignal): Promise<string | null>;
  isHeld(persona: string): boolean;
  /** Is it held, and by one that answers the closing statement? */
  signs(persona: string): boolean;
}

/** `changed` hears of each seat that is taken or given back. */
export function createSeats(
  cast: readonly string[],
  changed: (persona: string, isTaken: boolean) => void,
  shown: () => Promise<void> = async () => {},
): Seats {
  const held = new Map<string, { seat: Seat; release: AbortController }>();
  const giveBack = (persona: string) => {
    const one = held.get(persona);
    if (!held.delete(persona)) return;
    one?.release.abort();
    changed(persona, false);
  };
  return {
    get held() {
      return [...held.keys()];
    },
    take(persona, seat) {
      if (!cast.includes(persona)) return unknownPersona(persona, cast);
      giveBack(persona);
      held.set(persona, { seat, release: new AbortController() });
      changed(persona, true);
      return success(null);
    },
    giveBack,
    isHeld: (persona) => held.has(persona),
    signs: (persona) => held.get(persona)?.seat.signs === true,
    async ask(persona, turn, stopped) {
      await shown();
      const one = held.get(persona);
      if (!one || stopped.aborted) return null;
      const signal = AbortSignal.any([stopped, one.release.signal]);
      const { promise: ended, resolve: end } = Promise.withResolvers<null>();
      const leave = () => end(null);
      signal.addEventListener('abort', leave, { once: true });
      try {
        return await Promise.race([one.seat({ ...turn, signal }), ended]);
      } finally {
        signal.removeEventListener('abort', leave);
      }
    },
  };
}
