import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes a new file that survives a power cut, once its folder is synced too. */
export async function writeSynced(path: string, content: string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the names in a folder survive a power cut. Windows has no such call, and needs none. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Makes a folder with its parents, durably. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  for (let folder = path; folder !== dirname(first); folder = dirname(folder))
    await syncFolder(dirname(folder));
}

/** Writes files by their paths below a new folder (forward slashes) and makes them durable. */
export async function writeTree(
  folder: string,
  files: Iterable<readonly [string, string]>,
  write: (place: string, content: string) => Promise<void> = writeSynced,
): Promise<void> {
  const folders = new Set([folder]);
  await mkdir(folder);
  const writes: Promise<void>[] = [];
  for (const [path, content] of files) {
    const place = join(folder, ...path.split('/'));
    for (let parent = dirname(place); !folders.has(parent); parent = dirname(parent)) folders.add(parent);
    await mkdir(dirname(place), { recursive: true });
    writes.push(write(place, content));
  }
  await Promise.all(writes);
  await Promise.all([...folders].map(syncFolder));
}
