import { stat } from 'node:fs/promises';
import type { CheckedDataset } from '../../dataset/check/check-dataset.ts';
import { defineCommand, flag } from '../command.ts';
import { complain } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';
import { print } from '../write-result.ts';

/** `parley check-export`: checks a folder of training data, by parley or not, against what loaders ask for. */
export const checkExport = defineCommand({
  argument: { help: 'the folder to check, made by parley or not' },
  options: { json: flag('--json', 'print faults as JSON lines') },
  async action({ args: [folder = '.'], options }, environment) {
    const { checkDataset } = await import('../../dataset/check/check-dataset.ts');
    const found = await stat(folder).catch(() => null);
    if (!found?.isDirectory()) {
      return complain(
        environment,
        `${folder} is not a folder. Pass the folder that holds the .jsonl or .parquet files.`,
      );
    }
    const checked = await checkDataset(folder);
    if (options.json)
      environment.stdout.write(checked.faults.map((fault) => `${JSON.stringify(fault)}\n`).join(''));
    else print(environment, inWords(folder, checked));
    return checked.total === 0 ? exitCode.done : exitCode.failed;
  },
});

function inWords(
  place: string,
  { faults, unnamed, total, files, rows, templates }: CheckedDataset,
): string[] {
  const named = faults.map(({ file, row, reason, message }) => {
    const where = row === null ? file : `${file}:${row}`;
    return `${where}: ${reason}: ${message}`;
  });
  const more = unnamed.map(({ file, reason, count }) => `${file}: ${reason}: and ${count} more`);
  const refusing = templates.filter(({ refuses }) => refuses !== null).map(({ model }) => model);
  const folding =
    refusing.length > 0
      ? [
          `Templates without a system role refuse these rows (${refusing.join(', ')}): export with --fold-system for them.`,
        ]
      : [];
  const tables = files.map(({ path, rows: count, kind }) => `${path}: ${count} rows, ${kind}`);
  if (total > 0) return [...named, ...more, `${total} faults in ${rows} rows of ${place}.`];
  return [...tables, ...folding, `${rows} rows of ${place} are fit to train on.`];
}
