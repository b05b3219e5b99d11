import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { makeFolder, syncFolder } from '../../journal/disk.ts';
import type { WrittenFile } from '../describe/croissant.ts';

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
    return failure('exists', `${place} already exists and was not changed. Choose another folder.`);
  }
  const draft = join(parent, `${hidden}${randomUUID()}`);
  try {
    await makeFolder(draft);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return failure('not-writable', `${place} could not be made: ${code}. Choose a writable folder.`);
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

/** Paths of all files below a folder, with forward slashes, in order. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** Reads through one buffer: a stream's many would be garbage of tens of megabytes beside a large file. */
export async function hashedFile(folder: string, path: string): Promise<WrittenFile> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafeSlow(1 << 18);
  const file = await open(join(folder, ...path.split('/')));
  try {
    let bytes = 0;
    for (let read = -1; read !== 0; bytes += read) {
      read = (await file.read(buffer, 0, buffer.length, null)).bytesRead;
      hash.update(buffer.subarray(0, read));
    }
    return { path, bytes, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

/** As `sha256sum` writes it, so that `sha256sum --check SHA256SUMS` can be used anywhere. */
export function checksums(files: readonly WrittenFile[]): string {
  return files.map(({ sha256, path }) => `${sha256}  ${path}\n`).join('');
}

/** Makes all files below a folder, and their names, survive a power cut. */
async function syncAll(folder: string): Promise<void> {
  for (const path of await filesBelow(folder)) {
    const file = await open(join(folder, ...path.split('/')), 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  }
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory());
  for (const entry of folders) await syncFolder(join(entry.parentPath, entry.name));
  await syncFolder(folder);
}
