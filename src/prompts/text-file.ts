import { readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { isAbsolute, join, normalize, sep } from 'node:path';
import type { FaultLog } from '../source/source-fault.ts';

/** Files as they were read, by path or name. */
export type Texts = ReadonlyMap<string, TextFile>;

/** Enough for the scenarios and strategies of a plan that are taken in turn. */
const mostKept = 8;

/**
 * Keeps the last results of checking files while these are the same to the byte: a batch reads the same ones before
 * every debate. What anything was said against is not kept, so that it is said again.
 */
export function remembering<Result>(): (texts: Texts, log: FaultLog, check: () => Result) => Result {
  const known: { texts: Texts; result: Result }[] = [];
  return (texts, log, check) => {
    const before = log.faults.length + log.warnings.length;
    const same = known.find((earlier) => areSame(earlier.texts, texts));
    if (same) return same.result;
    const result = check();
    if (log.faults.length + log.warnings.length === before) keepLast(known, { texts, result });
    return result;
  };
}

/** Puts what was made last before what was made earlier, of which only so much is kept. */
export function keepLast<Made>(kept: Made[], made: Made): Made {
  kept.unshift(made);
  kept.length = Math.min(kept.length, mostKept);
  return made;
}

function areSame(one: Texts, other: Texts): boolean {
  if (one.size !== other.size) return false;
  return [...one].every(([path, file]) => {
    const there = other.get(path);
    if (!there || file.ok !== there.ok) return false;
    return file.ok ? there.ok && file.text === there.text : !there.ok && file.message === there.message;
  });
}

// The byte order mark is kept, so that the kept copy has the hash of the file.
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Most bytes of one prompt file or article. */
const mostBytes = 2_000_000;

/** A file's text exactly as it stands, or why there is none. */
export type TextFile =
  | { ok: true; text: string }
  | { ok: false; reason: 'missing' | 'refused'; message: string };

/** Files as they were last read, which a process that begins many debates asks for before each: a look says whether they changed. */
const lastRead = new Map<string, { identity: string; file: TextFile }>();
const mostRemembered = 200;

/**
 * Reads a text file inside a folder. What lies outside, also by a link, is refused, and so is what is no UTF-8 text.
 * It blocks, for some tens of microseconds: the thread pool took longer for each of its five steps.
 */
export function readTextFile(folder: string, path: string): TextFile {
  if (isAbsolute(path) || normalize(path).split(sep).includes('..')) {
    return refused(`${path} lies outside the folder; only files inside it are read`);
  }
  try {
    // Looked at before it is opened: opening a pipe that nobody writes to would wait for ever.
    const stat = statSync(join(folder, path));
    const identity = `${stat.dev} ${stat.ino} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`;
    const key = `${folder}\n${path}`;
    const known = lastRead.get(key);
    if (known?.identity === identity) return known.file;
    const home = realpathSync.native(folder);
    const place = realpathSync.native(join(folder, path));
    if (!place.startsWith(home.endsWith(sep) ? home : home + sep)) {
      return refused(`${path} is a link to a place outside the folder; copy the file instead`);
    }
    const file = readBytes(place, path, stat);
    if (lastRead.size >= mostRemembered) lastRead.clear();
    if (file.ok) lastRead.set(key, { identity, file });
    return file;
  } catch (error) {
    return unreadable(error, path);
  }
}

function readBytes(place: string, path: string, stat: Stats): TextFile {
  if (!stat.isFile()) return refused(`${path} is not a file`);
  if (stat.size > mostBytes) return refused(`${path} has ${megabytes(stat.size)} MB; at most 2 MB are read`);
  return decoded(readFileSync(place), path);
}

function decoded(bytes: Buffer, path: string): TextFile {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return refused(`${path} is saved as UTF-16; save it as UTF-8`);
  }
  if (bytes.includes(0)) return refused(`${path} is not text: it holds zero bytes`);
  try {
    return { ok: true, text: strict.decode(bytes) };
  } catch {
    return refused(`${path} is not UTF-8 text; save it as UTF-8`);
  }
}

function unreadable(error: unknown, path: string): TextFile {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return { ok: false, reason: 'missing', message: `${path} does not exist` };
  }
  if (code === 'EACCES' || code === 'EPERM') return refused(`${path} cannot be read; check its permissions`);
  if (code === 'ELOOP') return refused(`${path} is a link that leads nowhere`);
  return refused(`${path} cannot be read (${code ?? String(error)})`);
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

function refused(message: string): TextFile {
  return { ok: false, reason: 'refused', message };
}
