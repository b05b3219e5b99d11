import { createHash } from 'node:crypto';
import { open, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { syncFolder } from '../../journal/disk.ts';
import type { WrittenFile } from '../describe/croissant.ts';

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
