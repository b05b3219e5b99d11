import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { postgresForFile } from '../../helpers/postgres.ts';
import { databaseOf } from '../../helpers/postgres-server.ts';
import { startProviderServer } from '../../helpers/provider-server.ts';
import { debating } from '../../run/debates.ts';
import { expectAllHeld, expectEveryCall, gatherFleet, milestones } from './fleet.ts';

const postgres = postgresForFile();
const [repeats, concurrency] = [3, 3];

/** Everything that is stored of debates, to the byte. */
const journalsIn = (address: string) =>
  postgres().run(
    databaseOf(address),
    'select debate, number, line from parley.events order by debate, number',
  );

/** Answers nothing before `begin` resolves, and calls from `from` on only once `later` does. */
async function watchedServer(begin = Promise.resolve(), from = Infinity, later = Promise.resolve()) {
  const calls = milestones();
  const server = await startProviderServer({
    answer: async (request) => {
      await begin;
      calls.seen(request.number);
      if (request.number >= from) await later;
      return { text: debating(request), headersAfterMs: 20 };
    },
  });
  return { calls, server };
}

test('a worker that is paused for longer than its lease and wakes up writes nothing twice and asks for nothing more', async () => {
  const later = Promise.withResolvers<void>();
  const { calls, server } = await watchedServer(Promise.resolve(), 8, later.promise);
  const address = await postgres().createDatabase();
  const fleet = await gatherFleet({ address, server, repeats, concurrency, lease: 3 });
  await fleet.submit();
  const paused = fleet.startWorker();
  await calls.reached(8);
  // A call whose connection is being opened is sent when the worker wakes: all that can begin has begun then.
  await wait(300);
  paused.process.kill('SIGSTOP');
  later.resolve();
  const other = fleet.startWorker();
  expect((await other.finished).code).toBe(0);
  await expectAllHeld(fleet, 2 * repeats);
  const before = { calls: server.requests.length, journals: await journalsIn(address) };
  paused.process.kill('SIGCONT');
  const { code, stderr } = await paused.finished;
  expect(stderr).not.toMatch(/bug|set aside/);
  expect(code).toBe(0);
  expect(server.requests).toHaveLength(before.calls);
  expect(await journalsIn(address)).toEqual(before.journals);
  await expectAllHeld(fleet, 2 * repeats);
  expectEveryCall(server, { debates: 2 * repeats, repeated: concurrency, ofOne: 1 });
});

test('workers outlast a Postgres that restarts while they are at work', async () => {
  const begin = Promise.withResolvers<void>();
  const { calls, server } = await watchedServer(begin.promise);
  const fleet = await gatherFleet({
    address: await postgres().createDatabase(),
    server,
    repeats,
    concurrency,
    lease: 3,
  });
  await fleet.submit();
  const workers = [fleet.startWorker(), fleet.startWorker()];
  // One that is still starting would say that it finds no database, and end.
  while ((await fleet.status()).workers.length < workers.length) await wait(50);
  begin.resolve();
  for (const [at, how] of [
    [10, 'stop'],
    [25, 'kill'],
  ] as const) {
    await calls.reached(at);
    await postgres().stop(how);
    await wait(500);
    await postgres().start();
  }
  for (const { finished } of workers) {
    const { code, stderr } = await finished;
    expect(stderr).not.toContain('bug');
    expect(code, stderr).toBe(0);
  }
  await expectAllHeld(fleet, 2 * repeats);
  const restarts = 2;
  expectEveryCall(server, {
    debates: 2 * repeats,
    repeated: restarts * workers.length * concurrency,
    ofOne: restarts,
  });
});
