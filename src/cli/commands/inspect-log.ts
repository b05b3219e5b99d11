import { defineCommand, flag, option } from '../command.ts';
import { complain, say } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';
import { text } from '../option-values.ts';
import { filterOptions, storeOptions } from '../shared-options.ts';

/** `parley inspect-log`: stored debates as logs that `inspect view` and Inspect's data frames read. */
export const inspectLog = defineCommand({
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
    const { findRun } = await import('../../run/catalogue/find-run.ts');
    const { passingRuns } = await import('../passing-runs.ts');
    const { withRuns } = await import('../with-runs.ts');
    const { out, force: replace } = options;
    return withRuns(options.transcripts, environment, async ({ store, listed }) => {
      async function* passing() {
        for await (const { run } of passingRuns(listed(), options, environment)) yield run;
      }
      const found: string[] = [];
      for (const given of named) {
        const run = await findRun(given, options.transcripts);
        if (!run.ok) return complain(environment, run.failure);
        found.push(run.value.name);
      }
      const runs = named.length > 0 ? found : passing();
      const written = await writeInspectLogs({ store, runs, out, replace });
      if (!written.ok) return complain(environment, written.failure);
      for (const { path, debates, isNew } of written.value) {
        say(
          environment,
          isNew
            ? `Wrote ${path}: ${debates === 1 ? '1 debate' : `${debates} debates`}.`
            : `${path} already exists with the same debates; --force overwrites it.`,
        );
      }
      say(environment, `View them with: inspect view --log-dir ${out}`);
      return exitCode.done;
    });
  },
});
