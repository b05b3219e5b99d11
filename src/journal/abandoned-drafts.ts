import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { diskCode } from './disk.ts';
import { thisHolder } from './holder.ts';
import { sharedFolder } from './kept-files.ts';
import { isAbandoned } from './lock.ts';
import { isShardFolder } from './named-run.ts';

/** Runs that were being made, or were on their way out, when their process was killed. */
const runDraft = /^\.(new|old)-[0-9a-f-]{36}$/;
const fileDraft = /^[0-9a-f]{64}\.[0-9a-f-]{36}$/;

/** A file takes no time to write; older drafts of one are left over. Milliseconds. */
const longestWrite = 60_000;

/**
 * Removes what processes that were killed left half made below a folder of runs; what belongs to a process that runs, or
 * that cannot be seen from here, is left alone. Gives how many there were. `now` is in milliseconds since 1970.
 */
export async function sweepDrafts(directory: string, now: number): Promise<number> {
  const self = await thisHolder(now);
  const names = await namesIn(directory);
  const folders = [directory, ...names.filter(isShardFolder).map((shard) => join(directory, shard))];
  let swept = 0;
  for (const folder of folders) {
    const own = folder === directory ? names : await namesIn(folder);
    for (const name of own.filter((one) => runDraft.test(one))) {
      const draft = join(folder, name);
      if (!(await isAbandoned(draft, self, now))) continue;
      await rm(draft, { recursive: true, force: true });
      swept += 1;
    }
  }
  const shared = join(directory, sharedFolder);
  for (const name of (await namesIn(shared)).filter((one) => fileDraft.test(one))) {
    const written = await stat(join(shared, name)).catch(() => null);
    if (written === null || now - written.mtimeMs < longestWrite) continue;
    await rm(join(shared, name), { force: true });
    swept += 1;
  }
  return swept;
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(diskCode(error))) return [];
    throw error;
  });
}
