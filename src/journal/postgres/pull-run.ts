import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Pool } from 'pg';
import type { Clock } from '../../debate/clock.ts';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { thisHolder } from '../holder.ts';
import { sharedFolder } from '../kept-files.ts';
import { lockFile, takeLock } from '../lock.ts';
import { checkRunName, inUse, journalFile, notWritable, runExists } from '../named-run.ts';
import { folderOf, makeRun, shardedPlace } from '../run-folder.ts';
import type { JournalFailure } from '../types.ts';
import { openServer } from './server.ts';
import { createFileReader, hashOfJournal, listDebates, readWholeRun, type WholeRun } from './stored-rows.ts';

export interface PullSource extends RunSource {
  /** The address without its password. */
  readonly place: string;
  list(): AsyncIterable<string>;
  count(): Promise<number>;
}

/** The runs of a database, to be copied by pullRun. All it is asked may throw a ServerError. */
export function openPullSource(options: {
  connection: Pool;
  clock: Pick<Clock, 'sleep'>;
  /** Told once a spell that the server is away and waited for. */
  onAway?(message: string): void;
}): PullSource {
  const server = openServer(options);
  const reader = createFileReader(server);
  return {
    place: server.place,
    list: () => listDebates(server),
    async count() {
      const { rows } = await server.query('select count(*)::integer as debates from parley.debates');
      return rows[0].debates;
    },
    hashOf: (debate) => hashOfJournal(server, debate),
    whole: (debate) => readWholeRun(server, reader, debate),
  };
}

/** What pull-run asks of the place it copies from. */
interface RunSource {
  /** SHA-256 of the journal as the bytes of a journal.jsonl; null where there is no such run. */
  hashOf(debate: string): Promise<string | null>;
  whole(debate: string): Promise<Outcome<WholeRun, JournalFailure>>;
}

interface PullOptions {
  source: RunSource;
  /** The folder that holds the runs, spread over folders of two hexadecimal digits. */
  directory: string;
  clock: Pick<Clock, 'now'>;
}

/** `same`: it was there already; `renewed`: it had gone on since; `empty`: nothing is stored of it yet, nor copied. */
export type Pulled = 'copied' | 'renewed' | 'same' | 'empty';

/**
 * Copies a run to files, byte for byte: whole or not at all, also where this process is killed. A copy that is the
 * beginning of the run is replaced; one that went on by itself is left as it is.
 */
export async function pullRun(
  { source, directory, clock }: PullOptions,
  debate: string,
): Promise<Outcome<Pulled, JournalFailure | 'differs'>> {
  const name = checkRunName(debate);
  if (!name.ok) return name;
  const before = folderOf(directory, debate);
  try {
    const copy = before && (await readFile(join(before, journalFile)));
    if (before && copy && hashOf(copy) === (await source.hashOf(debate))) {
      await takeStaleLock(before, clock.now());
      return success('same');
    }
    const whole = await source.whole(debate);
    if (!whole.ok) return whole;
    const { lines, files } = whole.value;
    if (lines.length === 0) return success('empty');
    const journal = lines.map((line) => `${line}\n`).join('');
    const holder = await thisHolder(clock.now());
    if (before && copy) {
      if (!Buffer.from(journal).subarray(0, copy.length).equals(copy)) return differs(before);
      const lock = await takeLock(before, holder);
      if ('heldBy' in lock) return inUse(before, lock);
      await moveAway(before);
    }
    const folder = before ?? shardedPlace(directory, debate);
    const kept = [...files].map(([path, content]) => ({ path, content }));
    const maker = { ...holder, token: randomUUID() };
    const lock = await makeRun(folder, kept, maker, journal, join(directory, sharedFolder));
    if (!lock) return runExists(folder);
    await lock.release();
    return success(before ? 'renewed' : 'copied');
  } catch (error) {
    return notWritable(before ?? directory, error);
  }
}

/** A pull that was killed may have left its lock on a whole copy; one that somebody holds is left alone. */
async function takeStaleLock(folder: string, now: number): Promise<void> {
  if (!existsSync(join(folder, lockFile))) return;
  const lock = await takeLock(folder, await thisHolder(now));
  if (!('heldBy' in lock)) await lock.release();
}

/** Killed between this and the new copy, the run is absent, and the next pull brings it. */
async function moveAway(folder: string): Promise<void> {
  const old = join(dirname(folder), `.old-${randomUUID()}`);
  await rename(folder, old);
  await rm(old, { recursive: true, force: true });
}

function differs(folder: string) {
  return failure(
    'differs',
    `${folder} is not the beginning of the run in the database: it continued separately, or is a different run. It was not changed. Pull into another folder to have both.`,
  );
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
