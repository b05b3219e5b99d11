import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { makeFolder } from '../journal/disk.ts';
import { thisHolder } from '../journal/holder.ts';
import { takeLock } from '../journal/lock.ts';
import { openSideFile } from '../journal/side-file.ts';
import { systemClock } from '../run/system-clock.ts';
import { type LineageEntry, lineageEntrySchema } from './lineage.ts';
import type { LineageLog } from './types.ts';

const lineageFile = 'lineage.jsonl';

/** Where the runs of an evolution are. */
export function runsIn(folder: string): string {
  return join(folder, 'runs');
}

/** A strategy file of the evolution as its plans name it: by the whole path, since a plan lies elsewhere. */
export function strategyPath(folder: string, strain: string): string {
  return resolve(folder, 'strategies', `${strain}.md`);
}

/** What was written before; nothing where there is no such folder. Makes nothing. */
export function readLineage(folder: string): Outcome<readonly LineageEntry[]> {
  const path = join(folder, lineageFile);
  if (!existsSync(path)) return success([]);
  const file = openSideFile(path, lineageEntrySchema);
  if (!file.ok) return file;
  file.value.close();
  return success(file.value.entries);
}

/** The folder of an evolution, taken by this process. */
export interface HeldFolder {
  log: LineageLog;
  release(): Promise<void>;
}

/** Takes the folder; `started` becomes its first entry where it has none. */
export async function holdFolder(folder: string, started: LineageEntry): Promise<Outcome<HeldFolder>> {
  for (const part of ['strategies', 'diffs', 'runs']) await makeFolder(join(folder, part));
  const lock = await takeLock(folder, await thisHolder(systemClock.now()));
  if ('heldBy' in lock) {
    const who = lock.heldBy ? `process ${lock.heldBy.pid} on ${lock.heldBy.host}` : 'another process';
    return failure('locked', `This evolution is being run by ${who}. Wait for it or stop it there.`);
  }
  const file = openSideFile(join(folder, lineageFile), lineageEntrySchema);
  if (!file.ok) {
    await lock.release();
    return file;
  }
  const { entries, append, close } = file.value;
  if (entries.length === 0) await append(started);
  return success({
    log: { entries: entries.length === 0 ? [started] : entries, append },
    async release() {
      close();
      await lock.release();
    },
  });
}

/** Writes a file whole, in place of one that is there: a reader sees the old one or the new. */
export async function putFile(folder: string, path: string, content: string): Promise<void> {
  const place = join(folder, path);
  await writeFile(`${place}.new`, content);
  await rename(`${place}.new`, place);
}
