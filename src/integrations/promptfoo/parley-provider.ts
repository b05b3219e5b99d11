import { join } from 'node:path';
import { z } from 'zod';
import { measureDebate } from '../../compare/measure-debate.ts';
import { type Debate, nameOf } from '../../debate/debate.ts';
import { failure, type Outcome, ParleyError, success } from '../../debate/outcome.ts';
import { settingsSchema } from '../../debate/setup.ts';
import { type RunDebateOptions, runDebate } from '../../run/run-debate.ts';
import { orKnown } from '../../text/near-names.ts';

const text = z.string().trim().min(1);
const seed = z.int().min(0).max(2_147_483_647);

/** A provider's `config`; `basePath` is promptfoo's own. */
const configSchema = z.strictObject({
  ...settingsSchema.partial().shape,
  scenario: text.optional(),
  strategy: text.optional(),
  model: text.optional(),
  models: z.record(z.string(), text).optional(),
  baseUrl: text.optional(),
  /** Of the first repeat; each further one adds 1. */
  seed: seed.optional(),
  /** Folder for the runs. */
  transcripts: text.optional(),
  /** What the answer's `output` is. */
  output: z.enum(['statement', 'transcript', 'json']).optional(),
  basePath: z.string().optional(),
});

/** A test's variables that change a debate; others are the test's own. */
const varsSchema = z.object({
  scenario: text.optional(),
  strategy: text.optional(),
  seed: seed.optional(),
});

interface DebateAsked {
  options: RunDebateOptions & { transcripts: string };
  output: 'statement' | 'transcript' | 'json';
}

interface TestFacts {
  /** As promptfoo rendered it. */
  prompt: string;
  vars: Readonly<Record<string, unknown>>;
  repeatIndex: number;
}

/** The debate that a config and a test ask for; the variables go before the config, and the prompt comes last. */
function readAsked(config: unknown, { prompt, vars, repeatIndex }: TestFacts): Outcome<DebateAsked> {
  const parsed = configSchema.safeParse(config);
  if (!parsed.success) return faulty('config', parsed.error);
  const test = varsSchema.safeParse(vars);
  if (!test.success) return faulty('vars', test.error);
  const { basePath: _, output = 'statement', transcripts = 'transcripts', ...settings } = parsed.data;
  const strategy = test.data.strategy ?? settings.strategy ?? (prompt.trim() || 'plain');
  const scenario = test.data.scenario ?? settings.scenario;
  const options = {
    ...settings,
    ...(scenario === undefined ? {} : { scenario }),
    strategy,
    transcripts,
    seed: (test.data.seed ?? settings.seed ?? 1) + repeatIndex,
  };
  return success({ options: withoutGaps(options), output });
}

function faulty(where: string, error: z.ZodError): Outcome<never> {
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const near = orKnown(key, Object.keys(configSchema.shape));
    return failure('bad-option', `${where} of the parley provider has no "${key}"${near}`);
  }
  return failure(
    'bad-option',
    `${where}.${issue?.path.join('.')} of the parley provider: ${issue?.message}.`,
  );
}

/** Options that were left open, taken out: for them the usual ones hold. */
function withoutGaps<Options extends object>(options: Options): DebateAsked['options'] {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as unknown as DebateAsked['options'];
}

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
  /** promptfoo looks for the name in `package:parley-debate/promptfoo:ParleyProvider` on a module's default export. */
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

/** What promptfoo takes from a provider; `error` and `output` exclude each other. */
interface ProviderAnswer {
  output?: string | object;
  error?: string;
  tokenUsage?: {
    total: number;
    prompt: number;
    completion: number;
    numRequests: number;
    completionDetails: { cacheReadInputTokens: number };
  };
  /** US dollars; absent where a model's price is unknown. */
  cost?: number;
  metadata?: Record<string, unknown>;
}

/** A debate as promptfoo's assertions can look at it. One that failed is an error, with all there is of it. */
function debateAnswer(debate: Debate, { options, output }: DebateAsked): ProviderAnswer {
  const { totals, ended } = debate;
  const known = {
    tokenUsage: {
      total: totals.inputTokens + totals.outputTokens,
      prompt: totals.inputTokens,
      completion: totals.outputTokens,
      numRequests: totals.calls,
      completionDetails: { cacheReadInputTokens: totals.cachedTokens },
    },
    ...(totals.unpricedCalls > 0 ? {} : { cost: totals.costUsd }),
    metadata: metadataOf(debate, options.transcripts),
  };
  if (ended?.reason === 'failed' || ended?.reason === 'stopped') return { error: ended.detail, ...known };
  return { output: outputOf(debate, output), ...known };
}

function metadataOf(debate: Debate, transcripts: string): Record<string, unknown> {
  const { started, ended, verdicts, answers, turns } = debate;
  const place = { arm: started.strategy, article: started.article.title, cell: started.debate };
  const { grounding, fidelity, hollow, converged } = measureDebate(debate, place);
  const last = verdicts.at(-1)?.convergence ?? null;
  return {
    convergence: last?.principals ?? null,
    interval: last?.interval ?? null,
    convergenceAll: last?.all ?? null,
    convergenceMin: last?.min ?? null,
    coverage: last?.coverage ?? null,
    confidence: last?.confidence.level ?? null,
    acceptable: last?.acceptable.share ?? null,
    ...{ converged, grounding, fidelity, hollow },
    ending: ended?.reason ?? null,
    detail: ended?.detail ?? '',
    rounds: verdicts.length,
    turns: turns.length,
    signed: answers.filter(({ answer }) => answer === 'signed').map(({ persona }) => persona),
    scenario: started.scenario.id,
    strategy: started.strategy,
    models: Object.fromEntries(Object.entries(debate.models).map(([role, { spec }]) => [role, spec])),
    seed: started.seed,
    simulated: started.simulated,
    disclaimer: started.disclaimer,
    unpricedCalls: debate.totals.unpricedCalls,
    run: join(transcripts, started.debate),
  };
}

function outputOf(debate: Debate, kind: DebateAsked['output']): string | object {
  const { turns, statement, answers } = debate;
  switch (kind) {
    case 'transcript':
      return turns.map(({ speaker, text }) => `[${nameOf(debate, speaker)}]: ${text}`).join('\n\n');
    case 'json':
      return {
        turns: turns.map(({ turn, round, speaker, kind: made, text }) => ({
          turn,
          round,
          speaker,
          kind: made,
          text,
        })),
        statement: statement && { text: statement.text, items: statement.items },
        answers: answers.map(({ persona, answer, reason }) => ({ persona, answer, reason })),
        positions: (debate.verdicts.at(-1)?.cells ?? []).filter(({ stand }) => stand === 'position'),
      };
    case 'statement':
      return statement?.text ?? debate.ended?.detail ?? '';
  }
}
