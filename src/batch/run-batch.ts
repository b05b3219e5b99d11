import { ParleyError } from '../debate/outcome.ts';
import { type ModelRecord, namedModelSchema } from '../models/model-spec.ts';
import { modelSettingsOf } from '../models/providers/provider.ts';
import type { ResponseCache } from '../models/response-cache.ts';
import type { Price, Timeouts } from '../models/types.ts';
import { openManifest } from '../run/catalogue/manifest.ts';
import { pricedModels } from '../run/role-models.ts';
import { systemClock } from '../run/system-clock.ts';
import { version } from '../run/version.ts';
import type { Batch, BatchOptions, BatchState } from './batch-state.ts';
import { createBatch } from './create-batch.ts';
import { jobsPlace } from './lockstep/job-files.ts';
import { type BatchRequest, type OpenBatch, openBatch } from './open-batch.ts';
import type { FaultyPlan } from './parse-plan.ts';
import type { DebateOutcome } from './planned-debate.ts';
import type { CallLimits } from './rate-limiters.ts';

export interface BatchRun extends Pick<BatchOptions, 'onRun' | 'onDebate' | 'limits' | 'retryFailed'> {
  /** Replies kept from earlier runs; null makes every call. */
  cache: ResponseCache | null;
  /** Milliseconds between two looks at a job, where models that can do so answer in jobs; else null. */
  jobsPollMs: number | null;
}

/** Makes an open batch ready to run; once it has run, its manifest is closed. */
export async function startBatch(open: OpenBatch, { cache, jobsPollMs, ...run }: BatchRun): Promise<Batch> {
  const manifest = await openManifest(open.place, {
    title: open.name,
    planned: open.estimate.debates.planned,
  });
  const batch = createBatch({
    ...{ ...open, ...run, manifest, version, clock: systemClock, jitter: Math.random },
    keepsThoughts: open.plan.keepThoughts ?? false,
    ...(cache === null ? {} : { cache }),
    inJobs: jobsPollMs === null ? null : { folder: jobsPlace(open.place), pollMs: jobsPollMs },
  });
  return { ...batch, run: () => batch.run().finally(manifest.close) };
}

/** A model as a plan or a program names it: a spec such as `openai:NAME`, or a record of a model with its settings. */
export type NamedModel = string | ModelRecord;

/** What a program asks for that runs many debates. */
export interface RunBatchOptions {
  /** Path of a plan file; or a scenario, by its name or its folder, for plain debates of it. */
  plan: string;
  /** Folder of the runs; `transcripts` by default. The same plan in the same folder goes on where it stopped. */
  transcripts?: string;
  /** Model for arms that name none, a spec or a record of one with its settings; `simulator` by default. */
  model?: NamedModel;
  /**
   * Models for what the plan leaves open, by role: `everyone`, a persona's id, `moderator` or `judge`. What the plan names
   * goes before them, as do `model` and `judge`.
   */
  roles?: Readonly<Record<string, NamedModel>>;
  /** Judges in place of the plan's; several share the readings. */
  judge?: NamedModel | readonly NamedModel[];
  /** Seconds that a call may take, for every model that sets none of its own. */
  timeout?: Timeouts;
  /** Where API keys are looked for, such as process.env. Nothing is read from the environment by itself. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** A server that speaks OpenAI's protocol, for models of openai. */
  baseUrl?: string;
  /** US dollars per million tokens for every model, in place of the known price. */
  price?: Price;
  /** Debates in all, a multiple of the arms; what the plan says by default. */
  count?: number;
  /** For all debates together, what earlier runs used included; what the plan says by default. */
  budgetUsd?: number;
  /** Tokens for all debates together, those that earlier runs used included; the plan's limit by default. */
  budgetTokens?: number;
  /** Keep the speakers' thoughts in `thoughts.jsonl` beside each journal; what the plan says by default. */
  keepThoughts?: boolean;
  /** Try debates again that failed; false by default. */
  retryFailed?: boolean;
  /** What may be asked of one provider: 64 calls at once and no limit a minute by default. */
  limits?: Partial<CallLimits>;
  /** A debate rested, failed or was passed over. */
  onDebate?(debate: string, outcome: DebateOutcome): void;
  /** Ends the batch well: the calls under way may end, and everything is saved. */
  signal?: AbortSignal;
}

/** How a batch came out; the debates of earlier runs of the same plan are counted in. */
export interface BatchResult {
  /** Debates of the plan. */
  planned: number;
  /** Debates that came to an end, those of earlier runs included. */
  done: number;
  /** Debates that failed. */
  failed: number;
  /** Run by another process. */
  skipped: number;
  /** Begun and not over, or not begun. */
  left: number;
  /** US dollars used, by calls whose price is known. */
  usd: number;
  /** Tokens used, input and output. */
  tokens: number;
  /** Calls whose price is not known; their dollars are not in `usd`. */
  unpricedCalls: number;
  /** Why not all was run, in words; null where nothing stopped it. */
  stopped: string | null;
}

/**
 * Runs the debates of a plan that are left, each once, and resolves when the last one rests. Throws a ParleyError, before
 * any call is made, where something given does not fit.
 */
export async function runBatch(options: RunBatchOptions): Promise<BatchResult> {
  const open = openOrThrow(await openBatch(requestOf(options)));
  try {
    return await runOpen(open, options);
  } finally {
    await open.release();
  }
}

/** Runs what is left of an open batch for a program. */
export async function runOpen(open: OpenBatch, options: RunBatchOptions): Promise<BatchResult> {
  const { onDebate, signal } = options;
  const { limits, retryFailed } = requestOf(options);
  const priced = pricedModels(open.plan.budget.usd, [...open.models.handles.values()]);
  if (!priced.ok) throw new ParleyError('no-price', priced.failure.message);
  const batch = await startBatch(open, {
    ...{ limits, retryFailed, cache: null, jobsPollMs: null },
    ...(onDebate ? { onDebate } : {}),
  });
  const stop = () => batch.stop('The program that runs the batch stopped it.');
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return resultOf(await batch.run(), open.estimate.debates.planned);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

export function requestOf(options: RunBatchOptions): BatchRequest {
  const { environment = {}, baseUrl, price, timeout, limits, retryFailed = false } = options;
  const { everyone = null, ...byRole } = Object.fromEntries(
    Object.entries(options.roles ?? {}).map(([role, model]) => [role, specOf(model)]),
  );
  const settings = modelSettingsOf({ environment, baseUrl, price, timeout });
  const { model, judge = [] } = options;
  return {
    ...{ file: options.plan, settings, retryFailed, inJobs: false, isDryRun: false, stdin: process.stdin },
    transcripts: options.transcripts ?? 'transcripts',
    model: model === undefined ? (everyone === null ? 'simulator' : null) : specOf(model),
    roles: { everyone, byRole },
    judges: [judge].flat().map(specOf),
    count: options.count ?? null,
    budgetUsd: options.budgetUsd ?? null,
    budgetTokens: options.budgetTokens ?? null,
    keepsThoughts: options.keepThoughts ?? false,
    limits: { mostCalls: 64, requestsPerMinute: null, tokensPerMinute: null, ...limits },
  };
}

/** Throws a ParleyError where a model has a setting that is none. */
function specOf(model: NamedModel): string {
  const read = namedModelSchema.safeParse(model);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new ParleyError(
    'bad-spec',
    `${JSON.stringify(model)}: ${issue?.path.join('.') ?? ''} ${issue?.message}`,
  );
}

export function openOrThrow<Value>(opened: { ok: true; value: Value } | FaultyPlan): Value {
  if (opened.ok) return opened.value;
  const { reason, message } = opened.failure;
  throw new ParleyError(reason, message);
}

function resultOf({ done, failed, skipped, spending, stopping }: BatchState, planned: number): BatchResult {
  const { usd, tokens, unpricedCalls } = spending;
  const left = planned - done - failed - skipped;
  return { planned, done, failed, skipped, left, usd, tokens, unpricedCalls, stopped: stopping };
}
