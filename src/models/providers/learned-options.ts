import type { CallRequest, ChatModel, Refusal } from '../types.ts';
import type { ProviderModel } from './provider.ts';

/**
 * Remembers for one model which options its server does not take. `droppable` maps each option that a request can
 * do without to the words by which refusals name it.
 */
export class OptionMemory {
  readonly #droppable: Record<string, RegExp>;
  readonly #dropped = new Set<string>();

  constructor(droppable: Record<string, RegExp>) {
    this.#droppable = droppable;
  }

  /** The options without those that were refused before. */
  allowed(options: Record<string, unknown>): Record<string, unknown> {
    if (this.#dropped.size === 0) return options;
    return Object.fromEntries(Object.entries(options).filter(([name]) => !this.#dropped.has(name)));
  }

  /** True where the refusal names an option that was sent, which from now on is left out. */
  adapt({ reason, detail, options }: Refusal): boolean {
    if (reason !== 'bad-request' && reason !== 'server-error') return false;
    for (const [name, words] of Object.entries(this.#droppable)) {
      // Another call may have learned it meanwhile: what was sent with this one counts.
      if (options[name] === undefined || !words.test(detail)) continue;
      this.#dropped.add(name);
      return true;
    }
    return false;
  }
}

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
  #mostRoom = mostRoomTokens;
  /** The most that the server takes as a limit. */
  #mostTokens = Number.POSITIVE_INFINITY;

  constructor(model: string) {
    this.#room = thinkers.test(model) ? roomTokens : 0;
  }

  limitFor(maxOutputTokens: number): number {
    return Math.min(maxOutputTokens + this.#room, this.#mostTokens);
  }

  /** True where another limit is asked for from now on. */
  learn(refusal: Refusal): boolean {
    const { reason, ending, hadThoughts, options } = refusal;
    if (reason === 'bad-request') return this.#keepTo(refusal);
    if (reason === 'context-too-long') return this.#shrink(refusal);
    const ranOut = reason === 'empty' && (ending === 'length' || hadThoughts);
    if (!ranOut || this.#room >= this.#mostRoom || limitIn(options) >= this.#mostTokens) return false;
    this.#room = Math.min(this.#mostRoom, this.#room === 0 ? roomTokens : this.#room * 2);
    return true;
  }

  /** A server that refuses a limit mostly says which it takes. */
  #keepTo({ detail, options }: Refusal): boolean {
    if (!/max_?(completion_|output_|new_)?tokens/i.test(detail)) return false;
    const sent = limitIn(options);
    const stated = [...detail.matchAll(allowed)].map(([, tokens]) => Number(tokens));
    const most = stated.find((tokens) => tokens >= fewestTokens && tokens < sent);
    if (most === undefined) return false;
    this.#mostTokens = most;
    return true;
  }

  /** Prompt and limit together are more than the model's window: room for thoughts is what can be spared. */
  #shrink({ detail, options }: Refusal): boolean {
    const [, window, inAll, before, after] = windowLeft.exec(detail) ?? [];
    const left = Number(window) - Number(before ?? after ?? inAll);
    const excess = limitIn(options) - left;
    if (this.#room === 0 || !(excess > 0 && left > 0)) return false;
    this.#mostRoom = this.#room = Math.max(0, this.#room - excess);
    return true;
  }
}

/** A limit below which nothing can be said. */
const fewestTokens = 64;
const allowed =
  /(?:at most|less than or equal to|exceed|no more than|up to|maximum|<=|≤|>|\[\s*\d+\s*,|between\s+\d+\s+and)[^\d.]{0,24}(\d+)/gi;
/** The window, and the tokens of the messages in the words of vLLM and of those who follow it. */
const windowLeft =
  /maximum context length is (\d+) tokens[^(]*?(?:(?:has|contains) (?:at least )?(\d+) input tokens|\((\d+) in the messages|\((\d+) of text)/is;

/** The limit of a reply's tokens among the options of a call, whatever its provider calls it. */
export function limitIn(options: Record<string, unknown>): number {
  const limits = ['max_tokens', 'max_completion_tokens', 'maxTokens', 'numPredict'];
  return Math.max(...limits.map((name) => Number(options[name] ?? 0)));
}

/** The options of calls to one model, from a request and the limit of its reply; learning from refusals which of them it does not take. */
export function learnedOptions(
  model: string,
  droppable: Record<string, RegExp>,
  optionsOf: (request: CallRequest, maxTokens: number) => Record<string, unknown>,
): ProviderModel['options'] {
  const memory = new OptionMemory(droppable);
  const room = new ThinkingRoom(model);
  return {
    optionsFor: (request) => memory.allowed(optionsOf(request, room.limitFor(request.maxOutputTokens))),
    adapt: (refusal) => room.learn(refusal) || memory.adapt(refusal),
  };
}

/** One model for all calls, made when the first one needs it; a failure to make it is not kept. */
export function once(make: () => Promise<ChatModel>): () => Promise<ChatModel> {
  let made: Promise<ChatModel> | null = null;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
}

type Schema = Record<string, unknown>;

/** Keywords that providers' strict modes refuse or ignore; parley checks the reply against the whole schema anyway. */
const unsupported = new Set([
  '$schema',
  'default',
  'format',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
]);

/** A JSON Schema in the dialect that OpenAI's and Anthropic's strict modes take: closed objects, all properties required. */
export function strictSchema(schema: Schema): Schema {
  const strict: Schema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (unsupported.has(keyword)) continue;
    strict[keyword] = keyword === 'properties' ? mapValues(value as Schema) : inner(value);
  }
  if (strict['properties'] !== undefined) {
    strict['required'] = Object.keys(strict['properties'] as Schema);
    strict['additionalProperties'] = false;
  }
  return strict;
}

function mapValues(properties: Schema): Schema {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, inner(value)]));
}

function inner(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inner);
  return typeof value === 'object' && value !== null ? strictSchema(value as Schema) : value;
}
