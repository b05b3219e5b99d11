import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { fold } from '../../src/debate/debate.ts';
import type { DebateEvent } from '../../src/debate/events.ts';
import type { JournalStore } from '../../src/journal/types.ts';
import { parley, temporaryFolder } from '../e2e/parley.ts';

/** What came of a plan, with nothing left out but when it was and that it was resumed. */
export interface Results {
  /** Of every debate its events, each by its type and a hash of all it holds. */
  debates: Record<string, string[]>;
  /** Of every file of its export a hash, JSON lines and Parquet alike. */
  dataset: Record<string, string>;
  /** The comparison of its arms, as JSON. */
  comparison: string;
}

/** A plan of two arms on the simulator, as a file in a folder of its own. */
export async function simulatorPlan(rounds: number): Promise<string> {
  const cwd = await temporaryFolder();
  const lines = [
    'model: simulator',
    'arms:',
    '  - { id: plain, strategy: plain }',
    '  - { id: steel, strategy: steelman }',
    'scenarios: [us-dprk-talks]',
    `debate: { rounds: ${rounds}, judgeSamples: 2 }`,
  ];
  await writeFile(join(cwd, 'plan.yaml'), lines.join('\n'));
  return cwd;
}

/** Reads, exports and compares the debates of a plan, from a folder or a postgres:// address, as a person would. */
export async function resultsOf(
  { cwd, transcripts, count }: { cwd: string; transcripts: string; count: number },
  store: JournalStore,
): Promise<{ results: Results; resumed: number; events: number }> {
  const { debates, resumed, events } = await heldIn(store);
  expect(Object.keys(debates)).toHaveLength(count);
  const dataset = await exported(cwd, transcripts);
  const comparison = await compared(cwd, transcripts, count);
  return { results: { debates, dataset, comparison }, resumed, events };
}

async function heldIn(store: JournalStore) {
  const debates: Record<string, string[]> = {};
  let [resumed, events] = [0, 0];
  for await (const id of store.list()) {
    const read = await store.read(id);
    if (!read.ok) throw new Error(read.failure.message);
    expect(fold(read.value.events)?.ended?.reason).toBeDefined();
    debates[id] = read.value.events.filter(({ type }) => type !== 'debate-resumed').map(timelessEvent);
    if (read.value.events.length > debates[id].length) resumed += 1;
    events += debates[id].length;
  }
  return { debates, resumed, events };
}

/** A resumption moves the numbers of what follows it; that they have no gap was checked by reading. */
function timelessEvent({ number, at, ...event }: DebateEvent): string {
  const text = JSON.stringify(event, (key, value) => (key === 'timing' ? undefined : value));
  return `${event.type} ${hashOf(text).slice(0, 16)}`;
}

async function exported(cwd: string, transcripts: string): Promise<Record<string, string>> {
  const folder = await temporaryFolder();
  const options = ['--format', 'sft,judge', '--include-simulated', '--transcripts', transcripts];
  const { code, stderr } = await parley(['export', join(folder, 'data'), ...options], { cwd });
  expect(stderr).not.toMatch(/damaged/);
  expect(code).toBe(0);
  const entries = await readdir(join(folder, 'data'), { recursive: true, withFileTypes: true });
  const dataset: Record<string, string> = {};
  for (const entry of entries.filter((entry) => entry.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    dataset[path.slice(folder.length)] = dating[entry.name]?.(bytes.toString('utf8')) ?? hashOf(bytes);
  }
  expect(Object.keys(dataset).filter((path) => /\.(jsonl|parquet)$/.test(path)).length).toBeGreaterThan(3);
  return dataset;
}

/** The files that tell when the data set was made, and that of their sums. */
const dating: Record<string, (text: string) => string> = {
  'export.json': timeless,
  'croissant.json': timeless,
  SHA256SUMS: (text) => text.replace(/^[0-9a-f]{64}(?= {2}(export|croissant)\.json$)/gm, 'a sum'),
};

async function compared(cwd: string, transcripts: string, count: number): Promise<string> {
  const asked = ['plan.yaml', '--count', String(count), '--json', '--transcripts', transcripts];
  const { code, stdout, stderr } = await parley(['compare', ...asked], { cwd });
  expect(stderr).not.toMatch(/Continue with|Submit the others/);
  expect(code).toBe(0);
  expect(stdout).toContain('steel');
  return timeless(stdout);
}

function timeless(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'a time');
}

function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
