import type { Command } from 'commander';
import {
  addDebateOptions,
  addModelOptions,
  addScreenOptions,
  addSourceOptions,
  addStoreOptions,
} from '../options/debate-options.ts';
import { addResultOptions, addScoreOptions } from '../options/document-options.ts';
import type { Does } from './does.ts';

/** Commands for debates that are stored, and for transcripts. */
export function addStoredCommands(program: Command, does: Does): void {
  const repairing = program
    .command('repair')
    .summary('copy a damaged run up to its last whole event')
    .argument('<run>', 'name of the run, or its folder')
    .option('--as <name>', 'name of the copy; RUN-repaired by default')
    .action(does(async () => (await import('../commands/repair.ts')).repair));
  addSourceOptions(repairing);

  const replay = program
    .command('replay')
    .summary('watch a stored debate again, with no network')
    .argument('<run>', 'name of the run, or its folder')
    .option('--speed <factor>', 'times the reading pace; 0 shows all at once')
    .option('--idle-limit <seconds>', 'longest silence between events', '2')
    .action(does(async () => (await import('../commands/replay.ts')).replay));
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
    .action(does(async () => (await import('../commands/report.ts')).report));
  addResultOptions(reporting, ['md', 'html', 'json'], 'md');
  addSourceOptions(reporting);

  const scoring = program
    .command('score')
    .summary('read who stands where in any transcript, and how far they have converged')
    .description(
      'Score transcripts: runs of parley, or lists of turns that it did not make (JSON lines, or text as "Name: speech").',
    )
    .argument('<file...>', 'transcripts, - for standard input, or names of runs')
    .action(does(async () => (await import('../commands/score.ts')).score));
  addScoreOptions(scoring);
  addResultOptions(scoring, ['table', 'md', 'html', 'json'], 'table');
  addSourceOptions(scoring);

  const setUp = program
    .command('set-up')
    .summary('choose everything on a screen, then hold a debate (what parley does by itself)')
    .action(does(async () => (await import('../commands/set-up.ts')).setUp));
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
    .action(does(async () => (await import('../commands/fork.ts')).fork));
  addModelOptions(forking);
  addScreenOptions(forking);
  addSourceOptions(forking);

  const comparing = program
    .command('diff')
    .summary('where two debates part, and what changed in the positions')
    .argument('<run...>', 'two runs, by name or folder')
    .option('--json', 'the difference as JSON')
    .action(does(async () => (await import('../commands/diff.ts')).diff));
  addSourceOptions(comparing);
}
