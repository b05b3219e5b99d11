import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { readNeeds } from '../src/batch/workers/shared-funding.ts';
import { type PostgresServer, startPostgres } from '../test/helpers/postgres-server.ts';
import { listen } from '../test/helpers/provider-server/listen.ts';
import { type Figure, median } from './measure.ts';
import { countedWay } from './round-trips.ts';
import { answer } from './scripted-debate.ts';

const command = resolve('dist/parley.js');
const run = promisify(execFile);

/** A provider that thinks for half a second a call, and takes four calls at once of each worker. */
const [thinkingMs, concurrency, debates] = [500, 4, 24];

/** Several workers against one, on debates that wait for their provider; then what their looks at the plans cost. */
export async function measure(): Promise<Figure[]> {
  const postgres = await startPostgres();
  try {
    const of = `${debates} debates whose provider takes ${thinkingMs} ms a call`;
    const alone = await heldBy(1, postgres);
    const figures: Figure[] = [
      { what: `${of}: round trips to the database a turn`, value: alone.roundTrips, unit: 'round trips' },
    ];
    for (const workers of process.argv.includes('--quick') ? [2] : [2, 4, 8]) {
      const what = `${of}: ${workers} workers against one`;
      // 24 debates at four a worker leave the last of eight workers with nothing to do.
      const least = Math.min(workers, debates / concurrency) * (workers === 2 ? 0.95 : 0.75);
      const { milliseconds } = await heldBy(workers, postgres);
      figures.push({ what, value: alone.milliseconds / milliseconds, unit: 'x', aim: { least } });
    }
    return [...figures, ...(await looks(postgres))];
  } finally {
    await postgres.dispose();
  }
}

/** What a deployment on paper holds: its workers, each with four debates at once, and its debates. */
const paper = { workers: 1000, debates: 10_000_000, lookEverySeconds: 2, turns: 24 };

/**
 * What a worker's look at its plans and a note on a debate take as a plan grows, and on paper what a thousand workers and
 * ten million debates ask of one server: the share of its time, or of its disk, follows from the times measured here.
 */
async function looks(postgres: PostgresServer): Promise<Figure[]> {
  const [few, many] = process.argv.includes('--quick') ? [2000, 20_000] : [20_000, 400_000];
  const small = await looksAmong(few, postgres);
  const large = await looksAmong(many, postgres);
  // Per worker and second: a look, and a turn appended for each debate in hand, of some five seconds a turn.
  const perSecond = paper.workers * (large.look / paper.lookEverySeconds + (concurrency / 5) * large.note);
  return [
    { what: `a look at the plans, ${few} debates`, value: small.look, unit: 'ms' },
    { what: `a look at the plans, ${many} debates`, value: large.look, unit: 'ms' },
    { what: 'the second against the first', value: large.look / small.look, unit: 'x', aim: { most: 3 } },
    { what: `a note on a debate in hand, ${many} debates`, value: large.note, unit: 'ms' },
    { what: `a planned debate in the database, ${many} debates`, value: large.bytes, unit: 'bytes' },
    {
      what: `on paper, ${paper.workers} workers: connections of the server busy at any time`,
      value: perSecond / 1000,
      unit: 'connections',
    },
    {
      what: `on paper, ${paper.debates} debates of ${paper.turns} turns: their plans on the disk`,
      value: (large.bytes * paper.debates) / 1e6,
      unit: 'MB',
    },
  ];
}

async function looksAmong(count: number, postgres: PostgresServer) {
  const address = await postgres.createDatabase();
  await run(process.execPath, [command, 'migrate', address]);
  const pool = new pg.Pool({ connectionString: address });
  try {
    await pool.query(
      `insert into parley.plans (plan, file, design, budget_usd) values ('p', 'p.yaml', '{"arms":[]}', 1e9);
       insert into parley.prompt_sets values ('set', '[]')`,
    );
    await pool.query(
      `insert into parley.plan_debates (plan, debate, place, arm, cell, article, seed, prompts, expected_usd, state, usd)
       select 'p', 'd' || n, n, 'a', 'c' || n, 'x', n, 'set', 0.5,
         case when n % 2 = 0 then 'done' when n % 1000 = 1 then 'held' else 'waiting' end, case when n % 2 = 0 then 0.4 else 0 end
       from generate_series(1, $1::integer) n`,
      [count],
    );
    await pool.query('vacuum analyze parley.plan_debates');
    const held = `update parley.plan_debates set usd = usd + 0.001 where plan = 'p' and debate = 'd1001'`;
    const size = `select pg_total_relation_size('parley.plan_debates')::float8 / $1::integer as bytes`;
    return {
      look: await typical(() => readNeeds(pool)),
      note: await typical(() => pool.query(held)),
      bytes: Number((await pool.query(size, [count])).rows[0].bytes),
    };
  } finally {
    await pool.end();
  }
}

async function typical(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < 15; time++) {
    const before = performance.now();
    await work();
    times.push(performance.now() - before);
  }
  return median(times);
}

/** Speeches and openings of the debates of one round. */
const turnsOfAll = debates * 5;

/**
 * Milliseconds from the first call to the last; the workers wait at the ready before the plan is submitted. Round trips are
 * those of the workers from then on, all that they ask: claims, journals, leases, budgets and looks at the plans.
 */
async function heldBy(
  workers: number,
  postgres: PostgresServer,
): Promise<{ milliseconds: number; roundTrips: number }> {
  let [first, last] = [0, 0];
  const server = await listen({
    keep: false,
    answer: (request) => {
      last = performance.now();
      first ||= last;
      return { text: answer(request), headersAfterMs: thinkingMs };
    },
  });
  const address = await postgres.createDatabase();
  const way = await countedWay(address);
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-workers-'));
  const crew: ChildProcess[] = [];
  try {
    await run(process.execPath, [command, 'migrate', address]);
    for (let number = 0; number < workers; number++) crew.push(startWorker(way.address, server.baseUrl));
    await wait(3000);
    const before = way.roundTrips();
    await submit(address, folder, server.baseUrl);
    while ((await doneIn(address)) < debates) await wait(500);
    return { milliseconds: last - first, roundTrips: (way.roundTrips() - before) / turnsOfAll };
  } finally {
    await Promise.all(crew.map(ended));
    way.close();
    await server.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function startWorker(address: string, baseUrl: string): ChildProcess {
  const limits = ['--concurrency', String(concurrency), '--lease', '2'];
  return spawn(process.execPath, [command, 'worker', address, '--base-url', baseUrl, ...limits], {
    stdio: 'ignore',
  });
}

async function submit(address: string, folder: string, baseUrl: string): Promise<void> {
  const plan = join(folder, 'plan.yaml');
  await writeFile(
    plan,
    `arms: [{ id: plain, strategy: plain }]\nscenarios: [us-dprk-talks]\ndebate: { rounds: 1, judgeSamples: 1, stopEarly: false }\nrepeats: ${debates}\n`,
  );
  const over = ['--model', 'openai:scripted', '--base-url', baseUrl, '--yes'];
  await run(process.execPath, [command, 'batch', plan, '--on', address, ...over]);
}

async function doneIn(address: string): Promise<number> {
  const { stdout } = await run(process.execPath, [command, 'status', address, '--json']);
  return JSON.parse(stdout).plans[0]?.counts.done ?? 0;
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}
