import { hash, randomUUID } from 'node:crypto';
import { linkSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { remembering } from '../text/memo.ts';
import { diskCode, makeFolder, syncFolder, writeSynced, writeTree } from './disk.ts';
import type { KeptFile } from './types.ts';

/** Where many runs of a store have their files in common, by the hash of what is in them; hidden, so that it is no run. */
export const sharedFolder = '.prompts';

/** Shared files that this process has seen to be whole, or is looking at. */
const seen = new Map<string, Promise<void> | 'whole'>();

/** Many runs of a process keep the same files. */
const hashOf = remembering(256, (content: string) => hash('sha256', content));

/**
 * Puts a file in place that shares its room on the disk with all others of the same content; where the disk knows no
 * links, it is a copy. Durable once its folder is synced. Gives nothing to wait for where the shared file was seen before.
 */
function writeShared(store: string, place: string, content: string): Promise<void> | undefined {
  const shared = join(store, hashOf(content));
  const link = () => linkSync(shared, place);
  // No links here, or none to this folder; what else may be wrong is told by the writing.
  const copy = () => writeSynced(place, content);
  const linkAnew = (error: unknown) => {
    // One file has room for so many names (65,000 on ext4), and somebody may have tidied up.
    if (!['EMLINK', 'ENOENT'].includes(diskCode(error))) return copy();
    return replace(shared, content).then(link).catch(copy);
  };
  if (seen.get(shared) !== 'whole') return seenWhole(shared, content).then(link).catch(linkAnew);
  try {
    link();
    return undefined;
  } catch (error) {
    return linkAnew(error);
  }
}

/** Looks once, however many runs begin at a time. */
async function seenWhole(shared: string, content: string): Promise<void> {
  const looking = seen.get(shared) ?? makeSure(shared, content);
  seen.set(shared, looking);
  try {
    await (looking === 'whole' ? null : looking);
    seen.set(shared, 'whole');
  } catch (error) {
    seen.delete(shared);
    throw error;
  }
}

/** What lies under the name of a hash may have been edited by way of one of its other names. */
async function makeSure(shared: string, content: string): Promise<void> {
  const there = await readFile(shared, 'utf8').catch(() => null);
  if (there !== content) await replace(shared, content);
}

async function replace(shared: string, content: string): Promise<void> {
  const folder = join(shared, '..');
  await makeFolder(folder);
  const draft = `${shared}.${randomUUID()}`;
  try {
    await writeSynced(draft, content);
    await rename(draft, shared);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

const folderName = 'prompts';

/**
 * Keeps prompt files in a run's folder; with `shared`, as names of files in that folder, which many runs have in common.
 * A path that leaves the run is a bug and throws.
 */
export async function keepFiles(run: string, files: readonly KeptFile[], shared?: string): Promise<void> {
  const byPath = new Map(files.map(({ path, content }) => [checkedPath(path), content]));
  const write =
    shared === undefined
      ? undefined
      : (place: string, content: string) => writeShared(shared, place, content);
  await writeTree(join(run, folderName), byPath, write);
}

/** The kept files of a run by path, in the order of their paths. */
export async function readKeptFiles(run: string): Promise<Map<string, string>> {
  const folder = join(run, folderName);
  const paths = (await entriesOf(folder))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  const files = new Map<string, string>();
  for (const path of paths) files.set(path, await readFile(join(folder, ...path.split('/')), 'utf8'));
  return files;
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (diskCode(error) === 'ENOENT') return [];
    throw error;
  }
}

export function checkedPath(path: string): string {
  const isPlain = path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  if (!isPlain || /[\\\0]/.test(path) || /^[A-Za-z]:/.test(path)) {
    throw new TypeError(`a kept file cannot have the path ${JSON.stringify(path)}`);
  }
  return path;
}
