import { jobsPlace } from '../../batch/lockstep/job-state.ts';
import { type BatchState, createBatch } from '../../batch/run-batch.ts';
import { openTracing } from '../../integrations/opentelemetry/open-tracing.ts';
import { openManifest } from '../../run/catalogue/manifest.ts';
import { systemClock } from '../../run/system-clock.ts';
import { version } from '../../run/version.ts';
import type { Environment } from '../environment.ts';
import { isProgressWatched } from '../look.ts';
import { openCache } from '../open-cache.ts';
import { listenForSignals } from '../signals.ts';
import { keepHeapSmall } from '../small-heap.ts';
import type { OpenBatch } from './open-batch.ts';
import type { BatchCommandOptions } from './options.ts';
import { tellInLines } from './tell-in-lines.ts';
import type { Telling } from './telling.ts';

/** Runs an open batch to its end, telling how far it is; `code` is owed to a signal, null where none came. */
export async function holdBatch(
  open: OpenBatch,
  options: BatchCommandOptions,
  environment: Environment,
): Promise<{ state: BatchState; code: number | null }> {
  keepHeapSmall();
  const telling = await openTelling(open, options, environment);
  const manifest = await openManifest(open.place);
  const cache = openCache(options, environment);
  const { variables } = environment;
  const tracing = await openTracing({ variables, stderr: { write: telling.say } });
  const batch = createBatch({
    ...open,
    ...(cache === null ? {} : { cache }),
    onRun(run, task) {
      tracing?.follow(run);
      return telling.watch(run, task);
    },
    manifest,
    version,
    clock: systemClock,
    jitter: Math.random,
    retryFailed: options.retryFailed === true,
    mostCalls: options.concurrency,
    requestsPerMinute: options.rpm ?? null,
    tokensPerMinute: options.tpm ?? null,
    inJobs: options.openaiBatch ? { folder: jobsPlace(open.place), pollMs: options.lookEvery * 1000 } : null,
    onDebate: telling.rested,
  });
  const interruption = listenForSignals(
    () => {
      telling.stopping(
        options.openaiBatch
          ? 'Stopping: everything is saved. Jobs under way go on at OpenAI, and the same command collects them.'
          : 'Stopping: the calls under way may end, and everything is saved. Ctrl+C again leaves at once.',
      );
      batch.stop('The person running the batch stopped it.');
    },
    (code) => {
      telling.leave();
      process.exit(code);
    },
  );
  telling.follow(batch, () => interruption.interrupt());
  try {
    return { state: await batch.run(), code: interruption.code };
  } finally {
    interruption.dispose();
    await telling.close();
    await manifest.close();
    await tracing?.close();
  }
}

/** The screen, and Ink with it, is loaded only where a person watches. */
async function openTelling(
  open: OpenBatch,
  options: BatchCommandOptions,
  environment: Environment,
): Promise<Telling> {
  if (!isProgressWatched(options, environment)) return tellInLines(open, options, environment);
  const { tellOnScreen } = await import('./tell-on-screen.ts');
  return tellOnScreen(open, options, environment);
}
