import { hash, randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { diskCode, makeFolder, syncFolder, writeSynced } from './disk.ts';
import type { Holder } from './holder.ts';
import { chunksOf, type JournalPart, partsOf } from './journal-parts.ts';
import { keepFiles } from './kept-files.ts';
import { heldLock, type Lock, lockFile, placeLock } from './lock.ts';
import { isShardFolder, journalFile } from './named-run.ts';
import type { KeptFile } from './types.ts';

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
  return hash('sha256', debate).slice(0, 2);
}

/** How many folders are looked into before other work gets its turn. */
const batch = 1000;

/**
 * Ids of the runs below a folder, by name: `<run>/journal.jsonl` and, in folders of two hexadecimal digits,
 * `ab/<run>/journal.jsonl`. Nothing deeper is looked at; journals are not opened.
 */
export async function* runsIn(directory: string): AsyncGenerator<string> {
  for await (const { run } of journalsIn(directory)) yield run;
}

/** A stored journal as its folder knows it, without opening it. */
export interface JournalPlace {
  run: string;
  bytes: number;
  /** When it was last written, in milliseconds since 1970. */
  writtenAt: number;
}

/** The runs below a folder with the size and the time of their journals, in the same order. */
export async function* journalsIn(directory: string): AsyncGenerator<JournalPlace> {
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

async function* storedAmong(directory: string, names: readonly string[]): AsyncGenerator<JournalPlace> {
  let looked = 0;
  for (const name of names) {
    if (++looked % batch === 0) await setImmediate();
    // The synchronous call is ten times as fast as a round through the thread pool, and there may be 100,000.
    const journal = statSync(join(directory, name, journalFile), { throwIfNoEntry: false });
    if (journal) yield { run: name, bytes: journal.size, writtenAt: journal.mtimeMs };
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
    if (/^(?:ENOENT|ENOTDIR)$/.test(diskCode(error) ?? '')) return [];
    throw error;
  }
}

/**
 * Makes a run's folder, locked by this process, or gives null where one exists. It is prepared under a hidden
 * name and renamed into place, so that a run is there whole or not at all and of two makers one wins.
 */
export async function makeRun(
  folder: string,
  files: readonly KeptFile[],
  holder: Holder,
  journal = '',
  shared?: string,
): Promise<Lock | null> {
  const parent = dirname(folder);
  await makeFolder(parent);
  const draft = join(parent, `.new-${randomUUID()}`);
  let identity: string;
  try {
    mkdirSync(draft);
    identity = placeLock(draft, holder);
    await Promise.all([keepFiles(draft, files, shared), placeJournal(join(draft, journalFile), journal)]);
    await syncFolder(draft);
    renameSync(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => {});
    if (isTaken(error)) return null;
    throw error;
  }
  await syncFolder(parent);
  return heldLock(join(folder, lockFile), holder.token, identity);
}

/** One that is empty is saved with its name: there is nothing in it to lose. */
function placeJournal(path: string, journal: string): Promise<void> | undefined {
  if (journal !== '') return writeSynced(path, journal);
  writeFileSync(path, '', { flag: 'wx' });
  return undefined;
}

/** The parts of a run's journal; throws where it cannot be read. */
export function journalParts(folder: string): AsyncGenerator<Iterable<JournalPart>> {
  return partsOf(chunksOf(join(folder, journalFile)));
}

/** Opens a run's journal for writing at the end of its last whole event, repairing that end first. */
export function openForWriting(
  folder: string,
  { isTorn, wholeBytes, lacksNewline }: Extract<JournalPart, { type: 'end' }>,
): { file: number; size: number } {
  const file = openSync(join(folder, journalFile), 'r+');
  try {
    if (isTorn) ftruncateSync(file, wholeBytes);
    if (lacksNewline) writeSync(file, '\n', wholeBytes);
    if (isTorn || lacksNewline) fdatasyncSync(file);
    return { file, size: wholeBytes + (lacksNewline ? 1 : 0) };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function isTaken(error: unknown): boolean {
  return ['EEXIST', 'ENOTEMPTY', 'ENOTDIR'].includes(diskCode(error)) && syscallOf(error) === 'rename';
}

function syscallOf(error: unknown): unknown {
  return error instanceof Error && 'syscall' in error ? error.syscall : undefined;
}
