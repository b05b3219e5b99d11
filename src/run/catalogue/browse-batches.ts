import { open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { thisHolder } from '../../journal/holder.ts';
import { isAbandoned, lockFile } from '../../journal/lock.ts';
import { systemClock } from '../system-clock.ts';
import { batchPlaces, manifestName, noteName } from './manifest.ts';

/** A batch as its folder knows it; another object once anything of it differs. */
export interface BrowsedBatch {
  /** Name of its folder. */
  readonly id: string;
  /** What a person calls its plan; the name of its plan's file where no note says it. */
  readonly title: string;
  /** Debates of its plan; null where no note says it. */
  readonly planned: number | null;
  /** A process is running it. */
  readonly isLive: boolean;
  /** The arm of each debate that was begun, by its name. */
  readonly arms: ReadonlyMap<string, string>;
}

/** The form that the note about a batch has on the disk. */
const noteSchema = z.object({ title: z.string(), planned: z.int().nonnegative() });

/** How every entry of a manifest begins. The rest of it is not looked at: there may be a hundred thousand. */
const entry = /^\{"debate":("(?:[^"\\]|\\.)*"),"arm":("(?:[^"\\]|\\.)*"),/gmu;

interface Known {
  arms: Map<string, string>;
  /** Bytes of the manifest that were read. */
  read: number;
  batch: BrowsedBatch | null;
}

/** Follows the batches of a folder. Each look reads what was added to their manifests since the last one. */
export function browseBatches(transcripts: string): () => Promise<readonly BrowsedBatch[]> {
  const known = new Map<string, Known>();
  return async () => {
    const places = await batchPlaces(transcripts);
    return Promise.all(places.map((place) => look(place)));
  };

  async function look(place: string): Promise<BrowsedBatch> {
    const id = basename(place);
    const one = known.get(id) ?? { arms: new Map(), read: 0, batch: null };
    known.set(id, one);
    const isGrown = await readOn(join(place, manifestName), one);
    const note = await noteOf(place);
    const isLive = await isHeld(place);
    const before = one.batch;
    // Folders are named for the plan's file and a hash of its design.
    const title = note?.title || id.replace(/-[0-9a-f]{10}$/u, '');
    const planned = note?.planned ?? null;
    const isSame =
      before?.title === title && before.planned === planned && before.isLive === isLive && !isGrown;
    if (!isSame) one.batch = { id, title, planned, isLive, arms: one.arms };
    return one.batch as BrowsedBatch;
  }
}

/** Takes in whole lines that were added; false where there are none. */
async function readOn(manifest: string, known: Known): Promise<boolean> {
  const size = (await stat(manifest).catch(() => null))?.size ?? 0;
  if (size <= known.read) return false;
  const file = await open(manifest, 'r');
  try {
    const added = Buffer.alloc(size - known.read);
    const { bytesRead } = await file.read(added, 0, added.length, known.read);
    const whole = added.subarray(0, added.subarray(0, bytesRead).lastIndexOf(0x0a) + 1);
    known.read += whole.length;
    for (const [, debate = '""', arm = '""'] of whole.toString('utf8').matchAll(entry)) {
      known.arms.set(JSON.parse(debate), JSON.parse(arm));
    }
    return whole.length > 0;
  } finally {
    await file.close();
  }
}

async function noteOf(place: string): Promise<z.infer<typeof noteSchema> | null> {
  const text = await readFile(join(place, noteName), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return noteSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

async function isHeld(place: string): Promise<boolean> {
  if (!(await readdir(place).catch(() => [] as string[])).includes(lockFile)) return false;
  return !(await isAbandoned(place, await thisHolder(systemClock.now()), systemClock.now()));
}
