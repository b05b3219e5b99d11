import { randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, renameSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diskCode } from './disk-failure.ts';
import { journalFile } from './file-place.ts';
import type { Holder } from './holder.ts';
import { type JournalPart, partsOf } from './journal-parts.ts';
import { keepFiles } from './kept-files.ts';
import { heldLock, type Lock, lockFile, placeLock } from './lock.ts';
import { makeFolder, syncFolder, writeSynced } from './synced-files.ts';
import type { KeptFile } from './types.ts';

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
  try {
    mkdirSync(draft);
    placeLock(draft, holder);
    await Promise.all([keepFiles(draft, files, shared), writeSynced(join(draft, journalFile), journal)]);
    await syncFolder(draft);
    renameSync(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => {});
    if (isTaken(error)) return null;
    throw error;
  }
  await syncFolder(parent);
  return heldLock(join(folder, lockFile), holder.token);
}

/** The parts of a run's journal; throws where it cannot be read. */
export function journalParts(folder: string): AsyncGenerator<JournalPart> {
  return partsOf(createReadStream(join(folder, journalFile)));
}

/** Opens a run's journal for writing at the end of its last whole event, mending that end first. */
export async function openForWriting(folder: string, end: Extract<JournalPart, { type: 'end' }>) {
  const file = await open(join(folder, journalFile), 'r+');
  try {
    if (end.isTorn) await file.truncate(end.wholeBytes);
    if (end.lacksNewline) await file.write('\n', end.wholeBytes);
    if (end.isTorn || end.lacksNewline) await file.datasync();
    return { file, size: end.wholeBytes + (end.lacksNewline ? 1 : 0) };
  } catch (error) {
    await file.close();
    throw error;
  }
}

function isTaken(error: unknown): boolean {
  return ['EEXIST', 'ENOTEMPTY', 'ENOTDIR'].includes(diskCode(error)) && syscallOf(error) === 'rename';
}

function syscallOf(error: unknown): unknown {
  return error instanceof Error && 'syscall' in error ? error.syscall : undefined;
}
