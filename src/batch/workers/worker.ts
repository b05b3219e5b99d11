import type { Pool } from 'pg';
import type { Surroundings } from '../../run/prepare.ts';
import { hopelessness } from '../hold-debate.ts';
import { type Claim, createClaims } from './claims.ts';
import { createCrew } from './crew.ts';
import { createGuards } from './guards.ts';
import { createHeldDebate, type HeldDebate } from './held-debate.ts';
import { holdClaim, type Outcome } from './hold-claim.ts';
import { createPromptReader } from './kept-prompts.ts';
import { createLeaseWatch } from './lease-watch.ts';
import { createLimits } from './limits-of-providers.ts';
import { createPersistence, isPassingTrouble } from './persistence.ts';
import { type PlanOnBoard, readLimits, readPlans } from './plan-board.ts';
import { createPlanKits, firstCalls, type PlanKit, type PlanKitsOptions } from './plan-kits.ts';
import type { DebateQueue } from './queue.ts';
import { createWorkerState, type WorkerState } from './worker-state.ts';

export interface WorkerOptions extends Surroundings, Pick<PlanKitsOptions, 'modelsFor' | 'mostCalls'> {
  pool: Pool;
  queue: DebateQueue;
  /** A number of its own, as a UUID. */
  worker: string;
  /** For people: machine and process. */
  name: string;
  /** Not heard of for so long, its debates are given to others. */
  leaseMs: number;
  /** Ends once nothing is left that it could hold. */
  untilEmpty: boolean;
  /** Stands for the key with which a model is called, without telling it. */
  keyHashOf(spec: string): string;
  tell(line: string): void;
}

export interface Worker {
  readonly state: WorkerState;
  /** Holds debates until it is stopped or nothing is left. Rejects for bugs, and for a database that refuses. */
  run(): Promise<WorkerState>;
  /** The journal of a debate went to another worker: what would be paid for it is lost. */
  lost(debate: string): void;
  /** Takes no debate and begins no call any more; lets the calls under way end, saves, and gives the debates back. */
  stop(why: string): void;
}

/** Takes debates of submitted plans and holds them, as many at once as the providers bear. */
export function createWorker(options: WorkerOptions): Worker {
  const { pool, queue, clock, leaseMs, tell } = options;
  let reachedAt = Number.NEGATIVE_INFINITY;
  const persistence = createPersistence(clock, ({ isOver, message }) => {
    if (isOver) reachedAt = clock.now();
    tell(isOver ? 'The database answers again.' : `The database does not answer (${message}); trying again.`);
  });
  const crew = createCrew(options);
  const claims = createClaims(pool, queue, options.worker);
  const reader = createPromptReader(pool);
  const limits = createLimits({ pool, clock, persistence, keyHashOf: options.keyHashOf });
  const holds = new Map<string, HeldDebate>();
  const resting = new Set<Promise<void>>();
  const ending = new AbortController();
  let board: readonly PlanOnBoard[] = [];
  let bug: { error: unknown } | null = null;
  let wake = Promise.withResolvers<void>();
  let refreshedAt = 0;

  const changed = () => {
    wake.resolve();
    wake = Promise.withResolvers();
    if (state.stopping !== null) setImmediate(stopIdle);
  };
  /** Calls that have leave may still wait in a lane that lets none begin. A reply that just came must first reach its debate. */
  const stopIdle = () => {
    if (kits.lanes.some(({ underWay }) => underWay > 0)) return;
    for (const held of holds.values()) held.stopNow();
  };
  const kits = createPlanKits({ ...options, onChange: changed });
  const state = createWorkerState({ holds, kits, plans: () => board });

  const stop = (why: string) => {
    state.stopping ??= why;
    for (const lane of kits.lanes) lane.shut();
    for (const held of holds.values()) held.stop(why);
    changed();
  };
  const failed = (error: unknown) => {
    bug ??= { error };
    stop('It met an error that does not pass.');
  };
  const usedUp = (plan: string) => {
    const own = [...holds.values()].filter(({ claim }) => claim.plan === plan);
    for (const held of own) held.stop("The plan's budget is used up.");
    board = board.map((other) => (other.id === plan ? { ...other, isUsedUp: true } : other));
  };
  const watch = createLeaseWatch({ crew, holds, clock, persistence, leaseMs });
  const guards = createGuards({
    ...{ pool, worker: options.worker, clock, persistence, limits, vouch: watch.vouch },
    plans: () => board,
    onUsedUp: usedUp,
    onFailure: failed,
  });

  async function refresh(): Promise<void> {
    const read = await persistence.until(
      async () => [await readPlans(pool), await readLimits(pool)] as const,
    );
    if (!read) return;
    refreshedAt = clock.now();
    board = read[0];
    limits.update(read[1]);
  }

  async function beat(): Promise<void> {
    while (!ending.signal.aborted) {
      await clock.sleep(leaseMs / 3, ending.signal);
      if (ending.signal.aborted) return;
      await watch.report();
      // After the database was away, the others must first have had the time to say that they live.
      if (clock.now() - reachedAt > leaseMs) await persistence.until(() => crew.relieve(), ending.signal);
      await refresh();
      changed();
    }
  }

  async function hold(claim: Claim, kit: PlanKit, held: HeldDebate): Promise<void> {
    const models = guards.modelsOf(held, kit);
    const holding = { ...options, claims, reader, plan: kit.stored.plan, models };
    const outcome = await persistence.until(() =>
      holdClaim(claim, holding, {
        opened: held.opened,
        began: held.began,
        onEvent: (event) => {
          held.onEvent(event);
          const why = hopelessness(event);
          if (why === null) return;
          state.isHopeless = true;
          stop(why);
        },
      }),
    );
    if (outcome) await rest(claim, outcome);
  }

  async function rest(claim: Claim, { letting, summary }: Outcome): Promise<void> {
    const isOurs = await persistence.until(() => claims.letGo(claim, letting, summary));
    if (!isOurs) return;
    if (letting.to === 'done') state.done += 1;
    if (letting.to !== 'set-aside') return;
    state.setAside += 1;
    tell(`${claim.job.debate} is set aside: ${letting.why}`);
  }

  function begin(claim: Claim, kit: PlanKit): void {
    const name = `${claim.plan} ${claim.job.debate}`;
    const held = createHeldDebate(claim);
    if (state.stopping !== null) held.stop(state.stopping);
    holds.set(name, held);
    const holding = hold(claim, kit, held)
      .catch(failed)
      .finally(() => {
        if (holds.get(name) === held) holds.delete(name);
        resting.delete(holding);
        changed();
      });
    resting.add(holding);
  }

  const wanted = () => {
    const { lanes } = kits;
    const few = Math.min(firstCalls, options.mostCalls);
    return lanes.length === 0 ? few : lanes.reduce((sum, { limit }) => sum + limit, 0);
  };

  /** Takes as many debates as there is room for, of the plans in their order; how many those were. */
  async function take(): Promise<number> {
    let taken = 0;
    for (const plan of board) {
      const room = wanted() - holds.size;
      if (room <= 0 || state.stopping !== null) break;
      if (plan.isUsedUp || isOver(plan)) continue;
      const kit = kits.kitOf(plan);
      const jobs = kit ? await queue.take(plan.id, room) : [];
      if (!kit || jobs.length === 0) continue;
      const own = (await persistence.until(() => claims.claim(plan.id, jobs))) ?? [];
      for (const claim of own) begin(claim, kit);
      taken += own.length;
    }
    return taken;
  }

  /** Nothing waits or is under way that this worker could hold, now or once another has let go of it. */
  async function isEmpty(): Promise<boolean> {
    await refresh();
    return board.every((plan) => isOver(plan) || plan.isUsedUp || kits.kitOf(plan) === null);
  }

  async function work(): Promise<void> {
    while (state.stopping === null) {
      try {
        if ((await take()) > 0) continue;
      } catch (error) {
        if (!isPassingTrouble(error)) throw error;
        await refresh();
      }
      if (holds.size === 0 && options.untilEmpty && (await isEmpty())) return;
      await Promise.race([wake.promise, clock.sleep(Math.min(1000, leaseMs / 4), ending.signal)]);
      if (holds.size < wanted() && clock.now() - refreshedAt > leaseMs / 10) await refresh();
    }
  }

  async function run(): Promise<WorkerState> {
    await crew.enlist();
    await refresh();
    const beating = beat().catch(failed);
    await work().catch(failed);
    await Promise.all(resting);
    await guards.settled();
    ending.abort();
    await beating;
    await persistence.until(() => crew.leave());
    if (bug) throw (bug as { error: unknown }).error;
    return state;
  }

  const lost = (debate: string) => {
    for (const held of holds.values()) if (held.claim.job.debate === debate) held.lose();
  };

  return { state, run, stop, lost };
}

function isOver({ counts }: PlanOnBoard): boolean {
  return counts.waiting + counts.underWay === 0;
}
