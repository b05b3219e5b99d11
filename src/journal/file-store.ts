import { join } from 'node:path';
import type { Clock } from '../debate/clock.ts';
import type { DebateEvent } from '../debate/events.ts';
import { type Outcome, success } from '../debate/outcome.ts';
import { lineOf, numberedJournal } from './event-line.ts';
import { thisHolder } from './holder.ts';
import type { JournalPart } from './journal-parts.ts';
import { readKeptFiles, sharedFolder } from './kept-files.ts';
import { createLineWriter, openedFile } from './line-writer.ts';
import { type Lock, takeLock } from './lock.ts';
import {
  checkRunName,
  damaged,
  inUse,
  journalFile,
  noSuchRun,
  notWritable,
  runExists,
  unreadable,
} from './named-run.ts';
import { folderOf, journalParts, makeRun, openForWriting, runsIn, shardedPlace } from './run-folder.ts';
import { openSideFile, type SideFile } from './side-file.ts';
import {
  type Journal,
  type JournalFailure,
  type JournalStore,
  type KeptFile,
  type KeptThought,
  keptThoughtSchema,
  type StoredDebate,
} from './types.ts';

/** What speakers thought, where a person asked to keep it; no reader of journals opens it. */
const thoughtsFile = 'thoughts.jsonl';

export interface FileStoreOptions {
  /** The folder that holds the runs; made with the first one. */
  directory: string;
  clock: Pick<Clock, 'now'>;
  /** True spreads new runs over 256 folders and has them share the files they keep, for very many. Runs in either place are always found. */
  isSharded?: boolean;
}

type End = Extract<JournalPart, { type: 'end' }>;
type Result<Value> = Promise<Outcome<Value, JournalFailure>>;

/** One folder a run: journal.jsonl, the prompt files it used, and a lock while it is written. */
export function openFileStore(options: FileStoreOptions): JournalStore {
  const { directory, clock } = options;
  // Few runs are to be looked into and changed by themselves; very many are to take little room.
  const shared = options.isSharded ? join(directory, sharedFolder) : undefined;

  async function create(
    debate: string,
    files: readonly KeptFile[],
    history: readonly DebateEvent[] = [],
  ): Result<Journal> {
    const name = checkRunName(debate);
    if (!name.ok) return name;
    const folder = options.isSharded ? shardedPlace(directory, debate) : join(directory, debate);
    const taken = folderOf(directory, debate);
    if (taken) return runExists(taken);
    let lock: Lock | null = null;
    try {
      const journal = history.map((event) => `${lineOf(event)}\n`).join('');
      lock = await makeRun(folder, files, await thisHolder(clock.now()), journal, shared);
      if (!lock) return runExists(folder);
      const end = { ...emptyEnd, wholeBytes: Buffer.byteLength(journal) };
      return success(writing(folder, debate, lock, [...history], end));
    } catch (error) {
      await lock?.release();
      return notWritable(folder, error);
    }
  }

  async function open(debate: string): Result<Journal> {
    const found = await find(debate);
    if (!found.ok) return found;
    const folder = found.value;
    let lock: Lock | null = null;
    try {
      const taking = await takeLock(folder, await thisHolder(clock.now()));
      if ('heldBy' in taking) return inUse(folder, taking);
      lock = taking;
      const history = await wholeOf(folder, debate);
      if (history.ok) return success(writing(folder, debate, lock, history.value.events, history.value.end));
      await lock.release();
      return history;
    } catch (error) {
      await lock?.release();
      return notWritable(folder, error);
    }
  }

  async function read(debate: string): Result<StoredDebate> {
    const found = await find(debate);
    if (!found.ok) return found;
    try {
      const whole = await wholeOf(found.value, debate);
      if (!whole.ok) return whole;
      const { events, end } = whole.value;
      return success({ debate, events, files: await readKeptFiles(found.value), isTorn: end.isTorn });
    } catch (error) {
      return unreadable(found.value, error);
    }
  }

  async function* events(debate: string): AsyncGenerator<Outcome<DebateEvent, JournalFailure>> {
    const found = await find(debate);
    if (!found.ok) return yield found;
    try {
      for await (const parts of journalParts(found.value)) {
        for (const part of parts) {
          if (part.type === 'event') yield success(part.event);
          if (part.type === 'damage') yield damaged(found.value, debate, part.line, part.fault);
        }
      }
    } catch (error) {
      yield unreadable(found.value, error);
    }
  }

  async function find(debate: string): Result<string> {
    const name = checkRunName(debate);
    if (!name.ok) return name;
    const folder = folderOf(directory, debate);
    return folder ? success(folder) : noSuchRun(directory, debate, runsIn(directory));
  }

  function writing(folder: string, debate: string, lock: Lock, history: DebateEvent[], end: End): Journal {
    const { file, size } = openForWriting(folder, end);
    const writer = createLineWriter({
      file: openedFile(file),
      size,
      path: join(folder, journalFile),
      isOurs: lock.isHeld,
    });
    const close = async () => {
      await writer.close();
      await lock.release();
    };
    return numberedJournal({ debate, history, clock, store: writer.append, close });
  }

  function openThoughts(debate: string): Outcome<SideFile<KeptThought>, JournalFailure> {
    const folder = folderOf(directory, debate) ?? join(directory, debate);
    return openSideFile(join(folder, thoughtsFile), keptThoughtSchema);
  }

  return { place: directory, create, open, read, events, list: () => runsIn(directory), openThoughts };
}

const emptyEnd: End = { type: 'end', wholeBytes: 0, isTorn: false, lacksNewline: false };

async function wholeOf(folder: string, debate: string): Result<{ events: DebateEvent[]; end: End }> {
  const events: DebateEvent[] = [];
  let end = emptyEnd;
  for await (const parts of journalParts(folder)) {
    for (const part of parts) {
      if (part.type === 'damage') return damaged(folder, debate, part.line, part.fault);
      if (part.type === 'event') events.push(part.event);
      else end = part;
    }
  }
  return success({ events, end });
}
