import { counted } from '../../text/figures.ts';
import { defineCommand, flag, option } from '../command.ts';
import { need, say } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';
import { text } from '../option-values.ts';
import { filterOptions, storeOptions } from '../shared-options.ts';

/** `parley inspect-log`: stored debates as logs that `inspect view` and Inspect's data frames read. */
export const command = defineCommand({
  description:
    "Write runs as evaluation logs for Inspect's viewer and data frames, one per scenario, strategy and set of models.",
  argument: { help: 'names of runs; all that match the filters by default' },
  options: {
    out: option('--out <folder>', 'where the logs are written', text, { usual: 'logs' }),
    force: flag('--force', 'overwrite existing logs'),
    ...filterOptions,
    ...storeOptions,
  },
  async action({ args: named, options }, environment) {
    const { writeInspectLogs } = await import('../../integrations/inspect/write-logs.ts');
    const { namesOf, passingRuns, withRuns } = await import('../with-runs.ts');
    const { out, force: replace } = options;
    return withRuns(options.transcripts, async ({ store, listed }) => {
      async function* passing() {
        for await (const { run } of passingRuns(listed(), options, environment)) yield run;
      }
      const runs = named.length > 0 ? await namesOf(named, options.transcripts) : passing();
      for (const written of need(await writeInspectLogs({ store, runs, out, replace }))) {
        const { path, debates, isNew } = written;
        const there = `${path} already exists with the same debates; --force overwrites it.`;
        say(environment, isNew ? `Wrote ${path}: ${counted(debates, 'debate')}.` : there);
      }
      say(environment, `View them with: inspect view --log-dir ${out}`);
      return exitCode.done;
    });
  },
});
