import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { checksums, filesBelow, hashedFile } from '../write/whole-folder.ts';
import { card } from './card.ts';
import { croissant } from './croissant.ts';
import { type DataFile, maxLength, type Summary } from './summary.ts';

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
    const found = /^data\/([^/]+)\/([a-z0-9_]+)(?:-\d+)?\.(jsonl|parquet)$/.exec(path);
    const [, format = '', split = '', ending] = found ?? [];
    return found ? [{ path, format, split, kind: ending === 'parquet' ? 'parquet' : 'jsonl' }] : [];
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

/** dataset_info.json for LLaMA-Factory: put the folder into its `dataset_dir`. */
function llamaFactoryInfo({ files, formats, name }: Summary): string {
  const entries = formats.flatMap(({ name: format, trainers }) =>
    trainers.llamaFactory
      ? preferred(files, format).map((file) => [
          `${name}_${format}_${file.split}`,
          { file_name: file.path, ...trainers.llamaFactory },
        ])
      : [],
  );
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

/** The `datasets` part of an Axolotl configuration, one document for each way to train. */
function axolotlStanzas({ files, formats, counts }: Summary): string {
  const documents = formats.flatMap(({ name, trainers: { axolotl } }) => {
    if (!axolotl) return [];
    const of = (split: string) =>
      preferred(files, name)
        .filter((file) => file.split === split)
        .map(({ path, kind }) => ({
          path,
          ds_type: kind === 'parquet' ? 'parquet' : 'json',
          split: 'train',
          ...axolotl.dataset,
        }));
    const [train, test] = [of('train'), of('validation')];
    if (train.length === 0) return [];
    const tokens = counts.tokens[name];
    const length = tokens ? { sequence_len: maxLength(tokens.longest) } : {};
    return [
      { ...axolotl.head, ...length, datasets: train, ...(test.length > 0 ? { test_datasets: test } : {}) },
    ];
  });
  const note = '# Paths are relative to this folder. Copy one document into your configuration.\n';
  return note + documents.map((document) => stringify(document, { lineWidth: 0 })).join('---\n');
}

/** One file for each split: JSON lines, which is one file whatever its size, else the first Parquet file. */
function preferred(files: readonly DataFile[], format: string): DataFile[] {
  const bySplit = new Map<string, DataFile>();
  for (const file of files.filter((one) => one.format === format)) {
    if (!bySplit.has(file.split) || file.kind === 'jsonl') bySplit.set(file.split, file);
  }
  return [...bySplit.values()];
}
