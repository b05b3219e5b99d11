import { rmSync, statSync, writeFileSync } from 'node:fs';
import { link, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskCode } from './disk.ts';
import { type Holder, holderSchema, stateOf } from './holder.ts';

/** A run's lock, held by this process. */
export interface Lock {
  /** False once someone removed or replaced the lock file. */
  isHeld(): boolean | Promise<boolean>;
  release(): Promise<void>;
}

/** Who has a lock that could not be taken; null for a lock that is just being written. */
export interface Refusal {
  heldBy: Holder | null;
  state: 'running' | 'unknown';
}

export const lockFile = 'lock';
const draftPrefix = 'lock.';
const successorPrefix = 'lock-after.';

/** How long a lock file may stay unreadable before it counts as the leftover of a power cut. */
const writingMs = 10_000;

/** How often the race for a lock is run again when others keep changing it under our eyes. */
const mostAttempts = 50;

/**
 * Takes the lock of a folder; throws when the folder cannot be written.
 *
 * The lock is a file that is linked into place whole, so that it exists once and never half written. A lock
 * whose process is gone is not removed, since two who see it could then each remove the other's new one.
 * It is succeeded: the file `lock-after.<its token>` can be made by one process only, and that process
 * renames it over the stale lock. If it dies in between, the next one replaces it in the same way. The process that made
 * a successor too late, after the lock it read was already replaced, sees that and steps back.
 */
export async function takeLock(folder: string, self: Holder): Promise<Lock | Refusal> {
  const path = join(folder, lockFile);
  const draft = join(folder, `${draftPrefix}${self.token}`);
  await writeFile(draft, `${JSON.stringify(self)}\n`, { flag: 'wx' });
  try {
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const chain = await chainOf(folder);
      const last = chain.at(-1);
      if (last) {
        const state = await stateOfRecord(last, self, draft);
        if (state !== 'gone') return { heldBy: last.holder, state };
      }
      const claim = last ? join(folder, `${successorPrefix}${last.token}`) : path;
      if (!(await claimed(draft, claim))) continue;
      if (last && !(await succeeded(claim, path, chain[0]?.token))) continue;
      if (last) await sweep(folder, self, draft);
      return heldLock(path, self.token);
    }
    return { heldBy: null, state: 'running' };
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Is a folder that is being made or taken away left over from a process that is gone? Without a lock it is once it is old:
 * its maker puts the lock in before all else. `now` is in milliseconds since 1970.
 */
export async function isAbandoned(folder: string, self: Holder, now: number): Promise<boolean> {
  const last = (await chainOf(folder)).at(-1);
  if (last?.holder) return (await stateOf(last.holder, self)) === 'gone';
  const made = await stat(folder).catch(() => null);
  return made !== null && now - made.mtimeMs > writingMs;
}

/** Puts a lock into a folder that nobody else knows yet, and gives its identity, which stays when the folder is renamed. */
export function placeLock(folder: string, self: Holder): string {
  const path = join(folder, lockFile);
  writeFileSync(path, `${JSON.stringify(self)}\n`, { flag: 'wx' });
  return identityAt(path);
}

/** `seen`: the identity of a lock that is known to be this process's. */
export function heldLock(path: string, token: string, seen = ''): Lock {
  const read = async (identity: string) => {
    const isOurs = (await recordAt(path))?.token === token;
    if (isOurs) seen = identity;
    return isOurs;
  };
  const isHeld = () => {
    // Before each write only the file's identity is looked at, which is one call instead of four.
    const now = identityAt(path);
    return now !== '' && now === seen ? true : read(now);
  };
  const release = async () => {
    if (await isHeld()) rmSync(path, { force: true });
  };
  return { isHeld, release };
}

interface LockRecord {
  token: string;
  /** null where the file could not be read as a lock. */
  holder: Holder | null;
  writtenMs: number;
}

/** The lock and those who died while they were succeeding it; the last one counts. */
async function chainOf(folder: string): Promise<LockRecord[]> {
  const chain: LockRecord[] = [];
  let record = await recordAt(join(folder, lockFile));
  while (record) {
    chain.push(record);
    record = await recordAt(join(folder, `${successorPrefix}${record.token}`));
  }
  return chain;
}

async function recordAt(path: string): Promise<LockRecord | null> {
  try {
    const { ino, mtimeMs } = await stat(path);
    const holder = holderOf(await readFile(path, 'utf8'));
    return { token: holder?.token ?? `unreadable-${ino}-${Math.round(mtimeMs)}`, holder, writtenMs: mtimeMs };
  } catch (error) {
    if (diskCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Different for every file that ever stood there; empty where there is none. */
function identityAt(path: string): string {
  try {
    const { ino, mtimeMs } = statSync(path);
    return `${ino} ${mtimeMs}`;
  } catch {
    return '';
  }
}

function holderOf(text: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Ages are measured by the clock of the disk that both files lie on. */
async function stateOfRecord(record: LockRecord, self: Holder, draft: string) {
  if (record.holder) return stateOf(record.holder, self);
  const { mtimeMs } = await stat(draft);
  return mtimeMs - record.writtenMs > writingMs ? 'gone' : 'running';
}

/** Makes `path` with the draft's content where nothing is; false where something is. */
async function claimed(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (diskCode(error) === 'EEXIST') return false;
    return claimedWithoutLink(draft, path);
  }
}

/** For file systems without hard links, such as exFAT. */
async function claimedWithoutLink(draft: string, path: string): Promise<boolean> {
  try {
    await writeFile(path, await readFile(draft), { flag: 'wx' });
    return true;
  } catch (error) {
    if (diskCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Renames a claim over the stale lock it succeeds, unless that lock was replaced meanwhile. */
async function succeeded(claim: string, path: string, staleToken: string | undefined): Promise<boolean> {
  if ((await recordAt(path))?.token !== staleToken) {
    await rm(claim, { force: true });
    return false;
  }
  await rename(claim, path);
  return true;
}

/** Removes what processes that died while taking this lock left behind. */
async function sweep(folder: string, self: Holder, draft: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (name.startsWith(successorPrefix)) await rm(path, { force: true });
    if (!name.startsWith(draftPrefix) || path === draft) continue;
    const record = await recordAt(path);
    if (record && (await stateOfRecord(record, self, draft)) === 'gone') await rm(path, { force: true });
  }
}
