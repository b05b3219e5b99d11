import { hash, randomUUID } from 'node:crypto';
import { linkSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { remembering, rememberingFor } from '../text/memo.ts';
import { diskCode, makeFolder, syncFolder, writeSynced } from './disk.ts';
import type { KeptFile } from './types.ts';

/** Where many runs of a store have their files in common, by the hash of what is in them; hidden, so that it is no run. */
export const sharedFolder = '.prompts';

/** Shared files that this process has seen to be whole, or is looking at. */
const seen = new Map<string, Promise<void> | 'whole'>();

/** Many runs of a process keep the same. */
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

/** All of a run's kept files in one, so that one sync makes them durable. */
const keptFile = 'prompts.txt';
/** Runs made by earlier versions have a folder of files in its place. */
const keptFolder = 'prompts';

/**
 * Keeps prompt files in a run's folder; with `shared`, under a second name of a file in that folder, which runs with the same
 * prompts have in common. A path that leaves the run is a bug and throws. Gives nothing to wait for where that file was seen before.
 */
export function keepFiles(
  run: string,
  files: readonly KeptFile[],
  shared?: string,
): Promise<void> | undefined {
  const place = join(run, keptFile);
  const text = textOf(files);
  return shared === undefined ? writeSynced(place, text) : writeShared(shared, place, text);
}

/** Each file under a line with its path and how many characters it has; many runs of a process keep the same. */
const textOf = rememberingFor((files: readonly KeptFile[]): string => {
  const byPath = new Map(files.map(({ path, content }) => [checkedPath(path), content]));
  return [...byPath]
    .map(([path, content]) => `==> ${escaped(path)} <== ${content.length}\n${content}\n`)
    .join('');
});

/** A path on one line, whatever is in it. */
const escaped = (path: string) => JSON.stringify(path).slice(1, -1);

const heading = /^==> (.+) <== (\d+)\n/;

/** The files in such a text. Where somebody has changed the length of one, it goes on to the next heading. */
function filesIn(text: string): [string, string][] {
  const files: [string, string][] = [];
  for (let rest = text; rest !== ''; ) {
    const [line, path, length] = heading.exec(rest) ?? ['', '', ''];
    const body = rest.slice(line.length);
    const stated = Number(length);
    const isAsStated = body[stated] === '\n' && /^(?:==> |$)/.test(body.slice(stated + 1, stated + 5));
    const next = isAsStated ? stated : body.search(/\n(?:==> .+ <== \d+\n|$)/);
    const end = next === -1 ? body.length : next;
    if (line !== '') files.push([JSON.parse(`"${path}"`), body.slice(0, end)]);
    rest = body.slice(end + 1);
  }
  return files;
}

/** The kept files of a run by path, in the order of their paths. */
export async function readKeptFiles(run: string): Promise<Map<string, string>> {
  const text = await readFile(join(run, keptFile), 'utf8').catch((error: unknown) => {
    if (diskCode(error) === 'ENOENT') return null;
    throw error;
  });
  const files = text === null ? await filesBelow(join(run, keptFolder)) : filesIn(text);
  return new Map(files.sort(([one], [other]) => (one < other ? -1 : 1)));
}

async function filesBelow(folder: string): Promise<[string, string][]> {
  const files: [string, string][] = [];
  for (const entry of (await entriesOf(folder)).filter((each) => each.isFile())) {
    const place = join(entry.parentPath, entry.name);
    files.push([relative(folder, place).split(sep).join('/'), await readFile(place, 'utf8')]);
  }
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
