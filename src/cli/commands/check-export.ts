import { stat } from 'node:fs/promises';
import { type CheckedDataset, checkDataset } from '../../dataset/check/check-dataset.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { complain } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';

/** `parley check-export`: holds a folder of training data, whoever made it, to what loaders ask for. */
export async function checkExport(
  folder: string | undefined,
  options: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  const place = folder ?? '.';
  const found = await stat(place).catch(() => null);
  if (!found?.isDirectory()) {
    return complain(
      environment,
      `${place} is no folder. Give the folder that holds the .jsonl or .parquet files.`,
    );
  }
  const checked = await checkDataset(place);
  const { stdout } = environment;
  if (options['json'] === true) {
    for (const fault of checked.faults) stdout.write(`${JSON.stringify(fault)}\n`);
  } else {
    for (const text of inWords(place, checked)) stdout.write(`${sanitizeLine(text)}\n`);
  }
  return checked.total === 0 ? exitCode.done : exitCode.failed;
}

function inWords(place: string, { faults, unnamed, total, files, rows }: CheckedDataset): string[] {
  const named = faults.map(({ file, row, reason, message }) => {
    const where = row === null ? file : `${file}:${row}`;
    return `${where}: ${reason}: ${message}`;
  });
  const more = unnamed.map(({ file, reason, count }) => `${file}: ${reason}: and ${count} more`);
  const tables = files.map(({ path, rows: count, kind }) => `${path}: ${count} rows, ${kind}`);
  if (total > 0) return [...named, ...more, `${total} faults in ${rows} rows of ${place}.`];
  return [...tables, `${rows} rows of ${place} are fit to train on.`];
}
