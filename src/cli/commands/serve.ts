import type { Failure } from '../../debate/outcome.ts';
import { defineCommand, flag, option } from '../command.ts';
import { complain, need, say } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';
import { whole } from '../option-values.ts';
import { runHelp, sourceOptions } from '../shared-options.ts';

/** `parley serve`: a stored or running debate as a web page on this machine. */
export const command = defineCommand({
  description:
    'Show a debate as a read-only web page on 127.0.0.1. While another process runs the debate, the page follows it.',
  argument: { help: runHelp },
  options: {
    port: option('--port <n>', 'port to listen on; 0 takes a free one', whole(0, 65_535), { usual: '0' }),
    notes: flag('--notes', 'include private notes, if the strategy asked for them'),
    ...sourceOptions,
  },
  async action({ args: [given = ''], options }, environment) {
    const { serveDebate } = await import('../../report/serve-debate.ts');
    const { systemClock: clock } = await import('../../run/system-clock.ts');
    const { untilSignal } = await import('../signals.ts');
    const { withRun } = await import('../with-runs.ts');
    return withRun(given, options.transcripts, async ({ store, name: run }) => {
      // A run that is not there, or cannot be read, is reported at once.
      for await (const event of store.events(run)) {
        need(event);
        break;
      }
      const { port, notes } = options;
      const onFailure = (failure: Failure) => complain(environment, failure);
      const served = need(await serveDebate({ store, run, clock, port, notes, onFailure }));
      say(environment, `${run} is shown at ${served.address}/ on this machine. Ctrl+C ends it.`);
      await untilSignal();
      await served.close();
      return exitCode.done;
    });
  },
});
