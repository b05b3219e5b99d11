import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { diskCode } from './disk-failure.ts';
import { writeShared } from './shared-files.ts';
import { writeTree } from './synced-files.ts';
import type { KeptFile } from './types.ts';

const folderName = 'prompts';

/**
 * Keeps prompt files in a run's folder; with `shared`, as names of files in that folder, which many runs have in common.
 * A path that leaves the run is a bug and throws.
 */
export async function keepFiles(run: string, files: readonly KeptFile[], shared?: string): Promise<void> {
  const byPath = new Map(files.map(({ path, content }) => [checkedPath(path), content]));
  const write =
    shared === undefined
      ? undefined
      : (place: string, content: string) => writeShared(shared, place, content);
  await writeTree(join(run, folderName), byPath, write);
}

/** The kept files of a run by path, in the order of their paths. */
export async function readKeptFiles(run: string): Promise<Map<string, string>> {
  const folder = join(run, folderName);
  const paths = (await entriesOf(folder))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  const files = new Map<string, string>();
  for (const path of paths) files.set(path, await readFile(join(folder, ...path.split('/')), 'utf8'));
  return files;
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (diskCode(error) === 'ENOENT') return [];
    throw error;
  }
}

export function checkedPath(path: string): string {
  const isPlain = path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  if (!isPlain || /[\\\0]/.test(path) || /^[A-Za-z]:/.test(path)) {
    throw new TypeError(`a kept file cannot have the path ${JSON.stringify(path)}`);
  }
  return path;
}
