import type { DebateEvent } from '../../debate/events.ts';
import type { JournalStore } from '../../journal/types.ts';
import type { RunSummary } from '../../run/catalogue/run-summary.ts';
import { summaryFromJournal } from '../../run/catalogue/stored-run.ts';
import type { DebateRun } from '../../run/debate-run.ts';
import type { Surroundings } from '../../run/prepare.ts';
import { placeNamed } from '../expand-plan.ts';
import type { Plan } from '../plan.ts';
import type { PlanModels } from '../plan-models.ts';
import {
  entryFor,
  hopelessness,
  type LedgerEntry,
  runPlannedDebate,
  type Task,
  type TaskEnd,
} from '../planned-debate.ts';
import type { Claims, DebateClaim, Release } from './debate-claims.ts';
import { afterFailing, afterNoTry, mostTries, progressOf } from './debate-claims.ts';
import type { createPromptReader } from './stored-plan.ts';

export interface ClaimRun extends Surroundings {
  plan: Plan;
  models: PlanModels;
  claims: Claims;
  reader: ReturnType<typeof createPromptReader>;
  leaseMs: number;
  /** Sees every run before it starts; what it gives is called once that run rests. */
  watchRun?(run: DebateRun, task: Task, plan: Plan): (() => void) | undefined;
}

export interface ClaimWatch {
  /** What the debate had used before this try. */
  opened(summary: RunSummary | null): void;
  began(run: DebateRun): void;
  onEvent(event: DebateEvent): void;
}

export interface ClaimEnd {
  release: Release;
  summary: RunSummary | null;
}

/** Runs a claimed debate from its last finished turn until it rests, and says what is to become of it. */
export async function runClaim(claim: DebateClaim, context: ClaimRun, watch: ClaimWatch): Promise<ClaimEnd> {
  const { plan, leaseMs } = context;
  if (claim.settledAs === 'done') return { release: { to: 'done' }, summary: null };
  if (claim.settledAs === 'set-aside') return { release: { to: 'set-aside', why: claim.why }, summary: null };
  const entry = await entryOf(context.store, claim.job.debate, plan);
  if (entry === 'out-of-reach')
    return { release: afterNoTry(claim.tries + 1, claim.why, leaseMs / 4), summary: null };
  const before = entry && 'summary' in entry ? entry.summary : null;
  if (entry?.state === 'done') return { release: { to: 'done' }, summary: before };
  watch.opened(before);

  const progress = progressOf(entry);
  const tries = progress > claim.progress ? 1 : claim.tries + 1;
  if (tries > mostTries) {
    const why = claim.why ?? 'Its workers ended while running it.';
    return { release: { to: 'set-aside', why }, summary: before };
  }
  await context.claims.noteTry(claim, tries, progress);
  let hopeless = false;
  const held = await attempt(claim, entry, context, {
    ...watch,
    onEvent: (event) => {
      hopeless ||= hopelessness(event) !== null;
      watch.onEvent(event);
    },
  });
  if (held.state === 'broken') return { release: afterBreak(held, tries, claim, leaseMs), summary: null };
  const { summary } = held;
  const after = entryFor(summary, plan.settings);
  if (after.state === 'done') return { release: { to: 'done' }, summary };
  const isCounted = after.state === 'failed' && !hopeless;
  if (!isCounted) return { release: afterNoTry(tries, claim.why, 0), summary };
  const triesNow = progressOf(after) > progress ? 1 : tries;
  return { release: afterFailing(triesNow, summary.detail, leaseMs), summary };
}

/** Its lease lost, held elsewhere or the database away: nothing is wrong with the debate itself. */
const unblamed = new Set(['locked', 'lease-lost', 'journal', 'not-writable', 'unreachable']);

/** How the journal stands; undefined where there is none. */
async function entryOf(
  store: JournalStore,
  debate: string,
  plan: Plan,
): Promise<LedgerEntry | 'out-of-reach' | undefined> {
  const read = await summaryFromJournal(store, debate);
  if (read.ok) return read.value ? entryFor(read.value, plan.settings) : { state: 'empty' };
  if (read.failure.reason === 'not-found') return undefined;
  if (unblamed.has(read.failure.reason)) return 'out-of-reach';
  return { state: 'failed', summary: null, why: read.failure.message };
}

async function attempt(
  claim: DebateClaim,
  entry: LedgerEntry | undefined,
  context: ClaimRun,
  watch: ClaimWatch,
): Promise<TaskEnd> {
  const { plan, reader } = context;
  const arm = plan.arms.find(({ id }) => id === claim.arm);
  if (!arm) {
    const message = `The plan has no arm ${claim.arm} any more. Submit it again as it was.`;
    return { state: 'broken', failure: { reason: 'unknown-arm', message } };
  }
  const set = await reader.read(claim.prompts);
  // An unreadable journal is opened anyway: its failure then says in full what is wrong.
  const cell = { ...placeNamed(claim.cell), id: claim.cell, articleUnit: claim.article, debates: [] };
  const fingerprints = { article: () => claim.article, prompts: () => claim.prompts };
  return runPlannedDebate(
    { cell, debate: { id: claim.job.debate, arm, seed: claim.seed }, entry },
    {
      ...context,
      prompts: { fingerprints, promptsOf: () => set },
      onRun: (run, task) => context.watchRun?.(run, task, plan),
    },
    watch,
  );
}

function afterBreak(
  { failure }: Extract<TaskEnd, { state: 'broken' }>,
  tries: number,
  claim: DebateClaim,
  leaseMs: number,
): Release {
  return unblamed.has(failure.reason)
    ? afterNoTry(tries, claim.why, leaseMs / 4)
    : afterFailing(tries, failure.message, leaseMs);
}
