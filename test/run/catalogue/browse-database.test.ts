import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { planSchema } from '../../../src/batch/workers/plan-tables.ts';
import type { DebateEvent } from '../../../src/debate/events.ts';
import { prepareSchema } from '../../../src/journal/postgres/journal-schema.ts';
import { browseDatabase } from '../../../src/run/catalogue/browse-database.ts';
import { systemClock } from '../../../src/run/system-clock.ts';
import { debateEvents } from '../../helpers/debate-events.ts';
import { postgresForFile } from '../../helpers/postgres.ts';

const postgres = postgresForFile();

test('runs of a database are seen with their time, their plan and who writes them, and grow while they are looked at', async () => {
  const address = await postgres().createDatabase();
  expect((await prepareSchema(address, { clock: systemClock, parts: [planSchema] })).ok).toBe(true);
  const pool = new pg.Pool({ connectionString: address });
  onTestFinished(() => pool.end());
  const events = debateEvents({ rounds: 2 });
  const add = (id: string, from: number, given: readonly DebateEvent[]) =>
    Promise.all(
      given.map((event, at) =>
        pool.query('insert into parley.events values ($1, $2, $3)', [id, from + at, JSON.stringify(event)]),
      ),
    );
  const make = async (id: string, given: readonly DebateEvent[], lease: string) => {
    await pool.query(
      `insert into parley.debates (id, shard, events, lease_until) values ($1, '00', $2, now() + $3::interval)`,
      [id, given.length, lease],
    );
    await add(id, 0, given);
  };
  await make('whole', events, '-1 hour');
  await make('half', events.slice(0, 6), '1 hour');
  await make('none', [], '1 hour');
  await pool.query(
    `insert into parley.plans (plan, file, design) values ('p', 'p.yaml', '{"title":"Mine"}')`,
  );
  await pool.query(`insert into parley.prompt_sets values ('set', '[]')`);
  await pool.query(
    `insert into parley.plan_debates (plan, debate, place, arm, cell, article, seed, prompts, state)
     values ('p', 'half', 1, 'plain', 'c', 'a', 1, 'set', 'held'), ('p', 'later', 2, 'other', 'c', 'a', 2, 'set', 'waiting')`,
  );
  const browser = browseDatabase(address);
  onTestFinished(() => browser.close());
  const { signal } = new AbortController();
  const seen = async () => {
    await browser.look(signal, () => {});
    return Object.fromEntries(browser.runs.map((run) => [run.run, run]));
  };
  const first = await seen();
  expect(first).toMatchObject({
    whole: { state: 'read', isLive: false, batch: null, writtenAt: Date.parse(events.at(-1)?.at ?? '') },
    half: { state: 'read', isLive: true, batch: 'p', writtenAt: Date.parse(events[5]?.at ?? '') },
    none: { state: 'empty', isLive: true, summary: null },
  });
  expect(first['whole']?.summary).toMatchObject({ ending: 'round-limit', rounds: 2 });
  expect(browser.batches).toEqual([
    {
      ...{ id: 'p', title: 'Mine', planned: 2, isLive: true },
      arms: new Map([
        ['half', 'plain'],
        ['later', 'other'],
      ]),
    },
  ]);
  await add('half', 6, events.slice(6));
  await pool.query(`update parley.debates set events = $1, lease_until = null where id = 'half'`, [
    events.length,
  ]);
  await pool.query(`delete from parley.debates where id = 'none'`);
  const second = await seen();
  expect(Object.keys(second).sort()).toEqual(['half', 'whole']);
  expect(second['half']).toMatchObject({ isLive: false, summary: { ending: 'round-limit' } });
});

test('a database that cannot be reached says so at each look', async () => {
  const browser = browseDatabase('postgres://nobody@127.0.0.1:1/none');
  onTestFinished(() => browser.close());
  await expect(browser.look(new AbortController().signal, () => {})).rejects.toThrow(/127\.0\.0\.1:1/u);
});
