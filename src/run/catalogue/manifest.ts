import { type FileHandle, mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { runSummarySchema } from './run-summary.ts';

/** Where batches keep what they know of their debates, beside the runs; hidden, so that no store takes it for a run. */
const batchFolder = '.batches';
export const manifestName = 'manifest.jsonl';
/** Beside a manifest: what a person calls the batch, and how many debates it plans. */
export const noteName = 'batch.json';

/** A debate of a batch and, once it has rested, how it stood. The last entry of a debate counts. */
const manifestEntrySchema = z.strictObject({
  debate: z.string().min(1),
  arm: z.string(),
  cell: z.string(),
  article: z.string(),
  /** null while it is held for the first time. */
  summary: runSummarySchema.nullable(),
  /** Bytes of its journal when the summary was made: a journal of another length has gone on since. */
  bytes: z.int().nonnegative(),
});

export type ManifestEntry = z.infer<typeof manifestEntrySchema>;

/** The folder of one batch's own files. */
export function batchPlace(transcripts: string, batch: string): string {
  return join(transcripts, batchFolder, batch);
}

/**
 * The entries of a batch, oldest first. A line that a crash tore is passed over: the journals are the truth, the
 * manifest only spares reading them.
 */
export async function* manifestEntries(place: string): AsyncGenerator<ManifestEntry> {
  const file = await open(join(place, manifestName), 'r').catch(() => null);
  if (!file) return;
  try {
    for await (const line of createInterface({ input: file.createReadStream({ autoClose: false }) })) {
      const entry = entryOf(line);
      if (entry) yield entry;
    }
  } finally {
    await file.close();
  }
}

/** The folders of all batches whose runs lie in a folder. */
export async function batchPlaces(transcripts: string): Promise<string[]> {
  const folder = join(transcripts, batchFolder);
  const batches = await readdir(folder).catch(() => []);
  return batches.sort().map((batch) => join(folder, batch));
}

/** The entries of all batches of a folder, batch by batch. */
export async function* allManifestEntries(transcripts: string): AsyncGenerator<ManifestEntry> {
  for (const place of await batchPlaces(transcripts)) yield* manifestEntries(place);
}

export interface Manifest {
  add(entry: ManifestEntry): Promise<void>;
  close(): Promise<void>;
}

/** Opens a batch's manifest for adding; makes its folder, and notes there what the batch is. Entries are not synced one by one: losing some loses no debate. */
export async function openManifest(
  place: string,
  note: { title: string; planned: number },
): Promise<Manifest> {
  const path = join(place, manifestName);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(join(place, noteName), `${JSON.stringify(note)}\n`);
  const file = await open(path, 'a+');
  await endLine(file);
  let last: Promise<unknown> = Promise.resolve();
  return {
    add(entry) {
      const writing = last.then(() => file.appendFile(`${JSON.stringify(entry)}\n`));
      last = writing.catch(() => {});
      return writing;
    },
    async close() {
      await last;
      await file.close();
    },
  };
}

/** A torn last line becomes a line of its own. */
async function endLine(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  if (size === 0) return;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  if (buffer.toString() !== '\n') await file.appendFile('\n');
}

function entryOf(line: string): ManifestEntry | null {
  try {
    return manifestEntrySchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
