import type { BatchState } from '../../batch/batch-state.ts';
import { startBatch } from '../../batch/run-batch.ts';
import type { Outcome } from '../../debate/outcome.ts';
import { runsIn } from '../../evolve/evolution-folder.ts';
import { evolutionLook } from '../../evolve/evolution-look.ts';
import { type Lineage, lineageOf } from '../../evolve/lineage.ts';
import type { OpenEvolution } from '../../evolve/open-evolution.ts';
import { type EvolutionResult, runEvolution } from '../../evolve/run-evolution.ts';
import type { RunStage } from '../../evolve/stages.ts';
import type { Stage } from '../../evolve/types.ts';
import { openFileStore } from '../../journal/file-store.ts';
import { systemClock } from '../../run/system-clock.ts';
import type { ProgressState } from '../../terminal/progress/progress-state.ts';
import { createWatchedDebates } from '../../terminal/progress/watched-debates.ts';
import { batchInWords } from '../batch/batch-words.ts';
import type { Environment } from '../environment.ts';
import { openCache } from '../models.ts';
import { batchProgress, debateLabel } from '../progress/plan-progress.ts';
import { debateReader, openReporter, type SeenOnScreen, stopOnSignal } from '../progress/reporter.ts';
import { listenForSignals } from '../signals.ts';
import { keepHeapSmall } from '../small-heap.ts';
import { stageInWords } from './evolution-words.ts';

interface Options {
  plain: boolean;
  theme: string;
  cache: boolean;
}

/** What is seen of the batch of the present stage. */
interface SeenBatch {
  state: BatchState;
  look(seen: SeenOnScreen): ProgressState;
  line(elapsedMs: number): string;
}

/** Runs an open evolution and reports how far it is; `code` is owed to a signal, null where none came. */
export async function runReportedEvolution(
  open: OpenEvolution,
  options: Options,
  environment: Environment,
): Promise<{ result: Outcome<EvolutionResult>; code: number | null }> {
  keepHeapSmall(environment);
  const reporter = await openReporter({
    ...{ environment, plain: options.plain, theme: options.theme, sameAgainMs: 60_000 },
    whenBroken: 'the evolution continues',
  });
  const stop = new AbortController();
  const store = openFileStore({ directory: runsIn(open.folder), clock: systemClock, isSharded: true });
  let batch: SeenBatch | null = null;
  let stopBatch = () => {};
  let at: { stage: Stage | null; lineage: Lineage; costUsd: number | null } = {
    ...{ stage: null, lineage: lineageOf(open.entries), costUsd: null },
  };
  const interruption = stopOnSignal(reporter, () => {
    stop.abort('stopped');
    stopBatch();
  });
  const run: RunStage = async (stage, { retryFailed }) => {
    const watched = createWatchedDebates(systemClock);
    const { limits } = open.batch;
    const started = await startBatch(stage, {
      ...{ limits, retryFailed, jobsPollMs: null },
      cache: openCache({ ...options, transcripts: runsIn(open.folder) }, environment),
      onRun: (debate, task) =>
        reporter.isOnScreen ? watched.watch(debate, debateLabel(stage.plan, task)) : undefined,
      onDebate(debate, outcome) {
        if ('why' in outcome)
          reporter.fault({ debate, why: outcome.why }, `${debate} ${outcome.state}: ${outcome.why}`);
      },
    });
    stopBatch = () => started.stop('The person running the evolution stopped it.');
    const { state } = started;
    const { planned, done } = stage.estimate.debates;
    batch = {
      state,
      look: (seen) => batchProgress({ open: stage, retryFailed, state, watched, seen }),
      line: (elapsedMs) => batchInWords({ state, planned, before: done, elapsedMs }),
    };
    if (stop.signal.aborted) stopBatch();
    const rested = await started.run();
    return { state: rested, isInterrupted: stop.signal.aborted };
  };
  const heading = `${open.design.start}: evolution under proof`;
  reporter.follow({
    look(seen) {
      const own = batch?.look(seen) ?? idle(seen);
      return { ...own, heading, controls: null, tree: evolutionLook(open, at) };
    },
    lines: (elapsedMs) => [stageInWords(open, at), ...(batch ? [`  ${batch.line(elapsedMs)}`] : [])],
    interrupt: () => interruption.interrupt(),
    open: debateReader(store),
  });
  try {
    let said = '';
    const result = await runEvolution(open, {
      ...{ run, signal: stop.signal },
      onStage(stage, lineage, costUsd) {
        at = { stage, lineage, costUsd };
        const line = stageInWords(open, at);
        if (!reporter.isOnScreen && line !== said) reporter.say(line);
        said = line;
      },
    });
    return { result, code: interruption.code };
  } finally {
    interruption.dispose();
    await reporter.close();
  }
}

/** Shows the tree as it stands, on a screen until the person leaves; false without a screen. */
export async function showEvolution(
  open: OpenEvolution,
  options: Pick<Options, 'plain' | 'theme'>,
  environment: Environment,
): Promise<boolean> {
  const reporter = await openReporter({
    environment,
    ...options,
    whenBroken: 'nothing is lost',
    sameAgainMs: 0,
  });
  const left = Promise.withResolvers<void>();
  const interruption = listenForSignals(left.resolve);
  const tree = evolutionLook(open, { stage: null, lineage: lineageOf(open.entries), costUsd: null });
  const heading = `${open.design.start}: evolution under proof`;
  reporter.follow({
    look: (seen) => ({ ...idle(seen), heading, isSimulated: open.rewriter.simulated, tree }),
    lines: () => [],
    interrupt: left.resolve,
    open: async () => ({ debate: null, trouble: null }),
  });
  const { isOnScreen } = reporter;
  if (isOnScreen) await left.promise;
  interruption.dispose();
  await reporter.close();
  return isOnScreen;
}

/** Between two batches: a strategy is being rewritten. */
function idle(seen: SeenOnScreen): ProgressState {
  return {
    ...{ who: { type: 'batch' }, heading: '', isSimulated: false, ...seen, stopping: null, controls: null },
    ...{ plans: [], debates: [], providers: [], jobs: null },
    ...{ debatesPerMinute: null, callsPerMinute: null, timeLeft: null },
  };
}
