import pg from 'pg';
import { expect, it } from 'vitest';
import { readStatus } from '../../../src/batch/workers/plan-status.ts';
import { planSchema } from '../../../src/batch/workers/plan-tables.ts';
import { readNeeds } from '../../../src/batch/workers/shared-funding.ts';
import { seededRandom } from '../../../src/debate/seeded-random.ts';
import { prepareSchema } from '../../../src/journal/postgres/journal-schema.ts';
import { systemClock } from '../../../src/run/system-clock.ts';
import { postgresForFile } from '../../helpers/postgres.ts';

const postgres = postgresForFile();

/** Needs and counts of a plan, counted anew from every row. */
const anew = `
  with d as (select * from parley.plan_debates where plan = 'one'),
  s as (select coalesce(max(usd / nullif(expected_usd, 0)) filter (where state = 'done'), 3) as scale from d)
  select count(*)::int as planned,
    count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'done')::int as done,
    count(*) filter (where state = 'set-aside')::int as "setAside", count(*) filter (where state = 'held')::int as "underWay",
    sum(d.usd)::float8 as usd, sum(unpriced_calls)::int as unpriced,
    (sum(d.usd) filter (where state <> 'held'))::float8 as used,
    (min(coalesce(expected_usd, 0) * s.scale) filter (where state = 'waiting' and progress = 0 and d.usd = 0))::float8 as fresh,
    (min(greatest(coalesce(expected_usd, 0) * s.scale - d.usd, 0))
      filter (where state = 'waiting' and (progress > 0 or d.usd <> 0)))::float8 as back,
    coalesce(sum(greatest(coalesce(expected_usd, 0) * s.scale - d.usd, 0))
      filter (where state = 'waiting' and (progress > 0 or d.usd <> 0)), 0)::float8 as returned
  from d, s`;

it('keeps the counts of a plan as its debates are planned, begun, given back, finished and taken away', async () => {
  const address = await postgres().createDatabase();
  const prepared = await prepareSchema(address, { clock: systemClock, parts: [planSchema] });
  expect(prepared.ok).toBe(true);
  const pool = new pg.Pool({ connectionString: address });
  const random = seededRandom(11);
  const some = () => Math.floor(random() * 200);
  try {
    await pool.query(
      `insert into parley.plans (plan, file, design, budget_usd) values ('one', 'one.yaml', '{"arms":[]}', 50), ('two', 'two.yaml', '{"arms":[]}', null);
       insert into parley.prompt_sets values ('set', '[]')`,
    );
    await pool.query(
      `insert into parley.plan_debates (plan, debate, place, arm, cell, article, seed, prompts, expected_usd)
       select plan, 'd' || place, place, 'a', 'c', 'x', place, 'set', case when place % 7 = 0 then null else (1 + place % 5) / 10.0 end
       from generate_series(1, 200) place, unnest(array['one', 'two']) plan`,
    );
    const changes = [
      () => `state = 'held', tries = tries + 1 where state = 'waiting' and place > ${some()}`,
      () => `usd = usd + ${some()} / 900.0, unpriced_calls = unpriced_calls + 1 where state = 'held'`,
      () =>
        `state = 'waiting', progress = greatest(progress, 1), why = 'lost' where state = 'held' and place < ${some()} / 2`,
      () => `state = 'done', usd = usd + 0.01 where state = 'held' and place % 3 = 0`,
      () => `state = 'set-aside' where state = 'held' and place % 11 = 0`,
      () => `state = 'waiting', tries = 0 where state = 'set-aside' and place < 60`,
    ];
    for (let round = 0; round < 3; round++) {
      for (const change of changes) {
        await pool.query(`update parley.plan_debates set ${change()}`);
        const [row] = (await pool.query(anew)).rows;
        const { usd: need, underWay } = (await readNeeds(pool)).get('one') ?? {};
        const [plan] = (await readStatus(pool)).plans;
        expect(plan?.counts).toMatchObject({
          ...{ planned: row.planned, done: row.done, setAside: row.setAside, waiting: row.waiting },
          underWay: row.underWay,
        });
        expect([underWay, plan?.unpricedCalls]).toEqual([row.underWay, row.unpriced]);
        expect(plan?.usd).toBeCloseTo(row.usd, 9);
        expect(need?.used).toBeCloseTo(row.used, 9);
        expect([need?.leastFresh, need?.leastReturned]).toEqual([row.fresh, row.back]);
        expect(need?.returned).toBeCloseTo(row.returned, 9);
      }
    }
    await pool.query(`delete from parley.plan_debates where plan = 'one' and place > 100`);
    const [row] = (await pool.query(anew)).rows;
    expect((await readStatus(pool)).plans[0]?.counts).toMatchObject({ planned: 100, done: row.done });
  } finally {
    await pool.end();
  }
});
