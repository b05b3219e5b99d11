import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Place } from './mutants-of.ts';
import type { MeasuredTest, Request, Subset } from './run-tests.ts';

/** A process that runs the tests of a folder as often as it is asked. */
export async function startRunner(tests: string, withSlow: boolean) {
  const child = fork('scripts/mutants/run-tests.ts', [tests, ...(withSlow ? ['slow'] : [])], {
    stdio: 'ignore',
    detached: true,
  });
  const ended = once(child, 'exit').then(() => undefined);
  /** The next answer; undefined where none came in time or the process ended. */
  const answer = async (mostMs = Number.POSITIVE_INFINITY): Promise<unknown> => {
    const { promise: late, resolve } = Promise.withResolvers<undefined>();
    const timer = Number.isFinite(mostMs) ? setTimeout(() => resolve(undefined), mostMs) : undefined;
    const first = await Promise.race([once(child, 'message'), late, ended]);
    clearTimeout(timer);
    return first?.[0];
  };
  const ask = (request: Request, mostMs?: number) => {
    child.send(request);
    return answer(mostMs);
  };
  if ((await answer()) === undefined) throw new Error(`the tests in ${tests} cannot be started`);
  const runner = {
    isGone: false,
    async measure(files: readonly string[]): Promise<MeasuredTest[]> {
      const tests = await ask({ type: 'measure', files });
      if (tests === undefined) throw new Error('the tests ended their process');
      return tests as MeasuredTest[];
    },
    /** Do the tests pass with this change, or as the file stands? Null where they do not end in time: then the process is gone. */
    async passes(file: string, place: Place | null, subset: Subset, mostMs: number): Promise<boolean | null> {
      const passed = await ask({ type: 'try', file, place, subset }, mostMs);
      if (passed !== undefined) return passed === true;
      runner.stop();
      return null;
    },
    stop() {
      if (runner.isGone || child.pid === undefined) return;
      runner.isGone = true;
      process.kill(-child.pid, 'SIGKILL');
    },
  };
  return runner;
}
