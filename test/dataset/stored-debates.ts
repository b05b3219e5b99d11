import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExportInput } from '../../src/dataset/export-dataset.ts';
import { success } from '../../src/debate/outcome.ts';
import { openFileStore } from '../../src/journal/file-store.ts';
import type { JournalStore } from '../../src/journal/types.ts';
import { createModels } from '../../src/models/create-models.ts';
import { parseModelSpec } from '../../src/models/model-spec.ts';
import { prepareFork } from '../../src/run/prepare-fork.ts';
import { type RunDebateOptions, runDebate } from '../../src/run/run-debate.ts';
import { systemClock } from '../../src/run/system-clock.ts';
import { exportRequest } from '../helpers/export-request.ts';

/** A folder for a test file; the caller removes it. */
export async function makeFolder(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-dataset-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

export function storeIn(folder: string): JournalStore {
  return openFileStore({ directory: join(folder, 'transcripts'), clock: systemClock });
}

/** Holds a debate of the simulator and keeps it. */
export async function store(folder: string, name: string, options: RunDebateOptions = {}): Promise<void> {
  const transcripts = join(folder, 'transcripts');
  const debate = await runDebate({ seed: 1, rounds: 2, judgeSamples: 2, transcripts, name, ...options });
  await debate.result();
}

/** Forks a stored debate with the simulator and holds the fork to its end. */
export async function forkOf(folder: string, run: string, turn: number, branch: number): Promise<string> {
  const spec = parseModelSpec('simulator');
  if (!spec.ok) throw new Error(spec.failure.message);
  const models = createModels(spec.value, new Map(), { environment: {} });
  if (!models.ok) throw new Error(models.failure.message);
  const name = `${run}-t${turn}-${branch}`;
  const fork = await prepareFork({
    ...{ run, turn, branch, name, store: storeIn(folder), version: '0.0.0', clock: systemClock },
    jitter: Math.random,
    goOn: async ({ prompts, settings }) => success({ prompts, settings, modelOf: models.value }),
  });
  if (!fork.ok) throw new Error(fork.failure.message);
  await fork.value.start();
  return name;
}

/** A request for everything that a folder holds; tests change what they are about. */
export function requestFor(folder: string, changes: Partial<ExportInput> = {}): ExportInput {
  return exportRequest({ store: storeIn(folder), out: join(folder, 'made'), ...changes });
}
