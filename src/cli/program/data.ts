import type { Command } from 'commander';
import { addFilterOptions } from '../options/batch-options.ts';
import { addSourceOptions, addStoreOptions } from '../options/debate-options.ts';
import { addExportOptions } from '../options/document-options.ts';
import type { Does } from './does.ts';

/** Commands that make data for other tools. */
export function addDataCommands(program: Command, does: Does): void {
  const exporting = program
    .command('export')
    .summary('make training data from stored debates')
    .description(
      'Make a data set directory from stored debates: rows, splits without leakage, card, metadata, checksums; checked before it gets its name.',
    )
    .argument('<folder>', 'the directory to make')
    .action(does(async () => (await import('../commands/export.ts')).exportData));
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
  logging.action(does(async () => (await import('../commands/inspect-log.ts')).inspectLog));
  addFilterOptions(logging);
  addStoreOptions(logging);

  program
    .command('check-export')
    .summary('hold a folder of training data to what trainers ask for')
    .argument('<folder>', 'the folder, made by parley or not')
    .option('--json', 'faults as JSON lines')
    .action(does(async () => (await import('../commands/check-export.ts')).checkExport));
}
