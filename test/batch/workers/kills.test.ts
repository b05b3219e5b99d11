import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { seededRandom } from '../../../src/debate/seeded-random.ts';
import type { Started } from '../../e2e/parley.ts';
import { postgresForFile } from '../../helpers/postgres.ts';
import { startProviderServer } from '../../helpers/provider-server.ts';
import { debating } from '../../run/debates.ts';
import { callsOfDebate, expectAllHeld, expectEveryCall, gatherFleet, milestones } from './fleet.ts';

const postgres = postgresForFile();

const isLong = process.env['PARLEY_TEST_LONG'] !== undefined;
const [kills, repeats, crew] = isLong ? [20, 100, 4] : [2, 5, 2];
const concurrency = 3;

test(`killed ${kills} times with -9, workers hold every debate once, with at most a call repeated per kill and debate in flight`, {
  timeout: isLong ? 1_800_000 : 120_000,
}, async () => {
  const calls = milestones();
  const server = await startProviderServer({
    answer: (request) => {
      calls.seen(request.number);
      return { text: debating(request), headersAfterMs: 20 };
    },
  });
  const address = await postgres().createDatabase();
  const fleet = await gatherFleet({ address, server, repeats, concurrency, lease: 3 });
  await fleet.submit();
  const random = seededRandom(1, 'kills');
  const workers: Started[] = Array.from({ length: crew }, () => fleet.startWorker());
  const total = 2 * repeats * callsOfDebate;
  for (let kill = 1; kill <= kills; kill++) {
    await calls.reached(Math.floor((kill * total) / (kills + 2)));
    const [victim] = workers.splice(Math.floor(random() * workers.length), 1);
    victim?.process.kill('SIGKILL');
    expect((await victim?.finished)?.signal).toBe('SIGKILL');
    workers.push(fleet.startWorker());
  }
  for (const { finished } of workers) {
    const { code, stderr } = await finished;
    expect(stderr).not.toContain('bug');
    expect(code).toBe(0);
  }
  await expectAllHeld(fleet, 2 * repeats);
  expectEveryCall(server, { debates: 2 * repeats, repeated: kills * concurrency, ofOne: kills });
});

test.runIf(isLong)(
  'a debate that ends five workers without a turn being finished is set aside, and ends no sixth',
  { timeout: 120_000 },
  async () => {
    const server = await startProviderServer({ answer: () => ({ silent: true }) });
    const fleet = await gatherFleet({
      ...{ address: await postgres().createDatabase(), server, repeats: 1, lease: 1, concurrency: 2 },
    });
    await fleet.submit();
    for (let kill = 1; kill <= 5; kill++) {
      const worker = fleet.startWorker();
      while (server.requests.length < 2 * kill) await wait(20);
      worker.process.kill('SIGKILL');
      await worker.finished;
    }
    const { code, stderr } = await fleet.startWorker().finished;
    expect(code).toBe(3);
    expect(stderr).toMatch(/set aside: The worker \S+ ended while it held this debate/);
    expect(server.requests).toHaveLength(10);
    expect((await fleet.status()).plans[0]?.counts).toMatchObject({ setAside: 2, waiting: 0 });
  },
);
