import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Holder, thisHolder } from '../../src/journal/holder.ts';
import { opened, question, stored } from './store-suite.ts';
import { temporaryStore } from './temporary-store.ts';

const fixture = join(import.meta.dirname, '../fixtures/journal/hold-lock.ts');

const races = process.env['PARLEY_TEST_LONG'] ? 400 : 6;

/** Another process that opens runs when told to. */
async function otherProcess(directory: string) {
  const child = spawn(process.execPath, [fixture, directory], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => (await answers.next()).value as string | undefined;
  expect(await answer()).toBe('ready');
  const openRun = (run: string) => {
    child.stdin.write(`${run}\n`);
    return answer();
  };
  return { child, openRun };
}

async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** A stored run with a lock as some process would have left it. */
async function lockedRun(changes: Partial<Holder>) {
  const { directory, store } = await temporaryStore();
  const events = await stored(store, 'run');
  const holder = { ...(await thisHolder(Date.UTC(2026, 0, 5, 8))), ...changes };
  const lock = join(directory, 'run', 'lock');
  await writeFile(lock, JSON.stringify(holder));
  return { directory, store, events, holder, lock };
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid!;
}

describe('a run that another process writes', () => {
  it('is refused with that process, its machine and since when', async () => {
    const { directory, store } = await temporaryStore();
    await stored(store, 'run');
    const { child, openRun } = await otherProcess(directory);
    expect(await openRun('run')).toBe('won');
    const outcome = await store.open('run');
    const { host } = await thisHolder(0);
    expect(outcome).toMatchObject({ ok: false, failure: { reason: 'locked' } });
    const message = outcome.ok ? '' : outcome.failure.message;
    expect(message).toContain(
      `${join(directory, 'run')} is in use by process ${child.pid} on ${host} since 20`,
    );
    expect(message).toContain(`kill ${child.pid}`);
  });

  it('is free at once when that process was killed, and the lock file then names us', async () => {
    const { directory, store } = await temporaryStore();
    const events = await stored(store, 'run');
    const { child, openRun } = await otherProcess(directory);
    expect(await openRun('run')).toBe('won');
    await killed(child);
    const journal = await opened(store, 'run');
    expect(journal.history).toEqual(events);
    expect(JSON.parse(await readFile(join(directory, 'run', 'lock'), 'utf8'))).toMatchObject({
      pid: process.pid,
    });
    await journal.close();
    expect(await readdir(join(directory, 'run'))).not.toContain('lock');
  });
});

describe('a lock that was left behind', () => {
  const takenOver = async ({ store }: Awaited<ReturnType<typeof lockedRun>>) => {
    const journal = await opened(store, 'run');
    await journal.append(question('Mine?'));
    await journal.close();
  };

  it('is taken over when its process is gone', async () => {
    await takenOver(await lockedRun({ pid: await deadPid() }));
  });

  it('is taken over when its process number went to another process', async () => {
    await takenOver(await lockedRun({ began: 'another time', pid: process.ppid }));
  });

  it.runIf(process.platform === 'linux')(
    'is taken over when its process ended unnoticed by its parent',
    async () => {
      // The shell starts a child and becomes a program that never waits for it.
      const parent = spawn('sh', ['-c', 'sleep 0.01 & echo $!; exec sleep 60'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      onTestFinished(() => void parent.kill('SIGKILL'));
      const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
      const pid = Number(line);
      const began = async () => readFile(`/proc/${pid}/stat`, 'utf8');
      const start = (await began()).split(' ')[21]!;
      while (!(await began()).includes(') Z ')) await new Promise((resolve) => setTimeout(resolve, 5));
      await takenOver(await lockedRun({ pid, began: start }));
    },
  );

  it.runIf(process.platform === 'linux')('is taken over when its machine was started anew', async () => {
    await takenOver(await lockedRun({ boot: 'an earlier start', pid: process.ppid }));
  });

  it('is taken over when its successor died before it finished', async () => {
    const run = await lockedRun({ pid: await deadPid() });
    const successor = { ...run.holder, token: crypto.randomUUID() };
    const folder = join(run.directory, 'run');
    await writeFile(join(folder, `lock-after.${run.holder.token}`), JSON.stringify(successor));
    await writeFile(join(folder, `lock.${successor.token}`), JSON.stringify(successor));
    await takenOver(run);
    expect((await readdir(folder)).sort()).toEqual(['journal.jsonl', 'prompts.txt']);
  });

  it('is not taken over while a live successor is about to replace it', async () => {
    const run = await lockedRun({ pid: await deadPid() });
    const successor = { ...(await thisHolder(0)), pid: process.pid };
    await writeFile(join(run.directory, 'run', `lock-after.${run.holder.token}`), JSON.stringify(successor));
    expect(await run.store.open('run')).toMatchObject({ ok: false, failure: { reason: 'locked' } });
  });

  it('is taken over when a power cut left it empty, but not while it may be being written', async () => {
    const { store, lock } = await lockedRun({});
    await writeFile(lock, '');
    const early = await store.open('run');
    expect(early).toMatchObject({ ok: false, failure: { reason: 'locked' } });
    expect(!early.ok && early.failure.message).toContain('being opened by another process');
    await utimes(lock, new Date(0), new Date(0));
    await (await opened(store, 'run')).close();
  });
});

it('respects the lock of another machine, whose processes cannot be seen, and says how to end it', async () => {
  const { store, lock } = await lockedRun({ host: 'far-away', machine: 'other', boot: 'other', pid: 1 });
  const outcome = await store.open('run');
  expect(outcome).toMatchObject({ ok: false, failure: { reason: 'locked' } });
  const message = outcome.ok ? '' : outcome.failure.message;
  expect(message).toContain('process 1 on far-away since 2026-01-05 08:00:00 UTC');
  expect(message).toContain(`delete ${lock}`);
});

it.runIf(process.platform === 'linux')('respects the lock of another container on this machine', async () => {
  const { store } = await lockedRun({ processes: 'pid:[1]', pid: await deadPid() });
  expect(await store.open('run')).toMatchObject({ ok: false, failure: { reason: 'locked' } });
});

it('stops a writer whose lock was deleted and taken by another process', async () => {
  const { directory, store } = await temporaryStore();
  await stored(store, 'run');
  const journal = await opened(store, 'run');
  const lock = join(directory, 'run', 'lock');
  await rm(lock);
  const { openRun } = await otherProcess(directory);
  expect(await openRun('run')).toBe('won');
  await expect(journal.append(question('Late?'))).rejects.toMatchObject({ reason: 'lease-lost' });
  await journal.close();
  expect(await readFile(lock, 'utf8')).toContain('"pid"');
});

it('goes to one of twenty processes that all want it, be it free or stale, time after time', async () => {
  const { directory, store } = await temporaryStore();
  const holder = { ...(await thisHolder(0)), pid: await deadPid() };
  const processes = await Promise.all(Array.from({ length: 20 }, () => otherProcess(directory)));
  for (let race = 0; race < races; race++) {
    const run = `race-${race}`;
    await stored(store, run);
    const stale = { ...holder, token: crypto.randomUUID() };
    if (race % 4 > 0) await writeFile(join(directory, run, 'lock'), JSON.stringify(stale));
    const answers = await Promise.all(processes.map(({ openRun }) => openRun(run)));
    expect(answers.toSorted()).toEqual([...Array(19).fill('locked'), 'won']);
    expect((await readdir(join(directory, run))).sort()).toEqual(['journal.jsonl', 'lock', 'prompts.txt']);
  }
}, 600_000);
