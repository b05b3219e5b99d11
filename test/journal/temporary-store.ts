import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openFileStore } from '../../src/journal/file-store.ts';
import { tickingClock } from './store-suite.ts';

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-journal-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A file store in a folder that goes with the test. */
export async function temporaryStore() {
  const directory = await temporaryFolder();
  const store = openFileStore({ directory, clock: tickingClock() });
  const pathOf = (debate: string) => join(directory, debate, 'journal.jsonl');
  const linesOf = async (debate: string) => (await readFile(pathOf(debate), 'utf8')).split('\n');
  return { directory, store, pathOf, linesOf };
}
