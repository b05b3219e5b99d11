import { ThinkingRoom } from '../thinking-room.ts';
import type { CallRequest, Refusal } from '../types.ts';
import { OptionMemory } from './option-memory.ts';

/** The options that LangChain's models of other providers have in common. Reply formats rest on the prompt alone. */
export class LangChainOptions {
  readonly #memory = new OptionMemory({ temperature: /temperature/i });
  readonly #room: ThinkingRoom;

  constructor(model: string) {
    this.#room = new ThinkingRoom(model);
  }

  optionsFor({ temperature, maxOutputTokens }: CallRequest): Record<string, unknown> {
    return this.#memory.allowed({
      maxTokens: this.#room.limitFor(maxOutputTokens),
      ...(temperature === null ? {} : { temperature }),
    });
  }

  /** True where the refused request would now be put differently. */
  adapt(refusal: Refusal): boolean {
    return this.#room.learn(refusal) || this.#memory.adapt(refusal);
  }
}
