import { closeSync, existsSync, fsync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const meanings: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is used up',
  EFBIG: 'the file is larger than the system allows',
  EIO: 'the disk reported an error',
  ENOTDIR: 'part of the path is a file, not a folder',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the path is too long',
  ELOOP: 'the path runs in a circle of links',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open on this machine',
  ESTALE: 'the network folder is gone',
};

const remedies: Record<string, string> = {
  ENOSPC: 'Free some space',
  EDQUOT: 'Free some space',
  EIO: 'Check the disk',
  EMFILE: 'Run fewer debates at once',
  ENFILE: 'Run fewer debates at once',
};

/** The code of a failed call to the system, such as ENOSPC; empty for any other error, which is a bug. */
export function diskCode(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** What a failed call to the system means, in words. Rethrows anything that is not one. */
export function diskFault(error: unknown): string {
  const code = diskCode(error);
  if (code === '') throw error;
  const meaning = meanings[code];
  return meaning === undefined ? code : `${meaning} (${code})`;
}

/** What to do about it, as the beginning of a sentence. */
export function diskRemedy(error: unknown): string {
  return remedies[diskCode(error)] ?? 'Make the folder writable or choose another one';
}

// Small files are opened, written and closed at once, in some fifty microseconds, and only their sync is waited for:
// handing each step to node's thread pool took several times as long.
const synced = promisify(fsync);

/** Writes a new file that survives a power cut, once its folder is synced too. */
export async function writeSynced(path: string, content: string): Promise<void> {
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, content, 'utf8');
    await synced(file);
  } finally {
    closeSync(file);
  }
}

/** Syncs of folders under way, each with the one that follows it where somebody has asked since it began. */
const syncing = new Map<string, { now: Promise<void>; next: Promise<void> | null }>();

/**
 * Makes the names in a folder survive a power cut. Those who ask while one sync is under way share the next: many runs
 * begin in one folder at a time. Windows has no such call, and needs none.
 */
export function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return Promise.resolve();
  const under = syncing.get(path);
  if (!under) return syncNow(path);
  under.next ??= under.now.catch(() => {}).then(() => syncNow(path));
  return under.next;
}

function syncNow(path: string): Promise<void> {
  const turn = { now: syncedOnce(path), next: null };
  syncing.set(path, turn);
  const end = () => {
    if (syncing.get(path) === turn && turn.next === null) syncing.delete(path);
  };
  turn.now.then(end, end);
  return turn.now;
}

async function syncedOnce(path: string): Promise<void> {
  const folder = openSync(path, 'r');
  try {
    await synced(folder);
  } finally {
    closeSync(folder);
  }
}

/**
 * Makes a folder with its parents, durably, and gives the outermost that was missing. One by one: where a parent
 * takes no folders, node's own way may never end.
 */
export async function makeFolder(path: string): Promise<string | undefined> {
  const missing: string[] = [];
  for (let folder = path; !existsSync(folder); folder = dirname(folder)) missing.unshift(folder);
  for (const folder of missing) makeOne(folder);
  for (const folder of missing.toReversed()) await syncFolder(dirname(folder));
  return missing[0];
}

/** Another process may make the same at the same time. */
function makeOne(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (diskCode(error) !== 'EEXIST') throw error;
  }
}
