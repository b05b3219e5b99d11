import type { Debate } from '../../debate/debate.ts';
import { openTracing } from '../../integrations/opentelemetry/open-tracing.ts';
import type { DebateRun } from '../../run/debate-run.ts';
import { complain } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { farewellFor } from '../farewell.ts';
import { chooseScreen, type ScreenOptions } from '../front-end.ts';
import { show } from '../show.ts';

/** Shows a run until it ends and hands it what the person does; resolves with the exit code. */
export async function watch(
  run: DebateRun,
  { title, folder }: { title: string; folder: string },
  options: ScreenOptions,
  environment: Environment,
): Promise<number> {
  let ended: Debate | null = null;
  const tracing = await openTracing(environment);
  tracing?.follow(run);
  const { pause, resume, step, ask, stop } = run;
  const shown = {
    kind: chooseScreen(options, environment),
    title,
    controls: { isReplay: false, pause, resume, step, ask, stop },
    subscribe: run.subscribe,
    start: async () => {
      ended = await run.start();
      return ended;
    },
    farewell: () => farewellFor(run.debate, folder, ended),
  };
  try {
    const { result, code } = await show(shown, options, environment);
    return code ?? (result.ended?.reason === 'failed' ? exitCode.failed : exitCode.done);
  } catch (error) {
    if (error instanceof Error && error.name === 'JournalError') return complain(environment, error.message);
    throw error;
  } finally {
    await tracing?.close();
  }
}
