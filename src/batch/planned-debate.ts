import type { CallFailure } from '../debate/calls.ts';
import type { DebateEvent } from '../debate/events.ts';
import { type Failure, success } from '../debate/outcome.ts';
import type { Settings } from '../debate/setup.ts';
import type { JournalStore } from '../journal/types.ts';
import type { ResponseCache } from '../models/response-cache.ts';
import { manifestEntries } from '../run/catalogue/manifest.ts';
import { type RunSummary, summaryOf } from '../run/catalogue/run-summary.ts';
import { journalBytes, summaryFromJournal } from '../run/catalogue/stored-run.ts';
import type { DebateRun } from '../run/debate-run.ts';
import { prepareDebate, type Surroundings } from '../run/prepare.ts';
import { prepareResumption } from '../run/resume-debate.ts';
import { expandPlan, type Fingerprints, type PlannedCell, type PlannedDebate } from './expand-plan.ts';
import type { Plan } from './plan.ts';
import type { PlanModels } from './plan-models.ts';
import type { PlanPrompts } from './plan-prompts.ts';

/** What all debates of a batch have in common. */
export interface TaskSurroundings extends Surroundings {
  plan: Plan;
  prompts: PlanPrompts;
  models: PlanModels;
  /** Replies kept from earlier runs; absent where every call is made. */
  cache?: ResponseCache;
  /** Sees every run before it starts; what it gives is called once that run rests. */
  onRun?(run: DebateRun, task: Task): (() => void) | undefined;
}

export interface Task {
  cell: PlannedCell;
  debate: PlannedDebate;
  entry: LedgerEntry | undefined;
}

type TasksKnown = Pick<TaskSurroundings, 'prompts'> & { ledger: Ledger };

/** Every debate of a plan in the order in which to run them, with how it stands. */
export function* tasksOf(plan: Plan, { prompts, ledger }: TasksKnown): Generator<Task> {
  for (const cell of expandPlan(plan, prompts.fingerprints)) {
    for (const debate of cell.debates) yield { cell, debate, entry: ledger.get(debate.id) };
  }
}

/** Those that are left to run. Those that were begun come first: what they used is lost until they are over. */
export function* tasksLeft(plan: Plan, known: TasksKnown & { retryFailed: boolean }): Generator<Task> {
  const isLeft = ({ entry }: Task) =>
    entry?.state !== 'done' && (entry?.state !== 'failed' || known.retryFailed);
  for (const task of tasksOf(plan, known)) if (task.entry?.state === 'unfinished') yield task;
  for (const task of tasksOf(plan, known)) if (task.entry?.state !== 'unfinished' && isLeft(task)) yield task;
}

export type TaskEnd =
  | { state: 'rested'; summary: RunSummary }
  /** It could not be opened, or its journal could not be written any more. */
  | { state: 'broken'; failure: Failure };

/** Runs one debate of a plan from its start, or from where it stopped, until it rests. */
export async function runPlannedDebate(
  task: Task,
  surroundings: TaskSurroundings,
  { began, onEvent }: { began(run: DebateRun): void; onEvent(event: DebateEvent): void },
): Promise<TaskEnd> {
  const { cell, debate, entry } = task;
  const { id, arm, seed } = debate;
  const { plan, prompts, models, cache } = surroundings;
  const ofArm = models.modelOf(arm);
  // Arms of a cell may ask the same, such as for the moderator's opening; each has its own reply.
  const occasion = JSON.stringify([cell.repeat, prompts.fingerprints.prompts(arm, cell.scenario)]);
  const modelOf = (role: string) => cache?.over(ofArm(role), occasion) ?? ofArm(role);
  const { settings } = plan;
  const isFresh = entry === undefined || entry.state === 'empty';
  const { judges } = models;
  const own = { ...surroundings, name: id };
  const set = () => prompts.promptsOf(arm, cell);
  const prepared = isFresh
    ? await prepareDebate({ ...own, prompts: set(), modelOf, judges, seed, settings, takesEmpty: true })
    : await prepareResumption({ ...own, goOn: async () => success({ modelOf, judges, settings }) });
  if (!prepared.ok) return { state: 'broken', failure: prepared.failure };
  const run = prepared.value;
  // A resumed run publishes its history first; that was counted when it happened.
  const first = isFresh ? 0 : (entry.summary?.events ?? 0);
  run.account((event) => {
    if (event.number >= first) onEvent(event);
  });
  const rested = surroundings.onRun?.(run, task);
  began(run);
  try {
    return { state: 'rested', summary: summaryOf(await run.start()) };
  } catch (error) {
    if (!(error instanceof Error && error.name === 'JournalError')) throw error;
    return { state: 'broken', failure: { reason: 'journal', message: error.message } };
  } finally {
    rested?.();
  }
}

const hopeless: ReadonlySet<CallFailure> = new Set(['authentication', 'quota', 'unknown-model']);

/** A failure that every other debate would meet too: why it is no use to go on; null where it is. */
export function hopelessness(event: DebateEvent): string | null {
  const isLast = event.type === 'attempt-failed' && event.retryInMs === null;
  return isLast && hopeless.has(event.reason) ? event.message : null;
}

/** What became of a debate of a batch. */
export type DebateOutcome =
  | { state: 'done' | 'unfinished'; summary: RunSummary }
  | { state: 'failed' | 'skipped'; why: string };

export function outcomeOf(end: TaskEnd): DebateOutcome {
  if (end.state === 'broken') {
    const { reason, message } = end.failure;
    const isElsewhere = reason === 'locked' || reason === 'lease-lost';
    return { state: isElsewhere ? 'skipped' : 'failed', why: message };
  }
  const { summary } = end;
  if (summary.ending === 'failed') return { state: 'failed', why: summary.detail };
  const isOver = summary.ending !== null && summary.ending !== 'stopped';
  return { state: isOver ? 'done' : 'unfinished', summary };
}

/** How a debate of a plan stands. A debate that is not in the ledger is still to be run. */
export type LedgerEntry =
  | { state: 'done' | 'unfinished'; summary: RunSummary }
  /** `summary` is null where the journal cannot be read. */
  | { state: 'failed'; summary: RunSummary | null; why: string }
  /** Its run was made, and then killed before the first event. */
  | { state: 'empty' };

export type Ledger = Map<string, LedgerEntry>;

/** Where every debate of a plan stands: from the manifest as far as it is fresh, from the journals elsewhere. */
export async function readLedger(
  plan: Plan,
  { store, place, fingerprints }: { store: JournalStore; place: string; fingerprints: Fingerprints },
): Promise<Ledger> {
  const known = new Map<string, { summary: RunSummary | null; bytes: number }>();
  for await (const { debate, summary, bytes } of manifestEntries(place))
    known.set(debate, { summary, bytes });
  const ledger: Ledger = new Map();
  for (const { debates } of expandPlan(plan, fingerprints)) {
    for (const { id } of debates) {
      const bytes = journalBytes(store.place, id);
      if (bytes === null) continue;
      const before = known.get(id);
      const isFresh = before?.summary && before.bytes === bytes;
      ledger.set(id, isFresh ? entryFor(before.summary as RunSummary, plan.settings) : await readEntry(id));
    }
  }
  return ledger;

  async function readEntry(id: string): Promise<LedgerEntry> {
    const read = await summaryFromJournal(store, id);
    if (!read.ok) return { state: 'failed', summary: null, why: read.failure.message };
    return read.value ? entryFor(read.value, plan.settings) : { state: 'empty' };
  }
}

/** How a debate stands by its summary. */
export function entryFor(summary: RunSummary, settings: Settings): LedgerEntry {
  switch (summary.ending) {
    case 'failed':
      return { state: 'failed', summary, why: summary.detail };
    case 'stopped':
    case null:
      return { state: 'unfinished', summary };
    case 'budget':
      return { state: isSpent(summary, settings) ? 'done' : 'unfinished', summary };
    default:
      return { state: 'done', summary };
  }
}

/** A debate that used up its own budget is done until the plan gives it more. */
function isSpent(summary: RunSummary, { budgetUsd, budgetTokens }: Settings): boolean {
  const tokens = summary.inputTokens + summary.outputTokens;
  return (
    (budgetUsd !== null && summary.costUsd >= budgetUsd) || (budgetTokens !== null && tokens >= budgetTokens)
  );
}
