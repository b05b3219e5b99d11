import {
  closeSync,
  existsSync,
  fdatasync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { parsedJson } from '../text/json-in-text.ts';
import { diskFault, diskRemedy } from './disk.ts';

const datasynced = promisify(fdatasync);

/** An append-only file of JSON lines beside a journal: what was worked out of a debate later, and is no part of it. */
export interface SideFile<Entry> {
  /** What it held when it was opened; a line torn by a crash is left out. */
  readonly entries: readonly Entry[];
  /** When it resolves, the entry survives a power cut. Rejects where the disk takes no more. */
  append(entry: Entry): Promise<void>;
  close(): void;
}

/** Opens such a file, or makes it. A line that is whole and no entry makes the file damaged: nothing is changed then. */
export function openSideFile<Entry>(
  path: string,
  schema: z.ZodType<Entry>,
): Outcome<SideFile<Entry>, 'damaged' | 'not-writable'> {
  let file: number;
  try {
    file = openSync(path, 'a+');
  } catch (error) {
    return failure('not-writable', `${path} cannot be written: ${diskFault(error)}. ${diskRemedy(error)}.`);
  }
  const read = readEntries(readFileSync(path, 'utf8'), path, schema);
  if (!read.ok) {
    closeSync(file);
    return read;
  }
  endLine(file);
  let last: Promise<unknown> = Promise.resolve();
  return success({
    entries: read.value,
    append(entry) {
      const line = `${JSON.stringify(entry)}\n`;
      const done = last.then(async () => {
        writeSync(file, line);
        await datasynced(file);
      });
      last = done.catch(() => {});
      return done;
    },
    close: () => closeSync(file),
  });
}

/** What such a file holds, without opening it for writing; null where there is none. */
export function readSideFile<Entry>(
  path: string,
  schema: z.ZodType<Entry>,
): Outcome<readonly Entry[] | null, 'damaged'> {
  return existsSync(path) ? readEntries(readFileSync(path, 'utf8'), path, schema) : success(null);
}

/** The entries of a text of JSON lines; what stands behind its last line end was torn by a crash and is left out. */
function readEntries<Entry>(
  text: string,
  path: string,
  schema: z.ZodType<Entry>,
): Outcome<Entry[], 'damaged'> {
  const lines = text.split('\n');
  lines.pop();
  const entries: Entry[] = [];
  for (const [index, line] of lines.entries()) {
    const parsed = schema.safeParse(parsedJson(line));
    if (parsed.success) entries.push(parsed.data);
    // A torn line that a later opening ended is no JSON; a whole one of another form is somebody else's.
    else if (parsedJson(line) !== undefined) {
      return failure(
        'damaged',
        `${path} line ${index + 1} is not an entry this version of parley knows. Nothing was changed; move the file away to start over.`,
      );
    }
  }
  return success(entries);
}

/** A torn last line becomes a line of its own. */
function endLine(file: number): void {
  const { size } = fstatSync(file);
  if (size === 0) return;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  if (last.toString() !== '\n') writeSync(file, '\n');
}

/** Who held seats when a run was left, and the words that were not said yet, by persona. */
const seatFileSchema = z.strictObject({
  v: z.literal(1),
  seats: z.array(z.string()),
  drafts: z.record(z.string(), z.string()),
});

/** The file beside a journal in which seats and drafts of people outlive a process. */
export interface SeatFile {
  /** The seats that were held when it was opened. */
  readonly seats: readonly string[];
  hold(seats: readonly string[]): void;
  read(persona: string): string;
  keep(persona: string, text: string): void;
  /** Writes what is not written yet. */
  close(): void;
}

/** A person types faster than a file need be written. */
const pauseMs = 300;

/** Opens seats.json in a run's folder. A file that cannot be read counts as none; one that cannot be written loses drafts and nothing else. */
export function openSeatFile(runFolder: string): SeatFile {
  const path = join(runFolder, 'seats.json');
  let { seats, drafts } = readSeatFile(path);
  const before = seats;
  let timer: NodeJS.Timeout | null = null;
  const write = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    try {
      if (seats.length === 0 && Object.keys(drafts).length === 0) return rmSync(path, { force: true });
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.new`, `${JSON.stringify({ v: 1, seats, drafts })}\n`);
      renameSync(`${path}.new`, path);
    } catch {
      // What was said is in the journal, and what was not said yet is on the screen.
    }
  };
  const writeSoon = () => {
    timer ??= setTimeout(write, pauseMs);
  };
  return {
    seats: before,
    hold(now) {
      if (now.join() === seats.join()) return;
      seats = [...now];
      writeSoon();
    },
    read: (persona) => drafts[persona] ?? '',
    keep(persona, text) {
      const { [persona]: known = '', ...others } = drafts;
      if (known === text) return;
      drafts = text === '' ? others : { ...others, [persona]: text };
      writeSoon();
    },
    close() {
      if (timer) write();
    },
  };
}

function readSeatFile(path: string): Pick<z.infer<typeof seatFileSchema>, 'seats' | 'drafts'> {
  try {
    return seatFileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return { seats: [], drafts: {} };
  }
}
