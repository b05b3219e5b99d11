import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { failure, type Outcome } from '../../debate/outcome.ts';
import { openPostgresStore } from '../../journal/postgres/postgres-store.ts';
import type { ModelSettings } from '../../models/providers/provider.ts';
import type { Surroundings } from '../../run/prepare.ts';
import { systemClock } from '../../run/system-clock.ts';
import { version } from '../../run/version.ts';
import type { Plan } from '../plan.ts';
import { createPlanModels, type PlanModels } from '../plan-models.ts';
import { createRateLimiters } from '../rate-limiters.ts';
import { createCallGates } from './call-gates.ts';
import { createClaims } from './debate-claims.ts';
import { type ClaimedDebate, createDebatesInHand } from './debates-in-hand.ts';
import { createPersistence, isPassingTrouble } from './persistence.ts';
import type { PlanDatabase } from './plan-database.ts';
import { createPlanKits, type PlanKitsOptions } from './plan-kits.ts';
import { createPlanWatch, isOver } from './plan-status.ts';
import type { DebateQueue } from './queue.ts';
import type { ClaimRun } from './run-claim.ts';
import { createLimits, keyHash } from './shared-limits.ts';
import { createPromptReader } from './stored-plan.ts';
import { createLeaseWatch, createWorkerRegistry } from './worker-registry.ts';
import { createWorkerState, type WorkerState } from './worker-state.ts';

interface WorkerOptions extends Surroundings, PlanKitsOptions, Pick<ClaimRun, 'watchRun'> {
  pool: Pool;
  queue: DebateQueue;
  /** A number of its own, as a UUID. */
  worker: string;
  /** For people: machine and process. */
  name: string;
  /** After so long without a heartbeat, its debates go to others. */
  leaseMs: number;
  /** Ends once nothing is left that it could run. */
  untilEmpty: boolean;
  /** Calls at once with one provider, at most. */
  mostCalls: number;
  /** Stands for the key with which a model is called, without telling it. */
  keyHashOf(spec: string): string;
  /** What keeps the database from answering; null once it answers again. */
  onTrouble(why: string | null): void;
}

export interface Worker {
  readonly state: WorkerState;
  /** Runs debates until it is stopped or nothing is left. Rejects for bugs, and for a database that refuses. */
  run(): Promise<WorkerState>;
  /** The journal of a debate went to another worker: what would be paid for it is lost. */
  lost(debate: string): void;
  /** Takes no debate and begins no call any more; lets the calls under way end, saves, and gives the debates back. */
  stop(why: string): void;
}

/** Takes debates of submitted plans and runs them, as many at once as the providers accept. */
function createWorker(options: WorkerOptions): Worker {
  const { pool, queue, clock, leaseMs } = options;
  let reachedAt = Number.NEGATIVE_INFINITY;
  const persistence = createPersistence(clock, ({ isOver, message }) => {
    if (isOver) reachedAt = clock.now();
    state.trouble = isOver ? null : message;
    options.onTrouble(state.trouble);
  });
  const registry = createWorkerRegistry(options);
  const claims = createClaims(pool, queue, options.worker);
  const limits = createLimits({ pool, clock, persistence, keyHashOf: options.keyHashOf });
  const planWatch = createPlanWatch({ pool, clock, persistence, onLimits: limits.update });
  const holds = new Map<string, ClaimedDebate>();
  const ending = new AbortController();
  let bug: { error: unknown } | null = null;
  let wake = Promise.withResolvers<void>();

  const changed = () => {
    wake.resolve();
    wake = Promise.withResolvers();
    if (state.stopping !== null) setImmediate(stopIdle);
  };
  /** Calls that have leave may still wait in a limiter that lets none begin. A reply that just came must first reach its debate. */
  const stopIdle = () => {
    if (limiters.all().some(({ underWay }) => underWay > 0)) return;
    for (const held of holds.values()) held.stopNow();
  };
  const kitOf = createPlanKits(options);
  const limiters = createRateLimiters({
    ...{ clock, onChange: changed },
    // Limits a minute hold over all workers, so that no limiter here can keep them by itself.
    limits: { mostCalls: options.mostCalls, requestsPerMinute: null, tokensPerMinute: null },
  });
  const watch = createLeaseWatch({ registry, holds, clock, persistence, leaseMs });
  const state = createWorkerState({ holds, limiters, planWatch, watch });

  const stop = (why: string) => {
    state.stopping ??= why;
    for (const limiter of limiters.all()) limiter.shut();
    for (const held of holds.values()) held.stop(why);
    changed();
  };
  const failed = (error: unknown) => {
    bug ??= { error };
    stop('It met a permanent error.');
  };
  const usedUp = (plan: string) => {
    const own = [...holds.values()].filter(({ claim }) => claim.plan === plan);
    for (const held of own) held.stop("The plan's budget is used up.");
    planWatch.usedUp(plan);
  };
  const gates = createCallGates({
    ...{ pool, worker: options.worker, clock, persistence, limits, vouch: watch.vouch },
    limited: limiters.limited,
    plans: () => planWatch.plans,
    onUsedUp: usedUp,
    onFailure: failed,
  });
  const hands = createDebatesInHand({
    ...options,
    ...{ planWatch, holds, claims, persistence, state, reader: createPromptReader(pool) },
    modelsOf: gates.modelsOf,
    onChange: changed,
    onFailure: failed,
    onHopeless(why) {
      state.isHopeless = true;
      stop(why);
    },
  });

  /** After the database was away, the others must first have had the time to say that they live. */
  async function freeLost(signal?: AbortSignal): Promise<void> {
    if (clock.now() - reachedAt > leaseMs) await persistence.until(() => registry.freeLost(), signal);
  }

  async function beat(): Promise<void> {
    while (!ending.signal.aborted) {
      await clock.sleep(leaseMs / 3, ending.signal);
      if (ending.signal.aborted) return;
      await watch.report();
      await freeLost(ending.signal);
      await planWatch.look();
      changed();
    }
  }

  /** Takes as many debates as there is room for, of the plans in their order; how many those were. */
  async function take(): Promise<number> {
    let taken = 0;
    for (const plan of planWatch.plans) {
      const room = limiters.room() - holds.size;
      if (room <= 0 || state.stopping !== null) break;
      if (plan.isUsedUp || isOver(plan) || !plan.carriesAnother) continue;
      const kit = kitOf(plan);
      const jobs = kit ? await queue.take(plan.id, room) : [];
      if (!kit || jobs.length === 0) continue;
      const own = (await persistence.until(() => claims.claim(plan.id, jobs))) ?? [];
      for (const claim of own) hands.begin(claim, kit);
      taken += own.length;
    }
    return taken;
  }

  /** Nothing waits or is under way that this worker could run, now or once another has let go of it. */
  async function isEmpty(): Promise<boolean> {
    await planWatch.look();
    return planWatch.plans.every((plan) => isOver(plan) || plan.isUsedUp || kitOf(plan) === null);
  }

  async function work(): Promise<void> {
    while (state.stopping === null) {
      try {
        if ((await take()) > 0) continue;
      } catch (error) {
        if (!isPassingTrouble(error)) throw error;
        await planWatch.look();
      }
      if (holds.size === 0 && options.untilEmpty && (await isEmpty())) return;
      await Promise.race([wake.promise, clock.sleep(Math.min(1000, leaseMs / 4), ending.signal)]);
      if (holds.size < limiters.room() && planWatch.age > leaseMs / 10) await planWatch.look();
    }
  }

  async function run(): Promise<WorkerState> {
    await registry.register();
    await planWatch.look();
    const beating = beat().catch(failed);
    await work().catch(failed);
    await hands.rested();
    await gates.settled();
    ending.abort();
    await beating;
    // The queue may have handed on what a killed worker held between two heartbeats: its calls still count.
    if (!state.isHopeless) await freeLost();
    await persistence.until(() => registry.leave());
    if (bug) throw (bug as { error: unknown }).error;
    return state;
  }

  const lost = (debate: string) => {
    for (const held of holds.values()) if (held.claim.job.debate === debate) held.lose();
  };

  return { state, run, stop, lost };
}

interface WorkerRequest
  extends Pick<
    WorkerOptions,
    'name' | 'leaseMs' | 'mostCalls' | 'untilEmpty' | 'report' | 'onTrouble' | 'watchRun'
  > {
  /** Keys and addresses of this machine; prices come with the plans. */
  settings: ModelSettings;
}

/** A worker on a database's plans, with this machine's keys. */
export function openWorker(
  { pool }: PlanDatabase,
  queue: DebateQueue,
  { settings, ...request }: WorkerRequest,
): Worker {
  const { leaseMs, name } = request;
  const worker: Worker = createWorker({
    ...request,
    ...{ pool, queue, version, worker: randomUUID(), clock: systemClock, jitter: Math.random },
    store: openPostgresStore({
      ...{ connection: pool, clock: systemClock, leaseMs, holder: `the worker ${name}` },
      onLeaseLost: (debate) => worker.lost(debate),
    }),
    modelsFor: ({ plan, price }) => modelsHere(plan, { ...settings, ...(price === null ? {} : { price }) }),
    keyHashOf: (spec) => keyHash(spec, settings.environment),
  });
  return worker;
}

/** A plan's models with this machine's keys. Which model is used was decided when the plan was submitted. */
function modelsHere(plan: Plan, settings: ModelSettings): Outcome<PlanModels> {
  const models = createPlanModels(plan, settings);
  if (models.ok || models.failure.reason !== 'missing-key') return models;
  const message = models.failure.message.replace(/\.$/, ' here, and start the worker again.');
  return failure('missing-key', message);
}
