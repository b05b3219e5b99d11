import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { makeFolder, syncFolder } from '../../journal/disk.ts';
import { syncAll } from './files-of-folder.ts';

export type FolderFailure = 'exists' | 'not-writable';

/** A folder that is to be there whole or not at all. */
export interface FolderInMaking {
  /** Where it is made. */
  draft: string;
  /** Makes it durable and gives it its name. */
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

/** Begins a folder under a hidden name beside its place; only a whole one gets the name asked for. */
export async function beginFolder(
  place: string,
  { replace }: { replace: boolean },
): Promise<Outcome<FolderInMaking, FolderFailure>> {
  const target = resolve(place);
  const parent = dirname(target);
  const hidden = `.${basename(target)}.making-`;
  if (existsSync(target) && !replace) {
    return failure(
      'exists',
      `${place} is there already, and was left as it is. Choose another folder, or add --force.`,
    );
  }
  const draft = join(parent, `${hidden}${randomUUID()}`);
  try {
    await makeFolder(draft);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return failure(
      'not-writable',
      `${place} could not be made: ${code}. Choose a folder that you may write.`,
    );
  }
  return success({
    draft,
    async finish() {
      await syncAll(draft);
      const old = join(parent, `${hidden}${randomUUID()}`);
      const hadOld = existsSync(target);
      if (hadOld) await rename(target, old);
      await rename(draft, target);
      await syncFolder(parent);
      if (hadOld) await rm(old, { recursive: true, force: true });
    },
    abandon: () => rm(draft, { recursive: true, force: true }),
  });
}

/** What killed exports to the same place left behind. */
export async function leftovers(place: string): Promise<string[]> {
  const target = resolve(place);
  const names = await readdir(dirname(target)).catch(() => []);
  return names
    .filter((name) => name.startsWith(`.${basename(target)}.making-`))
    .map((name) => join(dirname(target), name));
}
