import { orThrow } from '../debate/outcome.ts';
import { findRun } from '../run/catalogue/find-run.ts';
import { openRuns } from '../run/catalogue/open-runs.ts';
import { type GivenModels, modelsOf } from '../run/given-models.ts';
import type { WhySummary } from './credit.ts';
import type { Explanation } from './explanations.ts';
import { openWhyOfRuns, type StoredRunName } from './why-of-runs.ts';
import type { WhyProgress, WhyResult } from './why-request.ts';

export interface WhyOptions extends GivenModels {
  /** Names of runs, or their folders. */
  runs: readonly string[];
  /** The folder of the runs; `transcripts` by default. */
  transcripts?: string;
  /** Only changes of position on this issue. */
  issue?: string;
  /** Of each run only these changes, by their number from 1. */
  shifts?: readonly number[];
  /** Answers under each condition, 3 or more; 5 by default. */
  answers?: number;
  /** Readings of each answer; 1 by default, and at least one by each of several judges. */
  judgeSamples?: number;
  /** Sentences left out one at a time where reasons did it; none by default. */
  sentences?: number;
  /** Also let another persona say the same words. */
  otherMouth?: boolean;
  /** US dollars for all runs together; no limit by default. */
  budgetUsd?: number;
  /** The same in tokens. */
  budgetTokens?: number;
  /** Answers asked for at once; 4 by default. */
  concurrency?: number;
  /** Aborting stops the calls; answers given until then are kept. */
  signal?: AbortSignal;
  /** Called after every answer. */
  onProgress?(progress: WhyProgress & { run: string }): void;
}

/** What moved the speakers of stored runs. */
export interface WhyOfStored {
  /** Where it ended before all was answered, the same call goes on from there. */
  ended: WhyResult['ended'];
  /** How much of the movement was persuasion, pressure, or the speaker's own, over all runs and by speaker. */
  summary: WhySummary;
  /** The explanations of each run. */
  runs: { run: string; explanations: readonly Explanation[] }[];
}

/**
 * Lets the speakers of stored runs answer again under other circumstances, and says what moved them. What was answered is
 * kept in why.jsonl beside each run and never asked twice. Throws a ParleyError where there is nothing to explain, or a
 * model cannot be reached.
 */
export async function why(options: WhyOptions): Promise<WhyOfStored> {
  const { transcripts = 'transcripts', shifts = [], signal = new AbortController().signal } = options;
  const asked = {
    shifts,
    issue: options.issue ?? null,
    repeats: options.answers ?? 5,
    otherMouth: options.otherMouth ?? false,
    sentences: options.sentences ?? 0,
    judgeSamples: options.judgeSamples ?? 1,
    budgetUsd: options.budgetUsd ?? null,
    budgetTokens: options.budgetTokens ?? null,
    concurrency: options.concurrency ?? 4,
  };
  const models = modelsOf(options);
  const named: StoredRunName[] = [];
  const closing: (() => Promise<void>)[] = [];
  try {
    for (const run of options.runs) {
      const { folder, name } = orThrow(await findRun(run, transcripts));
      const { store, close } = orThrow(await openRuns(folder));
      closing.push(close);
      named.push({ store, name });
    }
    const opened = orThrow(await openWhyOfRuns(named, asked, models));
    const { ended, summary, explained } = orThrow(
      await opened.explain({ signal, ...(options.onProgress ? { onProgress: options.onProgress } : {}) }),
    );
    return { ended, summary, runs: explained.map(({ run, explanations }) => ({ run, explanations })) };
  } finally {
    for (const close of closing) await close();
  }
}
