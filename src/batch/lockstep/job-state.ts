import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { syncFolder } from '../../journal/disk.ts';

const jobSchema = z.strictObject({
  /** Names its files. */
  number: z.int().positive(),
  /** What the provider knows it by before its id is known here. */
  mark: z.string().min(1),
  /** The model spec of all its calls. */
  spec: z.string().min(1),
  /**
   * written: its requests are on the disk. uploaded: they are with the provider. submitted: they are being answered, and
   * paid. collected: its results are on the disk.
   */
  phase: z.enum(['written', 'uploaded', 'submitted', 'collected']),
  file: z.string().nullable(),
  id: z.string().nullable(),
  requests: z.int().nonnegative(),
  /** Milliseconds since 1970. */
  writtenAt: z.number(),
});

const stateSchema = z.strictObject({ v: z.literal(1), next: z.int().positive(), jobs: z.array(jobSchema) });

export type StoredJob = z.infer<typeof jobSchema>;
export type StoredJobs = z.infer<typeof stateSchema>;

const stateName = 'state.json';

/** The folder of a batch's jobs, below the batch's own. */
export function jobsPlace(place: string): string {
  return join(place, 'jobs');
}

/** The jobs of a batch as they were last saved. Throws where the file is damaged: jobs that are paid would be forgotten. */
export async function loadJobs(folder: string): Promise<StoredJobs> {
  const path = join(folder, stateName);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return { v: 1, next: 1, jobs: [] };
  return stateSchema.parse(JSON.parse(text));
}

/** Puts the jobs in place whole, to survive a power cut. */
export async function saveJobs(folder: string, state: StoredJobs): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `${stateName}.new`);
  const file = await open(draft, 'w');
  try {
    await file.writeFile(JSON.stringify(state));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, join(folder, stateName));
  await syncFolder(folder);
}
