import { join } from 'node:path';
import type { Clock } from '../debate/clock.ts';
import { type Outcome, success } from '../debate/outcome.ts';
import { lineOf } from './event-line.ts';
import { damaged, noSuchRun, notWritable, runExists } from './failures.ts';
import { folderOf } from './file-place.ts';
import { thisHolder } from './holder.ts';
import { readKeptFiles } from './kept-files.ts';
import { journalParts, makeRun } from './run-folder.ts';
import { checkRunName } from './run-name.ts';
import type { JournalFailure } from './types.ts';

export interface RepairCopyOptions {
  /** The folder that holds the runs. */
  directory: string;
  clock: Pick<Clock, 'now'>;
  /** The run whose journal is damaged; it is left as it is. */
  run: string;
  /** The name of the new run. */
  copy: string;
}

export interface RepairedCopy {
  /** How many events were saved. */
  events: number;
  /** The first line that was left out; null where the journal was whole. */
  damagedLine: number | null;
}

/**
 * Copies the whole events before the damage, with the prompt files, to a new run that can be resumed. Events
 * keep their numbers and dates, and the first one still names the run it came from.
 */
export async function repairCopy(options: RepairCopyOptions): Promise<Outcome<RepairedCopy, JournalFailure>> {
  const { directory, clock, run, copy } = options;
  const names = [checkRunName(run), checkRunName(copy)];
  for (const name of names) if (!name.ok) return name;
  const folder = folderOf(directory, run);
  if (!folder) return noSuchRun(directory, run, null);
  const existing = folderOf(directory, copy);
  if (existing) return runExists(existing);

  const target = join(directory, copy);
  try {
    const lines: string[] = [];
    let damagedLine: number | null = null;
    for await (const part of journalParts(folder)) {
      if (part.type === 'event') lines.push(`${lineOf(part.event)}\n`);
      if (part.type !== 'damage') continue;
      if (part.line === 1 || part.fault.kind === 'unsupported-version') {
        return damaged(folder, run, part.line, part.fault);
      }
      damagedLine = part.line;
    }
    const files = [...(await readKeptFiles(folder))].map(([path, content]) => ({ path, content }));
    const lock = await makeRun(target, files, await thisHolder(clock.now()), lines.join(''));
    if (!lock) return runExists(target);
    await lock.release();
    return success({ events: lines.length, damagedLine });
  } catch (error) {
    return notWritable(target, error);
  }
}
