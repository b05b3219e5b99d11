import { type BatchState, createBatch } from '../../batch/batch.ts';
import { jobsPlace } from '../../batch/lockstep/job-state.ts';
import { openManifest } from '../../batch/manifest.ts';
import { systemClock } from '../../run/system-clock.ts';
import { sanitizeLine } from '../../terminal/sanitize.ts';
import type { Environment } from '../environment.ts';
import { openCache } from '../open-cache.ts';
import { listenForSignals } from '../signals.ts';
import { keepHeapSmall } from '../small-heap.ts';
import { openTracing } from '../tracing/open-tracing.ts';
import { version } from '../version.ts';
import type { OpenBatch } from './open-batch.ts';
import type { BatchCommandOptions } from './options.ts';
import { progressInWords } from './words.ts';

/** Milliseconds between two lines: redrawn in a terminal, now and then in a log. */
const between = { terminal: 500, log: 10_000 };

/** Runs an open batch to its end, telling how far it is; `code` is owed to a signal, null where none came. */
export async function holdBatch(
  open: OpenBatch,
  options: BatchCommandOptions,
  environment: Environment,
): Promise<{ state: BatchState; code: number | null }> {
  keepHeapSmall();
  const { stderr } = environment;
  const manifest = await openManifest(open.place);
  const say = (line: string) => void stderr.write(`${clear}${sanitizeLine(line)}\n`);
  const isTerminal = stderr.isTTY === true;
  const clear = isTerminal ? '\r\u001b[K' : '';
  const cache = openCache(options, environment);
  const tracing = await openTracing(environment);
  const batch = createBatch({
    ...open,
    ...(cache === null ? {} : { cache }),
    onRun: (run) => void tracing?.follow(run),
    manifest,
    version,
    clock: systemClock,
    jitter: Math.random,
    retryFailed: options.retryFailed === true,
    mostCalls: options.concurrency,
    requestsPerMinute: options.rpm ?? null,
    tokensPerMinute: options.tpm ?? null,
    inJobs: options.openaiBatch ? { folder: jobsPlace(open.place), pollMs: options.lookEvery * 1000 } : null,
    onDebate: (id, outcome) => {
      if ('why' in outcome) say(`${id} ${outcome.state}: ${outcome.why}`);
    },
  });
  const interruption = listenForSignals(
    () => {
      say(
        options.openaiBatch
          ? 'Stopping: everything is saved. Jobs under way go on at OpenAI, and the same command collects them.'
          : 'Stopping: the calls under way may end, and everything is saved. Ctrl+C again leaves at once.',
      );
      batch.stop('The person running the batch stopped it.');
    },
    (code) => process.exit(code),
  );
  const { planned, done, failed } = open.estimate.debates;
  const before = done + (options.retryFailed ? 0 : failed);
  const startedAt = systemClock.now();
  const show = () => {
    const elapsedMs = systemClock.now() - startedAt;
    const line = progressInWords({ state: batch.state, planned, before, elapsedMs });
    stderr.write(isTerminal ? `${clear}${line.slice(0, stderr.columns - 1)}` : `${line}\n`);
  };
  const timer = setInterval(show, isTerminal ? between.terminal : between.log);
  try {
    return { state: await batch.run(), code: interruption.code };
  } finally {
    clearInterval(timer);
    interruption.dispose();
    await manifest.close();
    stderr.write(clear);
    await tracing?.close();
  }
}
