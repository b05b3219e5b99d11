import pg from 'pg';
import { expect, it } from 'vitest';
import { planSchema } from '../../src/batch/workers/plan-tables.ts';
import { prepareSchema } from '../../src/journal/postgres/journal-schema.ts';
import { shardOf } from '../../src/journal/run-folder.ts';
import type { ListedRun } from '../../src/run/catalogue/stored-run.ts';
import { databaseRuns } from '../../src/run/catalogue/stored-run.ts';
import { systemClock } from '../../src/run/system-clock.ts';
import { postgresForFile } from '../helpers/postgres.ts';
import { databaseOf } from '../helpers/postgres-server.ts';
import { openedStore, preparedDatabase } from '../journal/postgres/open-stores.ts';
import { stored } from '../journal/store-suite.ts';

const postgres = postgresForFile();

async function planned(): Promise<string> {
  const address = await postgres().createDatabase();
  const prepared = await prepareSchema(address, { clock: systemClock, parts: [planSchema] });
  if (!prepared.ok) throw new Error(prepared.failure.message);
  await postgres().run(
    databaseOf(address),
    `insert into parley.plans (plan, file, design) values ('one', 'one.yaml', '{}'), ('two', 'two.yaml', '{}');
     insert into parley.prompt_sets values ('set', '[]')`,
  );
  return address;
}

const note = (events: number) =>
  `jsonb_build_object('debate', id, 'scenario', 'noted', 'strategy', 'plain', 'models', '["simulator"]'::jsonb,
     'simulated', true, 'control', null, 'ending', 'converged', 'detail', '', 'rounds', 3, 'turns', 24, 'convergence', 0.5, 'calls', 40,
     'inputTokens', 1, 'outputTokens', 1, 'costUsd', 0, 'unpricedCalls', 0,
     'startedAt', '2026-01-01T00:00:00.000Z', 'events', ${events})`;

const plan = (name: string, arm: string, summary: string) =>
  `insert into parley.plan_debates (plan, debate, place, arm, cell, article, seed, prompts, summary)
   select '${name}', id, 1, '${arm}', 'c', 'a', 1, 'set', ${summary} from parley.debates`;

async function listedIn(address: string): Promise<ListedRun[]> {
  const pool = new pg.Pool({ connectionString: address });
  const runs: ListedRun[] = [];
  for await (const run of databaseRuns(openedStore(address), pool)) runs.push(run);
  await pool.end();
  return runs;
}

it('takes what workers noted where the journal has not gone on since, and the arms of all plans', async () => {
  const address = await planned();
  await stored(openedStore(address), 'held');
  const database = databaseOf(address);
  await postgres().run(database, plan('one', 'plain', note(3)));
  expect(await listedIn(address)).toMatchObject([{ arms: ['plain'], summary: { scenario: 'reservoir' } }]);
  await postgres().run(database, plan('two', 'calm', note(11)));
  expect(await listedIn(address)).toMatchObject([
    { arms: ['calm', 'plain'], summary: { scenario: 'noted' } },
  ]);
});

it('lists a database without plans, and reports damaged runs without stopping', async () => {
  const address = await preparedDatabase(postgres());
  for (const name of ['hurt', 'well']) await stored(openedStore(address), name);
  await postgres().run(databaseOf(address), `delete from parley.events where debate = 'hurt' and number = 2`);
  const runs = await listedIn(address);
  expect(runs.map(({ run, arms, ok }) => [run, arms, ok]).sort()).toEqual([
    ['hurt', [], false],
    ['well', [], true],
  ]);
});

it('finds what was noted of very many by an index', async () => {
  const address = await planned();
  const database = databaseOf(address);
  const names = Array.from({ length: 3000 }, (_, index) => `debate-${index}`);
  await postgres().run(
    database,
    `insert into parley.debates (id, shard, events) select id, shard, 11 from unnest($1::text[], $2::text[]) as made(id, shard)`,
    [names, names.map(shardOf)],
  );
  await postgres().run(database, plan('one', 'plain', note(11)));
  // A sequential scan for each would be thousands; the indexes of the table were made by a few.
  expect(await listedIn(address)).toHaveLength(3000);
  const scans = `select seq_scan::int as scans from pg_stat_user_tables where relname = 'plan_debates'`;
  const [table] = await postgres().run(database, scans);
  expect(table?.['scans']).toBeLessThan(20);
});
