import { strictSchema } from '../strict-schema.ts';
import { ThinkingRoom } from '../thinking-room.ts';
import type { CallRequest, Refusal } from '../types.ts';
import { OptionMemory } from './option-memory.ts';

/** The options of a Messages request for one model, learning from refusals what it does not take. */
export class AnthropicOptions {
  readonly #memory = new OptionMemory({
    temperature: /temperature/i,
    outputConfig: /output_config|output_format|json.?schema|structured output|\bschema\b/i,
    cache_control: /cache_control/i,
  });
  readonly #room: ThinkingRoom;

  constructor(model: string) {
    this.#room = new ThinkingRoom(model);
  }

  optionsFor({ temperature, maxOutputTokens, reply }: CallRequest): Record<string, unknown> {
    return this.#memory.allowed({
      maxTokens: this.#room.limitFor(maxOutputTokens),
      // Anthropic's own range ends at 1.
      ...(temperature === null ? {} : { temperature: Math.min(1, temperature) }),
      // A speech's prompt returns, longer, in the speaker's next turn; a reading's never does, and writing to the cache costs.
      ...(reply === undefined
        ? { cache_control: { type: 'ephemeral' } }
        : { outputConfig: { format: { type: 'json_schema', schema: strictSchema(reply.schema) } } }),
    });
  }

  /** True where the refused request would now be put differently. */
  adapt(refusal: Refusal): boolean {
    return this.#room.learn(refusal) || this.#memory.adapt(refusal);
  }
}
