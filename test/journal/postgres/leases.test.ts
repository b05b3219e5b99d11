import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Clock } from '../../../src/debate/clock.ts';
import type { Journal, JournalStore } from '../../../src/journal/types.ts';
import { postgresForFile } from '../../helpers/postgres.ts';
import { databaseOf } from '../../helpers/postgres-server.ts';
import { bodies, created, eventsOf, question } from '../store-suite.ts';
import { openedStore, preparedDatabase, testClock } from './open-stores.ts';

const postgres = postgresForFile();

/** The clock of a process that sleeps while others work: its waits end only when it is woken. */
function pausedClock(): Clock & { wake(): void } {
  let wake: () => void = () => {};
  const sleep = (_: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      wake = resolve;
      signal?.addEventListener('abort', () => resolve());
    });
  return { ...testClock(), sleep, wake: () => wake() };
}

/** Takes a debate as soon as its lease has run out on the server's clock. */
async function takenOver(store: JournalStore, debate: string): Promise<Journal> {
  for (;;) {
    const opened = await store.open(debate);
    if (opened.ok) return opened.value;
    expect(opened.failure.reason).toBe('locked');
    await wait(20);
  }
}

async function twoStores({ leaseMs = 150 } = {}) {
  const address = await preparedDatabase(postgres());
  const clock = pausedClock();
  const lost: string[] = [];
  const onLeaseLost = (debate: string) => void lost.push(debate);
  const paused = openedStore(address, { clock, leaseMs, onLeaseLost, holder: 'worker one on here' });
  const other = openedStore(address, { holder: 'worker two on there' });
  return { address, clock, lost, paused, other };
}

it('lets nobody write who was taken over while it slept, and tells it by whom', async () => {
  const { paused, other } = await twoStores();
  const sleeper = await created(paused, 'night');
  const before = await sleeper.append(bodies()[0]!);
  const successor = await takenOver(other, 'night');
  expect(successor.history).toEqual([before]);
  await expect(sleeper.append(question('Where was I?'))).rejects.toMatchObject({
    name: 'JournalError',
    reason: 'lease-lost',
    message: expect.stringMatching(
      /^night in postgres:.* was taken over by worker two on there since .* UTC/,
    ),
  });
  const after = await successor.append(question('Going on?'));
  await expect(sleeper.append(question('Still here?'))).rejects.toMatchObject({ reason: 'lease-lost' });
  await sleeper.close();
  await expect(successor.append(question('Not ended by the other?'))).resolves.toMatchObject({ number: 2 });
  await successor.close();
  expect((await eventsOf(other, 'night')).slice(0, 2)).toEqual([before, after]);
});

it('lets nobody write who was taken over, even when the other has let go again', async () => {
  const { paused, other } = await twoStores();
  const sleeper = await created(paused, 'night');
  await (await takenOver(other, 'night')).close();
  await expect(sleeper.append(bodies()[0]!)).rejects.toThrow(
    /taken over by another process, which has released it/,
  );
  expect(await eventsOf(other, 'night')).toEqual([]);
});

it('goes on writing after its lease ran out where nobody took over', async () => {
  const { paused, other } = await twoStores({ leaseMs: 1 });
  const journal = await created(paused, 'late');
  await wait(20);
  await journal.append(bodies()[0]!);
  await journal.close();
  expect(await eventsOf(other, 'late')).toHaveLength(1);
});

it('tells once that a lease is lost, when it wakes up and before anything is appended', async () => {
  const { clock, lost, paused, other } = await twoStores();
  await created(paused, 'night');
  const successor = await takenOver(other, 'night');
  clock.wake();
  for (let look = 0; look < 200 && lost.length === 0; look++) await wait(10);
  clock.wake();
  expect(lost).toEqual(['night']);
  await successor.close();
});

it('renews the leases of all its journals while they are open, and none afterwards', async () => {
  const address = await preparedDatabase(postgres());
  const quick = {
    ...testClock(),
    sleep: (_: number, signal?: AbortSignal) => wait(5, undefined, { signal }).catch(() => {}),
  };
  const store = openedStore(address, { clock: quick as Clock, leaseMs: 60_000 });
  const journals = [await created(store, 'one'), await created(store, 'two')];
  const ends = async () => {
    const sql = 'select lease_until from parley.debates order by id';
    return (await postgres().run(databaseOf(address), sql)).map(({ lease_until }) => Number(lease_until));
  };
  const first = await ends();
  for (let look = 0; look < 200; look++) {
    const now = await ends();
    if (now.every((end, index) => end > first[index]!)) break;
    await wait(10);
  }
  expect((await ends()).map((end, index) => end > first[index]!)).toEqual([true, true]);
  for (const journal of journals) await journal.close();
  expect(await ends()).toEqual([0, 0]);
});

it('tells a second writer who is at it and how long at most', async () => {
  const { paused, other } = await twoStores({ leaseMs: 20_000 });
  await created(paused, 'busy');
  const second = await other.open('busy');
  expect(second).toMatchObject({ ok: false, failure: { reason: 'locked' } });
  expect(!second.ok && second.failure.message).toMatch(
    /busy in postgres:.* is in use by worker one on here since .* UTC\. .*free in (20|19|18) s/,
  );
});

it('holds by the server’s clock, whatever the clocks of two machines say', async () => {
  const address = await preparedDatabase(postgres());
  const inYear = (year: number): Clock => ({ ...testClock(), now: () => Date.UTC(year, 0, 1) });
  const journal = await created(openedStore(address, { clock: inYear(1999) }), 'old');
  const other = openedStore(address, { clock: inYear(2099) });
  expect(await other.open('old')).toMatchObject({ ok: false, failure: { reason: 'locked' } });
  expect((await journal.append(bodies()[0]!)).at).toBe('1999-01-01T00:00:00.000Z');
  await journal.close();
});
