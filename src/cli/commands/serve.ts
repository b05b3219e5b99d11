import { defineCommand, flag, option } from '../command.ts';
import { complain, say } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';
import { whole } from '../option-values.ts';
import { runHelp, sourceOptions } from '../shared-options.ts';

/** `parley serve`: a stored or running debate as a web page on this machine. */
export const serve = defineCommand({
  description:
    'Show a debate as a web page on 127.0.0.1, to be read only. While another process runs the debate, the page follows it.',
  argument: { help: runHelp },
  options: {
    port: option('--port <n>', 'port to listen on; 0 takes a free one', whole(0, 65_535), { usual: '0' }),
    notes: flag('--notes', 'include the private notes, where the strategy asked for them'),
    ...sourceOptions,
  },
  async action({ args: [given = ''], options }, environment) {
    const { serveDebate } = await import('../../report/serve-debate.ts');
    const { findRun } = await import('../../run/catalogue/find-run.ts');
    const { systemClock: clock } = await import('../../run/system-clock.ts');
    const { untilSignal } = await import('../signals.ts');
    const { withRuns } = await import('../with-runs.ts');
    const found = await findRun(given, options.transcripts);
    if (!found.ok) return complain(environment, found.failure);
    const { folder, name: run } = found.value;
    return withRuns(folder, environment, async ({ store }) => {
      // A run that is not there, or cannot be read, is told of at once.
      for await (const event of store.events(run)) {
        if (!event.ok) return complain(environment, event.failure);
        break;
      }
      const { port, notes } = options;
      const served = await serveDebate({
        ...{ store, run, clock, port, notes },
        onFailure: (failure) => complain(environment, failure),
      });
      if (!served.ok) return complain(environment, served.failure);
      say(environment, `${run} is shown at ${served.value.address}/ on this machine. Ctrl+C ends it.`);
      await untilSignal();
      await served.value.close();
      return exitCode.done;
    });
  },
});
