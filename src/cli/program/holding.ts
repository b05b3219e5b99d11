import type { Command } from 'commander';
import {
  addDebateOptions,
  addModelOptions,
  addScreenOptions,
  addSourceOptions,
  addStoreOptions,
} from '../options/debate-options.ts';
import type { Does } from './does.ts';

/** Commands that hold a single debate. */
export function addHoldingCommands(program: Command, does: Does): void {
  const run = program
    .command('run')
    .summary('hold a debate')
    .description('Hold a debate over a scenario: the bundled one, or a folder of your own.')
    .argument('[scenario]', 'name of a bundled scenario, or a folder', 'us-dprk-talks')
    .action(does(async () => (await import('../commands/run.ts')).run));
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
    .action(does(async () => (await import('../commands/resume.ts')).resume));
  addModelOptions(resume);
  addScreenOptions(resume);
  addSourceOptions(resume);
}
