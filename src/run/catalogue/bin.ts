import { mkdirSync, renameSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { thisHolder } from '../../journal/holder.ts';
import { lockFile, takeLock } from '../../journal/lock.ts';
import { checkRunName, inUse, noSuchRun, notWritable, runExists } from '../../journal/named-run.ts';
import { folderOf, runsIn } from '../../journal/run-folder.ts';
import type { JournalFailure } from '../../journal/types.ts';
import { systemClock } from '../system-clock.ts';

/** A hidden folder of runs beside the others, laid out as they are: nothing lists it, and what is in it stays until it is emptied. */
export const binFolder = '.bin';

type Moved = Promise<Outcome<null, JournalFailure>>;

/** Puts a run into the bin of its folder. One that a process is writing stays where it is. */
export async function deleteRun(directory: string, run: string): Moved {
  const name = checkRunName(run);
  if (!name.ok) return name;
  const folder = folderOf(directory, run);
  if (!folder) return noSuchRun(directory, run, runsIn(directory));
  const bin = join(directory, binFolder);
  const to = join(bin, relative(directory, folder));
  try {
    const lock = await takeLock(folder, await thisHolder(systemClock.now()));
    if ('heldBy' in lock) return inUse(folder, lock);
    mkdirSync(dirname(to), { recursive: true });
    // The run of this name that was deleted before makes room, and is kept too.
    if (folderOf(bin, run) !== null) renameSync(to, `${to}~${systemClock.now()}`);
    renameSync(folder, to);
    await rm(join(to, lockFile), { force: true });
    return success(null);
  } catch (error) {
    return notWritable(folder, error);
  }
}

/** Puts a run back where it was deleted from. */
export async function restoreRun(directory: string, run: string): Moved {
  const bin = join(directory, binFolder);
  const folder = folderOf(bin, run);
  if (!folder) return noSuchRun(bin, run, runsIn(bin));
  const name = run.replace(/~\d+$/, '');
  const taken = folderOf(directory, name);
  if (taken) return runExists(taken);
  const to = join(directory, relative(bin, dirname(folder)), name);
  try {
    mkdirSync(dirname(to), { recursive: true });
    renameSync(folder, to);
    return success(null);
  } catch (error) {
    return notWritable(to, error);
  }
}

/** Removes for good what is in the bin of a folder; gives how many runs there were. */
export async function emptyBin(directory: string): Promise<Outcome<number, 'not-writable'>> {
  const bin = join(directory, binFolder);
  let runs = 0;
  for await (const _ of runsIn(bin)) runs += 1;
  try {
    for (const name of await readdir(bin).catch(() => []))
      await rm(join(bin, name), { recursive: true, force: true });
    return success(runs);
  } catch (error) {
    return failure('not-writable', notWritable(bin, error).failure.message);
  }
}
