import { appendFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { JournalPlace } from '../../journal/run-folder.ts';
import { type RunSummary, runSummarySchema } from './run-summary.ts';

/** Beside the runs, hidden. A version that writes entries of another form gives it another name. */
const indexFile = '.runs.v1.jsonl';

/** A run as it stood when its journal had this size and time; the last entry of a run counts. */
const entrySchema = z.strictObject({
  run: z.string().min(1),
  bytes: z.int().nonnegative(),
  writtenAt: z.number(),
  /** null where its journal holds no event yet. */
  summary: runSummarySchema.nullable(),
});
type Entry = z.infer<typeof entrySchema>;

/**
 * What is known of the runs of a folder without reading their journals. It is worked out from the journals and can be lost at
 * any time: what is missing, torn or of another form is read again. Several processes may add to it at once.
 */
export interface RunIndex {
  /** The runs that it knows, with the size and time of their journals then: they may be others by now, or gone. */
  places(): JournalPlace[];
  /** The summary of a journal that has not changed since; undefined where nothing is known of it. */
  find(journal: JournalPlace): RunSummary | null | undefined;
  add(journal: JournalPlace, summary: RunSummary | null): void;
  /** Writes what was added. Where nothing can be written nothing is, and the next reader works it out again. */
  save(): Promise<void>;
}

/** Entries of a file that hold for no run any more, above which it is written anew: a share of those that hold. */
const mostStale = 0.5;
const fewEntries = 200;

/** An entry whose summary is read only when it is asked for. */
interface KnownEntry extends JournalPlace {
  line: string;
}

export async function openRunIndex(directory: string): Promise<RunIndex> {
  const path = join(directory, indexFile);
  const text = await readFile(path, 'utf8').catch(() => '');
  const known = new Map<string, KnownEntry>();
  let lines = 0;
  for (const line of linesIn(text)) {
    lines += 1;
    const entry = placeIn(line);
    if (entry) known.set(entry.run, entry);
  }
  const found = new Set<string>();
  let added: KnownEntry[] = [];
  return {
    places: () => [...known.values()].map(({ run, bytes, writtenAt }) => ({ run, bytes, writtenAt })),
    find({ run, bytes, writtenAt }) {
      const entry = known.get(run);
      if (entry?.bytes !== bytes || entry.writtenAt !== writtenAt) return undefined;
      const summary = summaryIn(entry.line);
      if (summary !== undefined) found.add(run);
      return summary;
    },
    add({ run, bytes, writtenAt }, summary) {
      const line = JSON.stringify({ run, bytes, writtenAt, summary } satisfies Entry);
      const entry = { run, bytes, writtenAt, line };
      known.set(run, entry);
      found.add(run);
      added.push(entry);
    },
    async save() {
      if (added.length === 0) return;
      const isWasteful = lines - found.size > found.size * mostStale + fewEntries;
      const wanted = isWasteful ? [...found].flatMap((run) => known.get(run) ?? []) : added;
      const more = wanted.map(({ line }) => `${line}\n`).join('');
      lines = isWasteful ? wanted.length : lines + added.length;
      added = [];
      // A line that a crash tore ends here, whatever it held.
      const start = text === '' || text.endsWith('\n') ? '' : '\n';
      await (isWasteful ? replaced(path, more) : appendFile(path, start + more)).catch(() => {});
    },
  };
}

function* linesIn(text: string): Generator<string> {
  let from = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
    yield text.slice(from, at);
    from = at + 1;
  }
}

/** How every entry begins. */
const beginning = /^\{"run":("(?:[^"\\]|\\.)*"),"bytes":(\d+),"writtenAt":([\d.]+),"summary":/;

function placeIn(line: string): KnownEntry | undefined {
  const [, run, bytes, writtenAt] = beginning.exec(line) ?? [];
  if (run === undefined) return undefined;
  try {
    return { run: JSON.parse(run), bytes: Number(bytes), writtenAt: Number(writtenAt), line };
  } catch {
    return undefined;
  }
}

function summaryIn(line: string): RunSummary | null | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(line)).data?.summary;
  } catch {
    return undefined;
  }
}

/** What others add to the old file meanwhile is lost, and worked out again. */
async function replaced(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}`;
  try {
    await writeFile(draft, text, { flag: 'wx' });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
