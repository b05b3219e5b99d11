import type { Command } from 'commander';
import {
  addBatchOptions,
  addComparisonOptions,
  addFilterOptions,
  addWorkerOptions,
} from '../options/batch-options.ts';
import { addProgressOptions, addSourceOptions, addStoreOptions } from '../options/debate-options.ts';
import type { Does } from './does.ts';

/** Commands for many debates, on files and on Postgres. */
export function addCommandsForMany(program: Command, does: Does): void {
  const many = program
    .command('batch')
    .summary('hold all debates of a plan; run it again to go on')
    .description('Hold every debate of a plan file, or so many plain ones of a scenario, each exactly once.')
    .argument('<plan>', 'a plan file, or a scenario')
    .option('--on <address>', 'put the plan into this postgres:// database instead, for workers to hold')
    .action(does(async () => (await import('../commands/batch.ts')).batch));
  addBatchOptions(many);
  addProgressOptions(many);
  addStoreOptions(many);

  const working = program
    .command('worker')
    .summary('hold debates of plans in a Postgres database, beside other workers')
    .description(
      'Hold debates of the plans in a database, beside any number of other workers. Plans, prompts and articles come from there; model keys are taken from here and never stored.',
    )
    .argument('<address>', 'postgres://USER@HOST/DATABASE; the password may stand in PGPASSWORD')
    .action(does(async () => (await import('../commands/worker.ts')).worker));
  addWorkerOptions(working);
  addProgressOptions(working);

  const looking = program
    .command('status')
    .summary('how far the plans in a Postgres database are, and who works on them')
    .description(
      'Tell how far the plans in a database are, what they cost so far, who works on them, and which debates were set aside and why.',
    )
    .argument('<address>', 'postgres://USER@HOST/DATABASE; the password may stand in PGPASSWORD')
    .option('--watch', 'look again until nothing is left to hold; exits with 3 where not all is done')
    .option('--json', 'as one line of JSON; with --watch one at every change')
    .action(does(async () => (await import('../commands/status.ts')).status));
  addProgressOptions(looking);

  const versus = program
    .command('compare')
    .summary('compare prompt strategies, and say honestly which is better')
    .description(
      'Hold every debate of a plan file with two arms or more, and compare the arms article by article.',
    )
    .argument('<plan>', 'a plan file, such as examples/steelman.yaml')
    .action(does(async () => (await import('../commands/compare.ts')).compare));
  addComparisonOptions(versus);
  addBatchOptions(versus);
  addProgressOptions(versus);
  addSourceOptions(versus);

  const pulling = program
    .command('pull')
    .summary('copy the runs of a database to a folder; run it again to go on')
    .description(
      'Copy the runs of a database to a folder, each whole or not at all. Those that have gone on since are copied anew.',
    )
    .argument('<address>', 'postgres://USER@HOST/DATABASE; the password may stand in PGPASSWORD')
    .action(does(async () => (await import('../commands/pull.ts')).pull));
  addStoreOptions(pulling);

  program
    .command('migrate')
    .summary('make the tables of parley in a database, or bring them up to date')
    .description(
      'Make the tables of parley in a database, or bring them up to date; what is stored stays. batch --on does so by itself.',
    )
    .argument('<address>', 'postgres://USER@HOST/DATABASE, as a role that may create tables')
    .action(does(async () => (await import('../commands/migrate.ts')).migrate));

  const listing = program
    .command('ls')
    .summary('the stored runs, one a line')
    .option('--json', 'as JSON')
    .action(does(async () => (await import('../commands/ls.ts')).ls));
  addFilterOptions(listing);
  addSourceOptions(listing);

  const counting = program
    .command('stats')
    .summary('the stored runs, counted by scenario, strategy, models and control')
    .option('--json', 'as JSON')
    .action(does(async () => (await import('../commands/stats.ts')).stats));
  addFilterOptions(counting);
  addSourceOptions(counting);
}
