import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openFileStore } from '../../src/journal/file-store.ts';
import { openPostgresStore } from '../../src/journal/postgres/postgres-store.ts';
import { journalBytes } from '../../src/run/catalogue/stored-run.ts';
import { systemClock as clock } from '../../src/run/system-clock.ts';
import { parley, type Started, startParley, temporaryFolder } from '../e2e/parley.ts';
import { postgresForFile } from '../helpers/postgres.ts';
import { databaseOf } from '../helpers/postgres-server.ts';
import { resultsOf, simulatorPlan } from './same-results.ts';

const postgres = postgresForFile();

/** A thousand with PARLEY_TEST_LONG; the usual run does the same with a few shorter ones. */
const isLong = process.env['PARLEY_TEST_LONG'] === '1';
const [debates, rounds] = isLong ? [1000, 2] : [10, 1];
const timeout = isLong ? 3_600_000 : 120_000;
const planned = `${debates.toLocaleString('en-US')} debates`;
const batch = ['batch', 'plan.yaml', '--count', String(debates), '--yes'];

/** Shares of the work after which somebody is killed. */
const kills = [0.3, 0.6];

let unkilled: Promise<Awaited<ReturnType<typeof resultsOnFiles>> & { bytes: number }> | undefined;

/** The debates of a run without a kill, the same for both tests. */
function ofTheUnkilled() {
  unkilled ??= simulatorPlan(rounds).then(async (cwd) => {
    expect((await parley(batch, { cwd })).code).toBe(0);
    return { ...(await resultsOnFiles(cwd)), bytes: await bytesIn(cwd) };
  });
  return unkilled;
}

function resultsOnFiles(cwd: string) {
  const store = openFileStore({ directory: join(cwd, 'transcripts'), clock });
  return resultsOf({ cwd, transcripts: 'transcripts', count: debates }, store);
}

test(`${planned} that are killed twice and resumed come out as those that never were: on the disk, exported and compared`, {
  timeout,
}, async () => {
  const whole = await ofTheUnkilled();
  const cwd = await simulatorPlan(rounds);
  for (const share of kills) await killAfter(cwd, share * whole.bytes);
  const last = await parley(batch, { cwd });
  expect(last.stderr).toContain(`${debates.toLocaleString('en-US')} of`);
  expect(last.code).toBe(0);
  const killed = await resultsOnFiles(cwd);
  expect(killed.resumed).toBeGreaterThan(0);
  expect(whole.resumed).toBe(0);
  expect(killed.results).toEqual(whole.results);
});

/** Ends the command with -9 once its journals are so large. */
async function killAfter(cwd: string, bytes: number): Promise<void> {
  const run = startParley(batch, { cwd });
  while (run.process.exitCode === null && (await bytesIn(cwd)) < bytes) await wait(20);
  run.process.kill('SIGKILL');
  expect(await run.finished).toMatchObject({ signal: 'SIGKILL' });
}

async function bytesIn(cwd: string): Promise<number> {
  const transcripts = join(cwd, 'transcripts');
  let bytes = 0;
  for await (const id of openFileStore({ directory: transcripts, clock }).list())
    bytes += journalBytes(transcripts, id) ?? 0;
  return bytes;
}

test(`${planned} on Postgres, two of whose workers are killed, come out as those on files: there, exported, compared and pulled`, {
  timeout,
}, async () => {
  const whole = await ofTheUnkilled();
  const cwd = await simulatorPlan(rounds);
  const address = await postgres().createDatabase();
  expect((await parley([...batch, '--on', address], { cwd })).code).toBe(0);
  // Elsewhere: all that workers need is in the database.
  const elsewhere = { cwd: await temporaryFolder() };
  const crew = Array.from({ length: 3 }, () =>
    startParley(['worker', address, '--until-empty', '--lease', '10'], elsewhere),
  );
  for (const share of kills) await killOne(crew, databaseOf(address), Math.ceil(share * whole.events));
  for (const { finished } of crew) expect(await finished).toMatchObject({ code: 0 });
  const status = await parley(['status', address, '--json'], { cwd });
  expect(JSON.parse(status.stdout)).toMatchObject({
    plans: [{ counts: { planned: debates, done: debates, setAside: 0, underWay: 0, waiting: 0 } }],
    workers: [],
  });

  const store = openPostgresStore({ connection: address, clock });
  const there = await resultsOf({ cwd, transcripts: address, count: debates }, store);
  await store.close();
  expect(there.resumed).toBeGreaterThan(0);
  expect(there.results).toEqual(whole.results);

  const pulled = await parley(['pull', address], { cwd });
  expect(pulled.stdout).toContain(`${debates} copied.`);
  expect((await resultsOnFiles(cwd)).results).toEqual(whole.results);
});

/** Ends with -9 a worker that has debates in its hands, once so many events are stored. */
async function killOne(crew: Started[], database: string, events: number): Promise<void> {
  for (;;) {
    const victim = await busyAfter(crew, database, events);
    // Stopped first, so that it cannot finish its debates between the look and the kill.
    victim?.process.kill('SIGSTOP');
    await wait(100);
    if (victim && (await busyAfter([victim], database, events))) {
      victim.process.kill('SIGKILL');
      expect((await victim.finished).signal).toBe('SIGKILL');
      crew.splice(crew.indexOf(victim), 1);
      return;
    }
    victim?.process.kill('SIGCONT');
  }
}

/** One of the crew that has begun debates in its hands, once so many events are stored. */
async function busyAfter(
  crew: readonly Started[],
  database: string,
  events: number,
): Promise<Started | undefined> {
  const sql = `select (select count(*)::int from parley.events) as events,
    array(select name from parley.workers w where exists (
      select from parley.plan_debates d join parley.events using (debate)
      where d.worker = w.worker and d.state = 'held')) as busy`;
  const [found] = (await postgres().run(database, sql)) as [{ events: number; busy: string[] }];
  if (found.events < events) return undefined;
  return crew.find(({ process }) => found.busy.some((name) => name.endsWith(`:${process.pid}`)));
}
