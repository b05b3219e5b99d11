import { join } from 'node:path';
import { formatVersion } from '../debate/events.ts';
import { type Failure, failure } from '../debate/outcome.ts';
import { diskFault, diskRemedy } from './disk.ts';
import type { LineFault } from './event-line.ts';
import { lockFile, type Refusal } from './lock.ts';
import { journalFile } from './run-folder.ts';
import type { JournalFailure } from './types.ts';

type Failed<Reason extends JournalFailure> = { ok: false; failure: Failure<Reason> };

/** What goes wrong with runs on a disk, for the person: what happened, to what, what to do next. */

export function unreadable(path: string, error: unknown): Failed<'not-found'> {
  return failure('not-found', `${path} cannot be read: ${diskFault(error)}. Make it readable and try again.`);
}

export function runExists(folder: string): Failed<'exists'> {
  return failure('exists', `${folder} already exists. Resume it, or choose another name.`);
}

export function notWritable(path: string, error: unknown): Failed<'not-writable'> {
  return failure('not-writable', `${path} cannot be written: ${diskFault(error)}. ${diskRemedy(error)}.`);
}

export function damaged(
  folder: string,
  debate: string,
  line: number,
  fault: LineFault,
): Failed<'damaged' | 'unsupported-version'> {
  const place = `${join(folder, journalFile)} line ${line}`;
  if (fault.kind === 'unsupported-version') {
    return failure(
      'unsupported-version',
      `${place} is ${fault.what}; this parley reads format ${formatVersion}. Nothing was changed. Use the version of parley that wrote it, or a newer one.`,
    );
  }
  const next =
    line === 1
      ? 'No event before it could be saved to a copy.'
      : `parley repair ${debate} copies the ${line - 1} whole events before it to a new run, which can be resumed.`;
  return failure('damaged', `${place} is damaged (${fault.what}). Nothing was changed. ${next}`);
}

export function inUse(folder: string, { heldBy, state }: Refusal): Failed<'locked'> {
  if (heldBy === null) return failure('locked', `${folder} is being opened by another process. Try again.`);
  const since = heldBy.since.replace('T', ' ').replace(/\.\d+Z$/, ' UTC');
  const isThisProcess = state === 'running' && heldBy.pid === process.pid;
  const holder = isThisProcess
    ? `process ${heldBy.pid}, this process,`
    : `process ${heldBy.pid} on ${heldBy.host}`;
  const next = {
    running: isThisProcess
      ? 'Close it first.'
      : `Wait for it to end or stop it (kill ${heldBy.pid}), then try again.`,
    unknown: `Whether that process still runs cannot be checked from here. Once it has ended, delete ${join(folder, lockFile)} and try again.`,
  }[state];
  return failure('locked', `${folder} is in use by ${holder} since ${since}. ${next}`);
}
