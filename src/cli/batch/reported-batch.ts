import type { BatchState } from '../../batch/batch-state.ts';
import { planPaidInJobs } from '../../batch/lockstep/calls-in-jobs.ts';
import type { OpenBatch } from '../../batch/open-batch.ts';
import { startBatch } from '../../batch/run-batch.ts';
import { openTracing } from '../../integrations/opentelemetry/open-tracing.ts';
import { pricedModels } from '../../run/role-models.ts';
import { systemClock } from '../../run/system-clock.ts';
import { createWatchedDebates } from '../../terminal/progress/watched-debates.ts';
import type { OptionValues } from '../command.ts';
import { CommandError } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { openCache } from '../models.ts';
import { batchProgress, debateLabel } from '../progress/plan-progress.ts';
import { debateReader, openReporter, stopOnSignal } from '../progress/reporter.ts';
import type { progressOptions } from '../shared-options.ts';
import { keepHeapSmall } from '../small-heap.ts';
import { batchInWords } from './batch-words.ts';
import { agreeToSpend, type BatchOptionValues, callLimits, planJobsInWords } from './plan-request.ts';

type Options = BatchOptionValues & OptionValues<typeof progressOptions> & { transcripts: string };

/** Runs what is left of a plan once its cost is agreed to; `state` is null where nothing was run. */
export async function runLeft(
  open: OpenBatch,
  options: Options,
  environment: Environment,
): Promise<{ state: BatchState | null; code: number | null }> {
  if (open.left === 0) return { state: null, code: null };
  const { openaiBatch: inJobs, retryFailed } = options;
  const paid = await planPaidInJobs(open, { inJobs, retryFailed });
  if (paid !== null) throw new CommandError(planJobsInWords(paid));
  const asked = { ...open, budgetUsd: open.plan.budget.usd };
  const refusal = await agreeToSpend(asked, options, environment);
  if (refusal !== null) return { state: null, code: refusal };
  return runReported(open, options, environment);
}

const stoppingJobs =
  'Stopping; everything is saved. Jobs in progress continue at OpenAI, and the same command collects them.';

/** Runs an open batch to its end and reports how far it is; `code` is owed to a signal, null where none came. */
async function runReported(
  open: OpenBatch,
  options: Options,
  environment: Environment,
): Promise<{ state: BatchState; code: number | null }> {
  keepHeapSmall(environment);
  const { retryFailed, openaiBatch, lookEvery } = options;
  const reporter = await openReporter({
    ...{ environment, plain: options.plain, theme: options.theme, sameAgainMs: 0 },
    whenBroken: 'the batch continues',
  });
  const watched = createWatchedDebates(systemClock);
  const tracing = await openTracing({
    variables: environment.variables,
    stderr: { write: reporter.say },
  });
  const batch = await startBatch(open, {
    ...{ retryFailed, limits: callLimits(options), cache: openCache(options, environment) },
    jobsPollMs: openaiBatch ? lookEvery * 1000 : null,
    onRun(run, task) {
      tracing?.follow(run);
      return reporter.isOnScreen ? watched.watch(run, debateLabel(open.plan, task)) : undefined;
    },
    onDebate(debate, outcome) {
      if (!('why' in outcome)) return;
      const { state, why } = outcome;
      reporter.fault({ debate, why }, `${debate} ${state}: ${why}`);
    },
  });
  const interruption = stopOnSignal(
    reporter,
    () => batch.stop('The person running the batch stopped it.'),
    openaiBatch ? { stopping: stoppingJobs } : {},
  );
  const { state } = batch;
  const { planned, done, failed } = open.estimate.debates;
  const before = done + (retryFailed ? 0 : failed);
  reporter.follow({
    look: (seen) => batchProgress({ open, retryFailed, state, watched, seen }),
    lines: (elapsedMs) => [batchInWords({ state, planned, before, elapsedMs })],
    interrupt: () => interruption.interrupt(),
    open: debateReader(open.store),
    ask(asked) {
      if (asked.type === 'pause') batch.pause(asked.isPaused);
      else {
        const priced = pricedModels(asked.usd, [...open.models.handles.values()]);
        if (priced.ok) batch.setBudget({ ...state.budget, usd: asked.usd });
        else reporter.fault({ debate: null, why: priced.failure.message }, priced.failure.message);
      }
    },
  });
  try {
    return { state: await batch.run(), code: interruption.code };
  } finally {
    interruption.dispose();
    await reporter.close();
    await tracing?.close();
  }
}
