import type { CallRequest, Refusal } from '../types.ts';

/** How strictly a reply's shape can be asked for; servers that refuse one are asked for the next. */
const shapes = ['schema', 'json', 'none'] as const;

/** Options that a request can do without. */
const droppable = ['temperature', 'seed', 'stream_options'] as const;

/**
 * The options of a Chat Completions request for one server, which learns from refusals what that server does not
 * take: not every one knows response_format or seed, and some models refuse a temperature.
 */
export class LearnedOptions {
  readonly #dropped = new Set<string>();
  #shape: (typeof shapes)[number] = 'schema';
  #tokenField: 'max_tokens' | 'max_completion_tokens';
  readonly #isCompatible: boolean;

  /** `isCompatible`: a server of someone else's that speaks OpenAI's protocol, more or less. */
  constructor(isCompatible: boolean) {
    this.#isCompatible = isCompatible;
    // OpenAI has deprecated max_tokens; others often know nothing else.
    this.#tokenField = isCompatible ? 'max_tokens' : 'max_completion_tokens';
  }

  optionsFor(request: CallRequest, maxOutputTokens: number): Record<string, unknown> {
    const options: Record<string, unknown> = {
      seed: request.seed,
      stream_options: { include_usage: true },
      ...(request.temperature === null ? {} : { temperature: request.temperature }),
    };
    for (const name of this.#dropped) delete options[name];
    options[this.#tokenField] = maxOutputTokens;
    const format = this.#responseFormat(request);
    if (format !== null) options['response_format'] = format;
    return options;
  }

  /** True where the refused request would now be put differently. */
  adapt({ reason, detail, options }: Refusal): boolean {
    if (reason !== 'bad-request') return false;
    const text = detail.toLowerCase();
    if (/max_(completion_)?tokens/.test(text)) {
      const sent = 'max_tokens' in options ? 'max_tokens' : 'max_completion_tokens';
      // Where another call has learned it first, this one only has to be asked anew.
      if (sent === this.#tokenField) {
        if (this.#dropped.has('token field')) return false;
        this.#dropped.add('token field');
        this.#tokenField = sent === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
      }
      return true;
    }
    for (const name of droppable) {
      if (text.includes(name) && name in options) {
        this.#dropped.add(name);
        return true;
      }
    }
    const isNamed = /response.?format|json.?schema|structured output|grammar/.test(text);
    const sent = options['response_format'];
    if (sent === undefined || !(isNamed || this.#isCompatible)) return false;
    const sentShape = (sent as { type?: unknown }).type === 'json_schema' ? 'schema' : 'json';
    const next = shapes[shapes.indexOf(sentShape) + 1] ?? 'none';
    if (shapes.indexOf(next) > shapes.indexOf(this.#shape)) this.#shape = next;
    return true;
  }

  #responseFormat({ reply }: CallRequest): Record<string, unknown> | null {
    if (reply === undefined || this.#shape === 'none') return null;
    if (this.#shape === 'json') return { type: 'json_object' };
    return { type: 'json_schema', json_schema: { name: reply.name, schema: reply.schema, strict: true } };
  }
}
