import type { CallRequest, Refusal } from '../../types.ts';
import { OptionMemory, ThinkingRoom } from '../learned-options.ts';
import { strictSchema } from '../strict-schema.ts';

/** How closely a reply's form can be asked for; a server that refuses one way is asked in the next. */
const forms = ['schema', 'json', 'prompt'] as const;
type Form = (typeof forms)[number];

/**
 * The options of a Chat Completions request, for one model of one server. Learns from refusals what that server does
 * not take: not every one knows response_format or seed, and some models refuse a temperature.
 */
export class OpenAIOptions {
  readonly #isCompatible: boolean;
  readonly #memory = new OptionMemory({
    temperature: /temperature/i,
    seed: /\bseed\b/i,
    stream_options: /stream_options/i,
    reasoning_effort: /reasoning.?effort/i,
  });
  readonly #room: ThinkingRoom;
  #form: Form = 'schema';
  #limitField: 'max_tokens' | 'max_completion_tokens';
  #triedBothLimits = false;
  /** The server sends replies as a whole only. */
  #isWhole = false;
  readonly #effort: string | undefined;

  /** `isCompatible`: a server of someone else's that speaks OpenAI's protocol, more or less. */
  constructor(model: string, isCompatible: boolean, effort?: string) {
    this.#effort = effort;
    this.#isCompatible = isCompatible;
    this.#room = new ThinkingRoom(model);
    // OpenAI has deprecated max_tokens and its newer models refuse it; other servers often know nothing else.
    this.#limitField = isCompatible ? 'max_tokens' : 'max_completion_tokens';
  }

  optionsFor(request: CallRequest): Record<string, unknown> {
    const { seed, temperature } = request;
    const format = this.#responseFormat(request);
    return this.#memory.allowed({
      seed,
      ...(this.#isWhole ? { stream: false } : { stream_options: { include_usage: true } }),
      [this.#limitField]: this.#room.limitFor(request.maxOutputTokens),
      ...(temperature === null ? {} : { temperature }),
      ...(this.#effort === undefined ? {} : { reasoning_effort: this.#effort }),
      ...(format === null ? {} : { response_format: format }),
    });
  }

  /** True where the refused request would now be put differently. */
  adapt(refusal: Refusal): boolean {
    if (this.#room.learn(refusal)) return true;
    if (refusal.reason === 'server-error') return this.#adaptForm(refusal);
    if (refusal.reason !== 'bad-request') return false;
    if (this.#adaptStream(refusal)) return true;
    return this.#adaptLimit(refusal) || this.#memory.adapt(refusal) || this.#adaptForm(refusal);
  }

  #adaptStream({ detail, options }: Refusal): boolean {
    const words =
      /\bstream(ing)?\b(?!_).{0,40}(\bnot\b|n't|\bun)|(not|n't|un).{0,12}\bsupport.{0,12}\bstream(ing)?\b(?!_)/i;
    if (options['stream'] === false || !words.test(detail)) return false;
    this.#isWhole = true;
    return true;
  }

  #adaptLimit({ detail, options }: Refusal): boolean {
    if (!/max_(completion_)?tokens/.test(detail)) return false;
    // Another call may have changed it meanwhile: then this one only has to be asked anew.
    if (!(this.#limitField in options)) return true;
    if (this.#triedBothLimits) return false;
    this.#triedBothLimits = true;
    this.#limitField = this.#limitField === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
    return true;
  }

  #adaptForm({ reason, detail, options }: Refusal): boolean {
    const sent = options['response_format'] as { type: string } | undefined;
    if (sent === undefined) return false;
    const cannotBuild =
      /grammar|guided|xgrammar|outlines|\bregex|schema.{0,40}(convert|compil|pars|support|build)/is.test(
        detail,
      );
    const isNamed =
      cannotBuild || /response.?format|json.?(schema|object|mode)|structured output|\bschema\b/i.test(detail);
    // Some servers refuse what they do not know without a word on what it was; one that failed may just have failed.
    if (!isNamed && (!this.#isCompatible || reason !== 'bad-request')) return false;
    // Where no grammar can be made of a schema, none is asked for: the prompt asks for JSON in words anyway.
    const next = sent.type === 'json_schema' && !cannotBuild ? 'json' : 'prompt';
    if (forms.indexOf(next) > forms.indexOf(this.#form)) this.#form = next;
    return true;
  }

  #responseFormat({ reply }: CallRequest): Record<string, unknown> | null {
    if (reply === undefined || this.#form === 'prompt') return null;
    if (this.#form === 'json') return { type: 'json_object' };
    const schema = strictSchema(reply.schema);
    return { type: 'json_schema', json_schema: { name: reply.name, schema, strict: true } };
  }
}
