import type { DebateEvent } from '../debate/events.ts';
import { journalBytes } from '../run/catalogue/stored-run.ts';
import type { DebateRun } from '../run/debate-run.ts';
import { type Batch, type BatchOptions, type BatchState, createTally } from './batch-state.ts';
import { createFunding, createSpending, type Share } from './funding.ts';
import type { DebateRequests } from './lockstep/batch-requests.ts';
import { debateTag } from './lockstep/job-files.ts';
import { createLockstep, debatesInLockstep } from './lockstep/lockstep.ts';
import { type PlanModels, withHandles } from './plan-models.ts';
import {
  hopelessness,
  outcomeOf,
  runPlannedDebate,
  type Task,
  type TaskEnd,
  tasksLeft,
  tasksOf,
} from './planned-debate.ts';
import { createRateLimiters, createSemaphore } from './rate-limiters.ts';

/** Debates that are opened at once: each has several files open until it is. */
const openingAtOnce = 64;

/** Runs the debates of a plan concurrently, as many as the providers accept and the budget pays for. */
export function createBatch(options: BatchOptions): Batch {
  const { plan, ledger, manifest, store } = options;
  const budget = { ...plan.budget };
  const spending = createSpending(budget);
  const hasBudget = () => budget.usd !== null || budget.tokens !== null;
  const funding = createFunding(budget, spending);
  const running = new Set<DebateRun>();
  const { counts, arms, add } = createTally(options, spending);
  let wake = Promise.withResolvers<void>();
  let open = 0;

  const changed = () => {
    wake.resolve();
    wake = Promise.withResolvers();
    if (state.stopping !== null) setImmediate(stopIdle);
  };
  const limiters = createRateLimiters({ ...options, onChange: changed });
  /** A reply that just came must first reach its debate, so not at once. */
  const stopIdle = () => {
    if (limiters.all().some(({ underWay }) => underWay > 0)) return;
    for (const run of running) run.stop(state.stopping ?? '');
  };
  const stop = (why: string) => {
    state.stopping ??= why;
    for (const limiter of limiters.all()) limiter.shut();
    changed();
  };
  const stopForBudget = (why: string) => {
    state.isOutOfBudget ||= state.stopping === null;
    stop(why);
  };
  const lockstep = options.inJobs && createLockstep({ ...options, ...options.inJobs, ...forJobs() });
  const opening = createSemaphore(openingAtOnce);
  const state: BatchState = {
    ...{ ...counts, running: 0, arms, spending, budget },
    ...{ limiters: [], lockstep: lockstep?.state ?? null },
    ...{ stopping: null, isOutOfBudget: false, isPaused: false },
  };
  const wanted = () => (lockstep ? debatesInLockstep : limiters.room());
  /** The plan's models as one debate calls them. */
  const modelsOf = (requests: DebateRequests | null, share: Share | null): PlanModels => {
    const gates = share ? [share.gate] : [];
    const own = [...options.models.handles].map(([spec, handle]) => {
      const isInJobs = requests !== null && handle.jobs !== undefined;
      return [spec, isInJobs ? requests.inJobs(handle) : limiters.limited(handle, gates)] as const;
    });
    return withHandles(plan, new Map(own));
  };
  // A provider's limiter is there, and says how much room there is, before its first debate.
  for (const handle of options.models.handles.values()) {
    if (!lockstep || !handle.jobs) limiters.limited(handle);
  }
  state.limiters = limiters.all();

  function forJobs() {
    const over = new Set<string>();
    for (const [id, { state }] of ledger) if (state === 'done') over.add(debateTag(id));
    return {
      handles: options.models.handles,
      isOver: (tag: string) => over.has(tag),
      left: () => ({
        usd: budget.usd === null ? null : budget.usd - spending.usd,
        tokens: budget.tokens === null ? null : budget.tokens - spending.tokens,
      }),
      stop,
    };
  }

  async function runTask(task: Task, share: Share | null): Promise<void> {
    const { id } = task.debate;
    const entry = entryOf(task);
    const requests = lockstep?.enter(id) ?? null;
    await opening.enter();
    const opened = once(opening.leave);
    const models = modelsOf(requests, share);
    const end = await runOpened({ task, models, share }, opened).finally(opened);
    const outcome = outcomeOf(end);
    state[outcome.state] += 1;
    add(task, outcome);
    share?.end(outcome.state === 'done');
    await requests?.leave(outcome.state === 'done');
    if ('summary' in end) {
      await manifest.add({ ...entry, summary: end.summary, bytes: journalBytes(store.place, id) ?? 0 });
    } else if (end.failure.reason === 'journal' || end.failure.reason === 'not-writable') {
      stop(end.failure.message);
    }
    options.onDebate?.(id, outcome);
  }

  async function runOpened(
    { task, models, share }: { task: Task; models: PlanModels; share: Share | null },
    opened: () => void,
  ): Promise<TaskEnd> {
    const entry = entryOf(task);
    if (task.entry === undefined) await manifest.add({ ...entry, summary: null, bytes: 0 });
    let own: DebateRun | null = null;
    const began = (run: DebateRun) => {
      opened();
      own = run;
      state.running = running.add(run).size;
      if (state.stopping !== null) run.stop(state.stopping);
    };
    const onEvent = (event: DebateEvent) => {
      spending.addEvent(event);
      share?.take(event);
      if (share) changed();
      const used = spending.usedUp();
      if (used !== null) stopForBudget(used);
      const hopeless = hopelessness(event);
      if (hopeless !== null) stop(hopeless);
    };
    const end = await runPlannedDebate(task, { ...options, models }, { began, onEvent });
    if (own) running.delete(own);
    state.running = running.size;
    return end;
  }

  async function runAll(): Promise<BatchState> {
    const tasksUnderWay = new Set<Promise<void>>();
    let bug: { error: unknown } | null = null;
    await learnBefore();
    const used = spending.usedUp();
    if (used !== null) stopForBudget(used);
    else await lockstep?.start();
    for (const task of tasksLeft(plan, options)) {
      const share = await nextShare(task);
      if (state.stopping !== null) break;
      open += 1;
      const run: Promise<void> = runTask(task, share)
        .catch((error: unknown) => {
          bug ??= { error };
          stop('parley has a bug.');
        })
        .finally(() => {
          open -= 1;
          tasksUnderWay.delete(run);
          changed();
        });
      tasksUnderWay.add(run);
    }
    await Promise.all(tasksUnderWay);
    await lockstep?.close();
    if (bug) throw (bug as { error: unknown }).error;
    return state;
  }

  /** Waits until a debate may begin; without a budget it has no share of one. Stops the batch where no budget is left for it. */
  async function nextShare({ cell, debate: { arm }, entry }: Task): Promise<Share | null> {
    const before = entry && 'summary' in entry ? entry.summary : null;
    const estimate = hasBudget() ? await options.estimate.debateOf(arm, cell) : null;
    while (state.stopping === null) {
      const isFunded = estimate === null || funding.carries(estimate, before);
      if (open < wanted() && isFunded && !state.isPaused) return estimate && funding.begin(estimate, before);
      if (open === 0 && estimate !== null && !isFunded) stopForBudget(funding.shortfall(estimate));
      else await wake.promise;
    }
    return null;
  }

  /** What debates of earlier runs used tells what the others will. */
  async function learnBefore(): Promise<void> {
    if (!hasBudget()) return;
    for (const { cell, debate, entry } of tasksOf(plan, options)) {
      if (entry?.state !== 'done') continue;
      funding.learn(await options.estimate.debateOf(debate.arm, cell), entry.summary);
    }
  }

  return {
    ...{ state, run: runAll, stop },
    pause(now) {
      state.isPaused = now;
      for (const limiter of limiters.all()) limiter.pause(now);
      changed();
    },
    setBudget(now) {
      Object.assign(budget, now);
      funding.changed();
      const used = spending.usedUp();
      if (used !== null) stopForBudget(used);
      changed();
    },
  };
}

function entryOf({ debate: { id, arm }, cell }: Task) {
  return { debate: id, arm: arm.id, cell: cell.id, article: cell.articleUnit };
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}
