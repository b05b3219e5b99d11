import type { Command } from 'commander';
import { addSourceOptions } from '../options/debate-options.ts';
import type { Does } from './does.ts';

/** Commands for scenarios of one's own, and for finding out what is wrong. */
export function addAuthoringCommands(program: Command, does: Does): void {
  program
    .command('check')
    .summary('check a scenario folder and name every fault')
    .argument('<folder>', 'the scenario')
    .option('--json', 'faults as JSON lines')
    .option('--passages', 'list the passages with the numbers they are cited by')
    .action(does(async () => (await import('../commands/check.ts')).check));

  program
    .command('new')
    .summary('start a scenario of your own')
    .argument('<folder>', 'where to put it; must be new or empty')
    .action(does(async () => (await import('../commands/new.ts')).startNew));

  const doctor = program
    .command('doctor')
    .summary('look for what would keep parley from working here')
    .option('--json', 'findings as JSON')
    .action(does(async () => (await import('../commands/doctor.ts')).doctor));
  addSourceOptions(doctor);
}
