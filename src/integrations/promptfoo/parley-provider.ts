import type { Debate } from '../../debate/debate.ts';
import { ParleyError, runDebate } from '../../run/run-debate.ts';
import { debateAnswer, type ProviderAnswer } from './answer.ts';
import { type DebateAsked, readAsked } from './asked.ts';

/** What promptfoo gives a provider about the test it runs; only what parley looks at. */
export interface CallContext {
  vars?: Readonly<Record<string, unknown>>;
  /** From 0, under `--repeat`. */
  repeatIndex?: number;
}

/** What promptfoo constructs a provider with. */
export interface ProviderOptions {
  id?: string;
  /** Of parley: scenario, strategy, model, models, rounds and so on; see README. */
  config?: Readonly<Record<string, unknown>>;
  /** Environment variables that go before the process's own. */
  env?: Readonly<Record<string, string | undefined>>;
}

/**
 * A provider of promptfoo (https://www.promptfoo.dev/docs/providers/custom-api/): one call runs one debate. The
 * prompt names the strategy, where neither the test's variables nor the config do. Whatever goes wrong is the
 * answer's `error`, for promptfoo counts it then and goes on.
 */
export default class ParleyProvider {
  /** promptfoo looks for the name in `package:parley/promptfoo:ParleyProvider` on a module's default export. */
  static readonly ParleyProvider = ParleyProvider;

  readonly #id: string;
  readonly #config: Readonly<Record<string, unknown>>;
  readonly #environment: Readonly<Record<string, string | undefined>>;

  constructor({ id, config = {}, env = {} }: ProviderOptions = {}) {
    this.#id = id ?? 'parley';
    this.#config = config;
    this.#environment = { ...process.env, ...env };
  }

  id(): string {
    return this.#id;
  }

  async callApi(
    prompt: string,
    { vars = {}, repeatIndex = 0 }: CallContext = {},
    { abortSignal }: { abortSignal?: AbortSignal } = {},
  ): Promise<ProviderAnswer> {
    const asked = readAsked(this.#config, { prompt, vars, repeatIndex });
    if (!asked.ok) return { error: asked.failure.message };
    try {
      const debate = await this.#run(asked.value, abortSignal);
      return debateAnswer(debate, asked.value);
    } catch (error) {
      if (error instanceof ParleyError) return { error: error.message };
      return { error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
    }
  }

  async #run({ options }: DebateAsked, signal: AbortSignal | undefined): Promise<Debate> {
    const environment = this.#environment;
    const running = await runDebate({ ...options, environment });
    const stop = () => running.stop('promptfoo stopped it.');
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    return running.result().finally(() => signal?.removeEventListener('abort', stop));
  }
}
