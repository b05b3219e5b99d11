import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Debate, fold } from '../../src/debate/debate.ts';
import type { DebateEvent } from '../../src/debate/events.ts';
import { openFileStore } from '../../src/journal/file-store.ts';
import { temporaryFolder } from '../e2e/parley.ts';

/** A plan of two arms on the bundled scenario, as a file in a folder of its own. */
export async function planFile(repeats: number, more = ''): Promise<{ cwd: string; transcripts: string }> {
  const cwd = await temporaryFolder();
  const plan = [
    'arms:',
    '  - { id: plain, strategy: plain }',
    '  - { id: steel, strategy: steelman }',
    'scenarios: [us-dprk-talks]',
    'castOrders: [given, reversed]',
    `repeats: ${repeats}`,
    'debate: { rounds: 1, stopEarly: false, judgeSamples: 2 }',
    more,
  ];
  await writeFile(join(cwd, 'plan.yaml'), plan.join('\n'));
  return { cwd, transcripts: join(cwd, 'transcripts') };
}

/** Every stored debate; throws where a journal is damaged or its events do not follow each other. */
export async function storedDebates(
  transcripts: string,
): Promise<{ debate: Debate; events: DebateEvent[] }[]> {
  const store = openFileStore({ directory: transcripts, clock: { now: () => 0 } });
  const stored: { debate: Debate; events: DebateEvent[] }[] = [];
  for await (const id of store.list()) {
    const read = await store.read(id);
    if (!read.ok) throw new Error(read.failure.message);
    const debate = fold(read.value.events);
    if (debate) stored.push({ debate, events: read.value.events });
  }
  return stored;
}

/** Each debate of the plan is over, once, with nothing said twice and nothing missing. */
export function expectWhole(stored: readonly { debate: Debate }[], count: number): void {
  expect(stored).toHaveLength(count);
  expect(new Set(stored.map(({ debate }) => `${debate.started.strategy} ${debate.started.seed}`)).size).toBe(
    count,
  );
  for (const { debate } of stored) {
    expect(debate.ended?.reason).toBe('round-limit');
    expect(debate.turns.map(({ turn }) => turn)).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(debate.turns.map(({ speaker }) => speaker)).size).toBe(5);
    expect(debate.verdicts).toHaveLength(1);
    expect(debate.answers).toHaveLength(2);
  }
}
