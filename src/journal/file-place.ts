import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { diskCode } from './disk-failure.ts';
import { isShardFolder } from './run-name.ts';

export const journalFile = 'journal.jsonl';

/** The folder of a stored run, in either of the two places; null where there is none. */
export function folderOf(directory: string, debate: string): string | null {
  const places = [join(directory, debate), shardedPlace(directory, debate)];
  return places.find((place) => existsSync(join(place, journalFile))) ?? null;
}

/** Where a run lies in a store that spreads many runs over 256 folders: by the first byte of its id's SHA-256. */
export function shardedPlace(directory: string, debate: string): string {
  return join(directory, shardOf(debate), debate);
}

/** Two hexadecimal digits. Stores of many runs list them by it, and then by name. */
export function shardOf(debate: string): string {
  return createHash('sha256').update(debate).digest('hex').slice(0, 2);
}

/** How many folders are looked into before other work gets its turn. */
const batch = 1000;

/**
 * Ids of the runs below a folder, by name: `<run>/journal.jsonl` and, in folders of two hexadecimal digits,
 * `ab/<run>/journal.jsonl`. Nothing deeper is looked at; journals are not opened.
 */
export async function* runsIn(directory: string): AsyncGenerator<string> {
  const names = await foldersIn(directory);
  yield* storedAmong(
    directory,
    names.filter((name) => !isShardFolder(name)),
  );
  for (const shard of names.filter(isShardFolder)) {
    const folder = join(directory, shard);
    yield* storedAmong(folder, await foldersIn(folder));
  }
}

async function* storedAmong(directory: string, names: readonly string[]): AsyncGenerator<string> {
  let looked = 0;
  for (const name of names) {
    if (++looked % batch === 0) await setImmediate();
    // The synchronous call is ten times as fast as a round through the thread pool, and there may be 100,000.
    if (existsSync(join(directory, name, journalFile))) yield name;
  }
}

async function foldersIn(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries
      .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .sort();
  } catch (error) {
    if (diskCode(error) === 'ENOENT') return [];
    throw error;
  }
}
