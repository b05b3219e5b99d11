import { basename } from 'node:path';
import { fold } from '../debate/debate.ts';
import { type Failure, failure, type Outcome, success } from '../debate/outcome.ts';
import type { JournalStore } from '../journal/types.ts';
import { batchPlaces, manifestEntries } from '../run/catalogue/manifest.ts';
import { openRuns } from '../run/catalogue/open-runs.ts';
import type { Estimate } from '../run/estimate.ts';
import type { ChooseModels } from '../run/resume-debate.ts';
import { type ExplainedDebate, type WhySummary, whySummary } from './credit.ts';
import { spentOnRun, storedWhy } from './explanations.ts';
import { openWhy } from './why-of-run.ts';
import type { WhyProgress, WhyRequest, WhyResult } from './why-request.ts';

/** A run and the store that holds it. */
export interface StoredRunName {
  store: JournalStore;
  name: string;
}

/** What is asked of every one of several runs; the budget is for all of them together. */
type WhyOfRunsRequest = Omit<WhyRequest, 'events'>;

/** Several stored runs whose shifts can be explained, with one budget. */
export interface WhyOfRuns {
  /** Runs with shifts to explain, and shifts in all. */
  runs: number;
  shifts: number;
  /** Runs that have none, or cannot be explained, with why. */
  leftOut: { run: string; failure: Failure }[];
  /** Of everything that is asked for; what was answered before is included. */
  estimate: Estimate;
  /** Explains run after run; each keeps its answers beside it, so that the same request goes on where it stopped. */
  explain(options: {
    signal: AbortSignal;
    onProgress?(progress: WhyProgress & { run: string }): void;
  }): Promise<Outcome<WhyOfRunsResult>>;
}

interface WhyOfRunsResult {
  ended: WhyResult['ended'];
  /** What is known of every run now, also from earlier requests. */
  explained: ({ run: string } & ExplainedDebate)[];
  summary: WhySummary;
}

/** Looks at several runs and says what it takes to explain their shifts. Calls no model. Fails where none has any. */
export async function openWhyOfRuns(
  runs: readonly StoredRunName[],
  asked: WhyOfRunsRequest,
  models: ChooseModels,
): Promise<Outcome<WhyOfRuns>> {
  const chosen = rememberedChoice(models);
  const usable: StoredRunName[] = [];
  const leftOut: WhyOfRuns['leftOut'] = [];
  const estimate: Estimate = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };
  let shifts = 0;
  for (const run of runs) {
    const opened = await openWhy(run, asked, chosen);
    if (!opened.ok) {
      if (runs.length === 1 || !isOfOneRun(opened.failure)) return opened;
      leftOut.push({ run: run.name, failure: opened.failure });
      continue;
    }
    usable.push(run);
    shifts += opened.value.shifts;
    const { calls, inputTokens, outputTokens, costUsd } = opened.value.estimate;
    estimate.calls += calls;
    estimate.inputTokens += inputTokens;
    estimate.outputTokens += outputTokens;
    estimate.costUsd = estimate.costUsd === null || costUsd === null ? null : estimate.costUsd + costUsd;
  }
  if (usable.length === 0) {
    const dear = leftOut.find(({ failure }) => failure.reason === 'budget');
    if (dear) return { ok: false, failure: dear.failure };
    const why = leftOut[0]?.failure.message ?? 'No run was named.';
    return failure('no-shifts', `None of ${runs.length} runs has a shift to explain. ${why}`);
  }
  return success({
    ...{ runs: usable.length, shifts, leftOut, estimate },
    explain: (options) => explainRuns(usable, asked, chosen, options),
  });
}

/** Failures that concern one run, and are no reason to leave the others alone. */
function isOfOneRun({ reason }: Failure): boolean {
  return [
    'no-shifts',
    'unknown-issue',
    'unknown-shift',
    'not-in-files',
    'not-found',
    'damaged',
    'budget',
  ].includes(reason);
}

/** Runs of one plan have the same models: each set is chosen, and its providers asked, once. */
function rememberedChoice(models: ChooseModels): ChooseModels {
  const known = new Map<string, ReturnType<ChooseModels>>();
  return (personas, before) => {
    const key = JSON.stringify([personas, before]);
    const choice = known.get(key) ?? models(personas, before);
    known.set(key, choice);
    return choice;
  };
}

type Spending = ReturnType<typeof spentOnRun>;

function add(to: Spending, { usd, tokens }: Spending): void {
  to.usd += usd;
  to.tokens += tokens;
}

async function explainRuns(
  runs: readonly StoredRunName[],
  asked: WhyOfRunsRequest,
  models: ChooseModels,
  { signal, onProgress }: Parameters<WhyOfRuns['explain']>[0],
): ReturnType<WhyOfRuns['explain']> {
  const before = runs.map(({ store, name }) => spentOnRun(store.place, name));
  const spent = { usd: 0, tokens: 0 };
  for (const { usd, tokens } of before) add(spent, { usd, tokens });
  /** The most that a run's answers came to at once: no run is begun that might not get its first one. */
  const most = { usd: 0, tokens: 0 };
  const { budgetUsd, budgetTokens = null } = asked;
  let ended: WhyResult['ended'] = 'done';
  for (const [place, run] of runs.entries()) {
    const own = before[place] ?? { usd: 0, tokens: 0 };
    const usd = budgetUsd === null ? null : budgetUsd - spent.usd;
    const tokens = budgetTokens === null ? null : budgetTokens - spent.tokens;
    if ((usd !== null && usd <= most.usd) || (tokens !== null && tokens <= most.tokens)) ended = 'budget';
    if (ended !== 'done') break;
    const left = {
      budgetUsd: usd === null ? null : usd + own.usd,
      budgetTokens: tokens === null ? null : tokens + own.tokens,
    };
    const opened = await openWhy(run, { ...asked, ...left }, models);
    if (!opened.ok && opened.failure.reason === 'budget') ended = 'budget';
    if (ended !== 'done') break;
    if (!opened.ok) return opened;
    let now = own;
    const result = await opened.value.explain({
      signal,
      onProgress(progress) {
        const since = now;
        now = { usd: progress.costUsd, tokens: progress.tokens };
        most.usd = Math.max(most.usd, now.usd - since.usd);
        most.tokens = Math.max(most.tokens, now.tokens - since.tokens);
        onProgress?.({ ...progress, costUsd: spent.usd - own.usd + now.usd, run: run.name });
      },
    });
    if (!result.ok) return result;
    add(spent, { usd: now.usd - own.usd, tokens: now.tokens - own.tokens });
    ({ ended } = result.value);
  }
  const explained = await explainedRuns(runs);
  return success({ ended, explained, summary: whySummary(explained) });
}

/** What is known of stored runs, those of which nothing was asked left out. */
async function explainedRuns(runs: readonly StoredRunName[]): Promise<WhyOfRunsResult['explained']> {
  const explained: WhyOfRunsResult['explained'] = [];
  for (const { store, name } of runs) {
    const stored = await store.read(name);
    const debate = stored.ok ? fold(stored.value.events) : null;
    const explanations = debate && storedWhy(store.place, name, debate);
    if (debate && explanations) explained.push({ run: name, debate, explanations });
  }
  return explained;
}

/**
 * The runs of a folder, or those that batches of a plan file of that name have put into the transcripts, in the order of
 * their names; `no-debates` where there are none.
 */
export async function runsOfPlan(given: string, transcripts: string): Promise<Outcome<StoredRunName[]>> {
  const isFile = /\.ya?ml$/.test(given);
  const opened = await openRuns(isFile ? transcripts : given);
  if (!opened.ok) return opened;
  const { store } = opened.value;
  const names = new Set<string>();
  if (isFile) {
    for (const place of await batchPlaces(transcripts)) {
      if (!isBatchOf(basename(place), given)) continue;
      for await (const { debate } of manifestEntries(place)) names.add(debate);
    }
  } else for await (const name of store.list()) names.add(name);
  if (names.size > 0) return success([...names].sort().map((name) => ({ store, name })));
  const where = isFile ? `of a batch of ${given} in ${transcripts}` : `in ${given}`;
  return failure('no-debates', `No debate ${where} is stored.`);
}

/** A batch is named by its plan file's words and ten digits of a hash of its design. */
function isBatchOf(batch: string, file: string): boolean {
  const words = basename(file)
    .replace(/\.ya?ml$/, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return batch.replace(/-[0-9a-f]{10}$/, '') === [...(words ?? [])].join('-').slice(-49);
}
