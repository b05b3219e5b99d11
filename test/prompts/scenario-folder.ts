import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { onTestFinished } from 'vitest';
import { harbourFolder } from './harbour.ts';

/** A real folder that is gone when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-prompts-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The harbour's files, changed by a test, in a real folder; its own where none is given. Paths below it; null removes a file. */
export async function harbourWith(changes: Record<string, Change> = {}, given?: string): Promise<string> {
  const folder = given ?? (await temporaryFolder());
  for (const [path, text] of await filesOf(harbourFolder)) await put(folder, path, text);
  for (const [path, change] of Object.entries(changes)) {
    const before = await readFile(join(folder, path), 'utf8').catch(() => '');
    const after = typeof change === 'function' ? change(before) : change;
    if (after === before) throw new Error(`the change to ${path} changed nothing`);
    if (after === null) await rm(join(folder, path));
    else await put(folder, path, after);
  }
  return folder;
}

export type Change = string | Buffer | null | ((before: string) => string | Buffer);

/** Replaces one stretch that must be there. */
export function swap(from: string, to: string): (before: string) => string {
  return (before) => {
    if (!before.includes(from)) throw new Error(`"${from}" is not in the file`);
    return before.replace(from, to);
  };
}

export async function put(folder: string, path: string, content: string | Buffer): Promise<void> {
  const place = join(folder, path);
  await mkdir(dirname(place), { recursive: true });
  await writeFile(place, content);
}

export async function filesOf(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, string>();
  for (const entry of entries.filter((found) => found.isFile())) {
    const place = join(entry.parentPath, entry.name);
    files.set(relative(folder, place), await readFile(place, 'utf8'));
  }
  return files;
}
