import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checksums, filesBelow, hashedFile } from '../write/files-of-folder.ts';
import { card } from './card.ts';
import { croissant } from './croissant.ts';
import type { DataFile, Summary } from './summary.ts';
import { axolotlStanzas, llamaFactoryInfo } from './trainer-files.ts';

/** Writes what stands beside the rows: card, metadata, trainers' configurations, checksums last. */
export async function describeFolder(folder: string, described: Omit<Summary, 'files'>): Promise<void> {
  const summary: Summary = { ...described, files: dataFilesAmong(await filesBelow(folder)) };
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  await write('README.md', card(summary));
  await write('dataset_info.json', llamaFactoryInfo(summary));
  await write('axolotl.yaml', axolotlStanzas(summary));
  await write('export.json', exportRecord(summary));
  const hashed = [];
  for (const path of await filesBelow(folder)) hashed.push(await hashedFile(folder, path));
  await write('croissant.json', croissant(summary, hashed));
  hashed.push(await hashedFile(folder, 'croissant.json'));
  await write('SHA256SUMS', checksums(hashed));
}

function dataFilesAmong(paths: readonly string[]): DataFile[] {
  return paths.flatMap((path) => {
    const [, format, split, ending] =
      /^data\/([^/]+)\/([a-z0-9_]+)(?:-\d+)?\.(jsonl|parquet)$/.exec(path) ?? [];
    if (!format || !split) return [];
    return [{ path, format, split, kind: ending === 'parquet' ? 'parquet' : 'jsonl' }];
  });
}

/** What was asked for and what came of it, for programs. */
function exportRecord({
  parley,
  madeAt,
  formats,
  splits,
  filters,
  ranking,
  foldSystem,
  notes,
  counts,
}: Summary): string {
  const record = {
    parley,
    madeAt,
    formats: formats.map(({ name }) => name),
    splits,
    filters,
    ranking,
    foldSystem,
    notes,
    counts,
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}
