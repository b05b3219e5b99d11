import { Command } from 'commander';
import type { Environment } from './environment.ts';
import {
  addBatchOptions,
  addComparisonOptions,
  addDebateOptions,
  addExportOptions,
  addFilterOptions,
  addModelOptions,
  addProgressOptions,
  addResultOptions,
  addScoreOptions,
  addScreenOptions,
  addSourceOptions,
  addStoreOptions,
  addWorkerOptions,
} from './options.ts';
import { version } from './version.ts';

/** A command's work: gets what the person typed, gives the exit code. Loaded only when it is asked for. */
type Work = (
  argument: string | undefined,
  options: Record<string, unknown>,
  environment: Environment,
  /** All arguments of a command that takes several. */
  list: readonly string[],
) => Promise<number>;

/** The command line as a whole. Builds no command's code: `--help` must answer at once. */
export function createProgram(environment: Environment, report: (code: number) => void): Command {
  const program = new Command('parley')
    .description(
      'Debates between persona agents, grounded in one article, with a convergence score you can trace.',
    )
    .version(version, '-V, --version')
    .showHelpAfterError('(parley --help shows what there is)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void environment.stdout.write(text),
      writeErr: (text) => void environment.stderr.write(text),
    });
  const does = (load: () => Promise<Work>) =>
    async function (this: Command, ...args: unknown[]) {
      const argument = typeof args[0] === 'string' ? args[0] : undefined;
      const work = await load();
      const list = Array.isArray(args[0]) ? args[0].map(String) : [];
      report(await work(argument, this.opts(), environment, list));
    };

  const run = program
    .command('run')
    .summary('hold a debate')
    .description('Hold a debate over a scenario: the bundled one, or a folder of your own.')
    .argument('[scenario]', 'name of a bundled scenario, or a folder', 'us-dprk-talks')
    .action(does(async () => (await import('./commands/run.ts')).run));
  addDebateOptions(run);
  addModelOptions(run);
  addScreenOptions(run);
  addStoreOptions(run);

  const resume = program
    .command('resume')
    .summary('go on with a debate that was stopped, failed or killed')
    .argument('<run>', 'name of the run, or its folder')
    .option('--rounds <n>', 'hold this many rounds in all')
    .option('--budget <usd>', 'new budget in US dollars')
    .option('--budget-tokens <n>', 'new budget in tokens')
    .option('--no-stop-early', 'go on to the round limit whatever the convergence')
    .option('--pay-again', 'go on although calls of it are in jobs of a batch with --openai-batch')
    .action(does(async () => (await import('./commands/resume.ts')).resume));
  addModelOptions(resume);
  addScreenOptions(resume);
  addSourceOptions(resume);

  const many = program
    .command('batch')
    .summary('hold all debates of a plan; run it again to go on')
    .description('Hold every debate of a plan file, or so many plain ones of a scenario, each exactly once.')
    .argument('<plan>', 'a plan file, or a scenario')
    .option('--on <address>', 'put the plan into this postgres:// database instead, for workers to hold')
    .action(does(async () => (await import('./commands/batch.ts')).batch));
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
    .action(does(async () => (await import('./commands/worker.ts')).worker));
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
    .action(does(async () => (await import('./commands/status.ts')).status));
  addProgressOptions(looking);

  const versus = program
    .command('compare')
    .summary('compare prompt strategies, and say honestly which is better')
    .description(
      'Hold every debate of a plan file with two arms or more, and compare the arms article by article.',
    )
    .argument('<plan>', 'a plan file, such as examples/steelman.yaml')
    .action(does(async () => (await import('./commands/compare.ts')).compare));
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
    .action(does(async () => (await import('./commands/pull.ts')).pull));
  addStoreOptions(pulling);

  program
    .command('migrate')
    .summary('make the tables of parley in a database, or bring them up to date')
    .description(
      'Make the tables of parley in a database, or bring them up to date; what is stored stays. batch --on does so by itself.',
    )
    .argument('<address>', 'postgres://USER@HOST/DATABASE, as a role that may create tables')
    .action(does(async () => (await import('./commands/migrate.ts')).migrate));

  const listing = program
    .command('ls')
    .summary('the stored runs, one a line')
    .option('--json', 'as JSON')
    .action(does(async () => (await import('./commands/ls.ts')).ls));
  addFilterOptions(listing);
  addSourceOptions(listing);

  const counting = program
    .command('stats')
    .summary('the stored runs, counted by scenario, strategy, models and control')
    .option('--json', 'as JSON')
    .action(does(async () => (await import('./commands/stats.ts')).stats));
  addFilterOptions(counting);
  addSourceOptions(counting);

  const repairing = program
    .command('repair')
    .summary('copy a damaged run up to its last whole event')
    .argument('<run>', 'name of the run, or its folder')
    .option('--as <name>', 'name of the copy; RUN-repaired by default')
    .action(does(async () => (await import('./commands/repair.ts')).repair));
  addSourceOptions(repairing);

  const replay = program
    .command('replay')
    .summary('watch a stored debate again, with no network')
    .argument('<run>', 'name of the run, or its folder')
    .option('--speed <factor>', 'times the reading pace; 0 shows all at once')
    .option('--idle-limit <seconds>', 'longest silence between events', '2')
    .action(does(async () => (await import('./commands/replay.ts')).replay));
  addScreenOptions(replay);
  addSourceOptions(replay);

  const reporting = program
    .command('report')
    .summary('a stored debate as one document')
    .description(
      'Show a stored debate as Markdown, as one self-contained web page, or as JSON, with the evidence for every figure.',
    )
    .argument('<run>', 'name of the run, or its folder')
    .option('--notes', 'include the private notes, where the strategy asked for them')
    .action(does(async () => (await import('./commands/report.ts')).report));
  addResultOptions(reporting, ['md', 'html', 'json'], 'md');
  addSourceOptions(reporting);

  const scoring = program
    .command('score')
    .summary('read who stands where in any transcript, and how far they have converged')
    .description(
      'Score transcripts: runs of parley, or lists of turns that it did not make (JSON lines, or text as "Name: speech").',
    )
    .argument('<file...>', 'transcripts, - for standard input, or names of runs')
    .action(does(async () => (await import('./commands/score.ts')).score));
  addScoreOptions(scoring);
  addResultOptions(scoring, ['table', 'md', 'html', 'json'], 'table');
  addSourceOptions(scoring);

  const setUp = program
    .command('set-up')
    .summary('choose everything on a screen, then hold a debate (what parley does by itself)')
    .action(does(async () => (await import('./commands/set-up.ts')).setUp));
  addDebateOptions(setUp);
  addModelOptions(setUp);
  addScreenOptions(setUp);
  addStoreOptions(setUp);

  const forking = program
    .command('fork')
    .summary('go on differently from a turn of a stored debate')
    .description(
      'Make new runs that share everything before a speech with a stored debate and go on from there by themselves.',
    )
    .argument('<run>', 'name of the run, or its folder')
    .requiredOption('--turn <n>', 'the speech that is given anew')
    .option('-s, --strategy <name>', 'go on with another strategy: a name or a Markdown file')
    .option('--persona-prompt <file>', 'go on with another file for the persona whose id it holds')
    .option('-n, --n <count>', 'how many forks', '1')
    .option('--name <run>', 'name of the fork; made from the run and the turn by default')
    .action(does(async () => (await import('./commands/fork.ts')).fork));
  addModelOptions(forking);
  addScreenOptions(forking);
  addSourceOptions(forking);

  const comparing = program
    .command('diff')
    .summary('where two debates part, and what changed in the positions')
    .argument('<run...>', 'two runs, by name or folder')
    .option('--json', 'the difference as JSON')
    .action(does(async () => (await import('./commands/diff.ts')).diff));
  addSourceOptions(comparing);

  const exporting = program
    .command('export')
    .summary('make training data from stored debates')
    .description(
      'Make a data set directory from stored debates: rows, splits without leakage, card, metadata, checksums; checked before it gets its name.',
    )
    .argument('<folder>', 'the directory to make')
    .action(does(async () => (await import('./commands/export.ts')).exportData));
  addExportOptions(exporting);
  addSourceOptions(exporting);

  const logging = program
    .command('inspect-log')
    .summary('stored debates as logs for Inspect (inspect view)')
    .description(
      "Write runs as evaluation logs that Inspect's viewer and data frames read, one for each scenario, strategy and set of models.",
    )
    .argument('[run...]', 'names of runs; without any, all that the filters let pass')
    .option('--out <folder>', 'where the logs are written', 'logs')
    .option('--force', 'write logs anew that are there');
  logging.action(does(async () => (await import('./commands/inspect-log.ts')).inspectLog));
  addFilterOptions(logging);
  addStoreOptions(logging);

  program
    .command('check-export')
    .summary('hold a folder of training data to what trainers ask for')
    .argument('<folder>', 'the folder, made by parley or not')
    .option('--json', 'faults as JSON lines')
    .action(does(async () => (await import('./commands/check-export.ts')).checkExport));

  program
    .command('check')
    .summary('check a scenario folder and name every fault')
    .argument('<folder>', 'the scenario')
    .option('--json', 'faults as JSON lines')
    .option('--passages', 'list the passages with the numbers they are cited by')
    .action(does(async () => (await import('./commands/check.ts')).check));

  program
    .command('new')
    .summary('start a scenario of your own')
    .argument('<folder>', 'where to put it; must be new or empty')
    .action(does(async () => (await import('./commands/new.ts')).startNew));

  const doctor = program
    .command('doctor')
    .summary('look for what would keep parley from working here')
    .option('--json', 'findings as JSON')
    .action(does(async () => (await import('./commands/doctor.ts')).doctor));
  addSourceOptions(doctor);

  return program;
}
