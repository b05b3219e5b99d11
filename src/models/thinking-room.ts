import type { Refusal } from './types.ts';

/** Tokens that a model may think with before and besides its reply; a cap, not a cost. */
const roomTokens = 8_192;
const mostRoomTokens = 32_768;

/** Models that think unless told otherwise: OpenAI's o series and GPT-5 and later, Anthropic's fifth generation. */
const thinkers =
  /^(o\d|gpt-([5-9]|\d\d)(?!.*chat)|claude-(opus|sonnet|haiku|fable|mythos)-([5-9]|\d\d)(-|$))/;

/**
 * Providers count a model's thoughts against the limit of its reply: with the limit of a short speech, a thinking
 * model thinks until it is cut off and never speaks. So models that think get room for it on top, those known to
 * at once, others after the first reply that ran out without a word.
 */
export class ThinkingRoom {
  #room: number;

  constructor(model: string) {
    this.#room = thinkers.test(model) ? roomTokens : 0;
  }

  limitFor(maxOutputTokens: number): number {
    return maxOutputTokens + this.#room;
  }

  /** True where more room is given from now on. */
  learn({ reason, ending }: Refusal): boolean {
    if (reason !== 'empty' || ending !== 'length' || this.#room >= mostRoomTokens) return false;
    this.#room = this.#room === 0 ? roomTokens : this.#room * 2;
    return true;
  }
}
