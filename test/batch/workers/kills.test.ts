import { expect, test } from 'vitest';
import { seededRandom } from '../../../src/debate/seeded-random.ts';
import type { Started } from '../../e2e/parley.ts';
import { postgresForFile } from '../../helpers/postgres.ts';
import { startProviderServer } from '../../helpers/provider-server.ts';
import { debating } from '../../run/debates.ts';
import { callsOfDebate, expectAllHeld, gatherFleet, milestones } from './fleet.ts';

const postgres = postgresForFile();

const isLong = process.env['PARLEY_TEST_LONG'] !== undefined;
const [kills, repeats, crew] = isLong ? [20, 100, 4] : [3, 6, 2];
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
  const fleet = await gatherFleet({ address, server, repeats, concurrency });
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
  expect(server.requests.length).toBeGreaterThanOrEqual(total);
  expect(server.requests.length).toBeLessThanOrEqual(total + kills * concurrency);
});
