import { priceIn } from '../../prices.ts';
import type { CallRequest, Price, Refusal } from '../../types.ts';
import { OptionMemory, once, strictSchema, ThinkingRoom } from '../learned-options.ts';
import {
  type Connection,
  endpointAt,
  openaiModelList,
  type Provider,
  type ProviderModel,
} from '../provider.ts';
import { requestLine } from './job-lines.ts';
import { openaiModel } from './openai-client.ts';

/** OpenAI, and any server that speaks its Chat Completions where a base URL is given. */
export const openai: Provider = {
  name: 'openai',
  title: 'OpenAI',
  keyVariables: ['OPENAI_API_KEY'],
  defaultModel: 'gpt-6-luna',
  knownModels: /^(gpt-|o\d|chatgpt)/,
  keepsThoughtsApart: true,
  endpoint: (from) => endpointAt('https://api.openai.com/v1', from, 'OPENAI_BASE_URL'),
  modelList: openaiModelList,
  // What a cloud asks says nothing about another server that has a model of the same name.
  listPrice: (model, { isCloud }) => (isCloud ? priceIn(prices, model, 'November 2026') : null),
  create: openaiModelParts,
};

/** What calls in OpenAI's protocol need, for any server that speaks it. */
export function openaiModelParts({ model, apiKey, endpoint, fetch, effort }: Connection): ProviderModel {
  const isCompatible = !endpoint.isCloud;
  const connection = { model, apiKey, baseUrl: endpoint.baseUrl, isCompatible, fetch };
  return {
    chatModel: once(() => openaiModel(connection)),
    options: new OpenAIOptions(model, isCompatible, effort),
    jobs: {
      service: async () => (await import('./openai-jobs.ts')).openaiJobs(connection),
      line: (id, { stream_options, ...body }) => requestLine(id, { model, ...body }),
    },
  };
}

/** OpenAI since GPT-5.4: a prompt above 272,000 tokens doubles the input rates and costs half as much again for output. */
function standard(input: number, cachedInput: number, output: number, cacheWrite = input): Price {
  const longPrompt = {
    above: 272_000,
    input: 2 * input,
    cachedInput: 2 * cachedInput,
    cacheWrite: 2 * cacheWrite,
    output: 1.5 * output,
  };
  return { input, cachedInput, cacheWrite, output, longPrompt };
}

/**
 * List prices in US dollars per million tokens, standard processing, as listed in October and November 2026 on
 * https://developers.openai.com/api/docs/pricing and the page of each model below /api/docs/models/.
 * Prices change; models that are not here have no price rather than a guessed one.
 */
const prices: Record<string, Price> = {
  'gpt-6.2-sol': standard(2, 0.1, 10, 2.5),
  'gpt-6-astra': standard(10, 1, 50, 12.5),
  'gpt-6.1-sol': standard(2, 0.1, 10, 2.5),
  'gpt-6.1-terra': standard(1, 0.05, 5, 1.25),
  'gpt-6-sol': standard(2, 0.2, 10, 2.5),
  'gpt-6-luna': standard(0.1, 0.01, 0.5, 0.125),
  'gpt-5.6-sol': standard(4, 0.4, 20, 5),
  'gpt-5.6-terra': standard(2, 0.2, 12, 2.5),
  'gpt-5.6-luna': standard(0.2, 0.02, 1.2, 0.25),
  'gpt-5.5': standard(5, 0.5, 30),
  'gpt-5.4': standard(2.5, 0.25, 15),
  'gpt-5.4-mini': { input: 0.75, cachedInput: 0.075, output: 4.5 },
  'gpt-5.4-nano': { input: 0.2, cachedInput: 0.02, output: 1.25 },
  'gpt-5.2': { input: 1.75, cachedInput: 0.175, output: 14 },
  'gpt-5.1': { input: 1.25, cachedInput: 0.125, output: 10 },
  'gpt-5': { input: 1.25, cachedInput: 0.125, output: 10 },
  'gpt-5-mini': { input: 0.25, cachedInput: 0.025, output: 2 },
  'gpt-5-nano': { input: 0.05, cachedInput: 0.005, output: 0.4 },
  'gpt-4.1': { input: 2, cachedInput: 0.5, output: 8 },
};

/** How closely a reply's form can be asked for; a server that refuses one way is asked in the next. */
const forms = ['schema', 'json', 'prompt'] as const;
type Form = (typeof forms)[number];

/**
 * The options of a Chat Completions request, for one model of one server. Learns from refusals what that server does
 * not take: not every one knows response_format or seed, and some models refuse a temperature.
 */
class OpenAIOptions {
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
