import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { syncFolder } from '../../journal/synced-files.ts';
import type { WrittenFile } from '../describe/croissant.ts';

/** Paths of all files below a folder, with forward slashes, in order. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

export async function hashedFile(folder: string, path: string): Promise<WrittenFile> {
  const place = join(folder, ...path.split('/'));
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(place)) hash.update(chunk);
  return { path, bytes: (await stat(place)).size, sha256: hash.digest('hex') };
}

/** As `sha256sum` writes it, so that `sha256sum --check SHA256SUMS` can be used anywhere. */
export function checksums(files: readonly WrittenFile[]): string {
  return files.map(({ sha256, path }) => `${sha256}  ${path}\n`).join('');
}

/** Makes all files below a folder, and their names, survive a power cut. */
export async function syncAll(folder: string): Promise<void> {
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
