import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { seededRandom } from '../../src/debate/seeded-random.ts';
import { openFileStore } from '../../src/journal/file-store.ts';

const fixture = join(import.meta.dirname, '../fixtures/journal/append-for-ever.ts');
const kills = process.env['PARLEY_TEST_LONG'] ? 250 : 5;

/** Lets a process append until it is killed at a random moment; gives the last number that it reported as durable. */
async function killedAppender(directory: string, how: 'create' | 'open', lifeMs: number): Promise<number> {
  const child = spawn(process.execPath, [fixture, directory, 'run', how], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [reported, complaint] = ['', ''];
  child.stderr.on('data', (bytes) => (complaint += bytes));
  child.stdout.on('data', (bytes) => (reported += bytes));
  // The first report marks the end of start-up; what is killed is always in the middle of appending.
  await Promise.race([once(child.stdout, 'data'), once(child, 'close')]);
  await setTimeout(lifeMs);
  child.kill('SIGKILL');
  await (child.exitCode === null && child.signalCode === null ? once(child, 'close') : undefined);
  expect(complaint).toBe('');
  const whole = reported.slice(0, reported.lastIndexOf('\n')).split('\n').map(Number);
  return whole.at(-1) ?? -1;
}

it(
  `loses no durable event when its process is killed ${kills} times, and goes on each time`,
  async () => {
    const directory = await mkdtemp(join(tmpdir(), 'parley-crash-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const store = openFileStore({ directory, clock: { now: () => Date.now() } });
    const random = seededRandom('journal crashes');
    let known = '';
    for (let kill = 0; kill < kills; kill++) {
      const durable = await killedAppender(directory, kill === 0 ? 'create' : 'open', random() * 40);
      const read = await store.read('run');
      if (!read.ok) throw new Error(read.failure.message);
      expect(read.value.events.length).toBeGreaterThan(durable);

      const journal = await store.open('run');
      if (!journal.ok) throw new Error(journal.failure.message);
      const { number } = await journal.value.append({
        type: 'question-asked',
        afterTurn: 0,
        text: `After kill ${kill}`,
      });
      expect(number).toBe(read.value.events.length);
      await journal.value.close();

      const text = await readFile(join(directory, 'run', 'journal.jsonl'), 'utf8');
      expect(text.startsWith(known)).toBe(true);
      known = text;
    }
  },
  30_000 + kills * 2000,
);
