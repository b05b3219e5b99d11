import { estimatePromptTokens } from '../../text/token-estimate.ts';
import { ThinkingRoom } from '../thinking-room.ts';
import type { CallRequest, Refusal } from '../types.ts';
import { OptionMemory } from './option-memory.ts';

const smallestContext = 8_192;
/** How far an estimate of tokens may be short. */
const margin = 1.25;

/** The options of a request to Ollama for one model. */
export class OllamaOptions {
  readonly #memory = new OptionMemory({ format: /format|schema|grammar/i });
  readonly #room: ThinkingRoom;
  #context = smallestContext;

  constructor(model: string) {
    this.#room = new ThinkingRoom(model);
  }

  optionsFor(request: CallRequest): Record<string, unknown> {
    const { temperature, seed, reply } = request;
    const numPredict = this.#room.limitFor(request.maxOutputTokens);
    const needed = estimatePromptTokens(request.messages) * margin + numPredict;
    // Ollama silently cuts the start off a prompt that is longer than its context, which is 4,096 tokens on most
    // machines, and loads the model anew when the size changes: so it grows in large steps and never shrinks.
    while (this.#context < needed) this.#context *= 2;
    return this.#memory.allowed({
      seed,
      numPredict,
      numCtx: this.#context,
      ...(temperature === null ? {} : { temperature }),
      ...(reply === undefined ? {} : { format: reply.schema }),
    });
  }

  /** True where the refused request would now be put differently. */
  adapt(refusal: Refusal): boolean {
    return this.#room.learn(refusal) || this.#memory.adapt(refusal);
  }
}
