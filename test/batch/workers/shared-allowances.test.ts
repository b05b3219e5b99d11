import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Pool } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSharedBudget } from '../../../src/batch/workers/call-gates.ts';
import { createPersistence } from '../../../src/batch/workers/persistence.ts';
import { planSchema } from '../../../src/batch/workers/plan-tables.ts';
import type { DebateQueue } from '../../../src/batch/workers/queue.ts';
import { createSharedLimit, windowOf } from '../../../src/batch/workers/shared-limits.ts';
import { createWorkerRegistry } from '../../../src/batch/workers/worker-registry.ts';
import { prepareSchema } from '../../../src/journal/postgres/journal-schema.ts';
import { systemClock } from '../../../src/run/system-clock.ts';
import { postgresForFile } from '../../helpers/postgres.ts';

const postgres = postgresForFile();
const persistence = createPersistence(systemClock, () => {});

/** The connections of one worker, as far as budgets and limits go. */
async function workersOf(count: number, budget: { usd?: number; tokens?: number }): Promise<Pool[]> {
  const address = await postgres().createDatabase();
  const pools = Array.from({ length: count }, () => new Pool({ connectionString: address, max: 4 }));
  onTestFinished(async () => {
    await Promise.all(pools.map((pool) => pool.end()));
  });
  const [pool] = pools as [Pool];
  expect((await prepareSchema(pool, { clock: systemClock, parts: [planSchema] })).ok).toBe(true);
  await pool.query(
    `insert into parley.plans (plan, file, design, budget_usd, budget_tokens) values ('p', 'p.yaml', '{}', $1, $2)`,
    [budget.usd ?? null, budget.tokens ?? null],
  );
  return pools;
}

function budgetOf(pool: Pool, worker = randomUUID()) {
  let usedUp = 0;
  const budget = createSharedBudget({
    ...{ pool, plan: 'p', worker, clock: systemClock, persistence },
    onUsedUp: () => {
      usedUp += 1;
    },
  });
  return { budget, usedUp: () => usedUp };
}

async function accounts(pool: Pool) {
  const { rows } = await pool.query(
    `select used_usd::float8 as usd, used_tokens::float8 as tokens, reserved_usd::float8 as "reservedUsd",
       reserved_tokens::float8 as "reservedTokens", lost_tokens::float8 as lost from parley.plans`,
  );
  return rows[0];
}

describe('a budget that workers share', () => {
  test.each([
    ['dollars', { usd: 1 }, { usd: 0.1, tokens: 5 }, 10],
    ['tokens', { tokens: 100 }, { usd: 0.1, tokens: 5 }, 20],
  ] as const)(
    'is spent to the end and no further in %s, with any number asking at once',
    async (_unit, limit, used, calls) => {
      const pools = await workersOf(2, limit);
      let made = 0;
      const spend = async (pool: Pool) => {
        const { budget, usedUp } = budgetOf(pool);
        await Promise.all(
          Array.from({ length: 4 }, async () => {
            for (let call = await budget.reserve(used); call !== null; call = await budget.reserve(used)) {
              made += 1;
              await budget.settle(call, used);
            }
          }),
        );
        expect(usedUp()).toBe(4);
      };
      await Promise.all(pools.map(spend));
      expect(made).toBe(calls);
      expect(await accounts(pools[0] as Pool)).toMatchObject({ reservedUsd: 0, reservedTokens: 0, lost: 0 });
    },
  );

  test('waits while all that is left is set aside, and gives back what a call did not use', async () => {
    const [pool] = (await workersOf(1, { tokens: 10 })) as [Pool];
    const { budget } = budgetOf(pool);
    const first = await budget.reserve({ usd: null, tokens: 10 });
    let second: string | null | undefined;
    const waiting = budget.reserve({ usd: null, tokens: 10 }).then((call) => {
      second = call;
    });
    await systemClock.sleep(300);
    expect(second).toBeUndefined();
    await budget.settle(first as string, null);
    await waiting;
    expect(second).toEqual(expect.any(String));
    const gaveUp = new AbortController();
    const third = budget.reserve({ usd: null, tokens: 1 }, gaveUp.signal);
    gaveUp.abort();
    expect(await third).toBeNull();
  });

  test('counts what a worker that ended had set aside as spent, once', async () => {
    const [pool] = (await workersOf(1, { tokens: 100 })) as [Pool];
    const gone = { worker: randomUUID(), name: 'gone:1', leaseMs: 1 };
    const queue = {} as DebateQueue;
    await createWorkerRegistry({ ...gone, pool, queue }).register();
    const { budget } = budgetOf(pool, gone.worker);
    const call = await budget.reserve({ usd: null, tokens: 30 });
    await systemClock.sleep(20);
    const crew = createWorkerRegistry({ pool, queue, worker: randomUUID(), name: 'here:2', leaseMs: 60_000 });
    await crew.freeLost();
    await crew.freeLost();
    // It wakes up and settles after all: its call is accounted for already.
    await budget.settle(call as string, { usd: null, tokens: 25 });
    expect(await accounts(pool)).toMatchObject({ tokens: 30, lost: 30, reservedTokens: 0 });
  });
});

test('a debate whose worker ended counts with the dollars of its journal before anybody goes on with it', async () => {
  const [pool] = (await workersOf(1, {})) as [Pool];
  const gone = randomUUID();
  const freed: unknown[] = [];
  const queue = { free: async (...all: unknown[]) => freed.push(all[0]) } as unknown as DebateQueue;
  await createWorkerRegistry({ pool, queue, worker: gone, name: 'gone:1', leaseMs: 1 }).register();
  await pool.query(`insert into parley.prompt_sets values ('s', '{}')`);
  await pool.query(
    `insert into parley.plan_debates (plan, debate, place, arm, cell, article, seed, prompts, state, worker, job, attempt, usd)
     values ('p', 'd', 0, 'a', 'c', 'x', 1, 's', 'held', $1, $2, 1, 0.01)`,
    [gone, randomUUID()],
  );
  await pool.query(`insert into parley.debates (id, shard, events) values ('d', 'd', 3)`);
  const lines = [{ costUsd: 0.02 }, { calls: [{ costUsd: 0.03 }, { costUsd: null }] }, { costUsd: 0.04 }];
  for (const [number, line] of lines.entries())
    await pool.query(`insert into parley.events values ('d', $1, $2)`, [number, JSON.stringify(line)]);
  await systemClock.sleep(20);
  await createWorkerRegistry({
    pool,
    queue,
    worker: randomUUID(),
    name: 'here:2',
    leaseMs: 60_000,
  }).freeLost();
  expect(freed).toEqual(['p']);
  const { rows } = await pool.query('select state, usd::float8 as usd from parley.plan_debates');
  expect(rows).toEqual([{ state: 'waiting', usd: 0.09 }]);
});

describe('limits a minute that workers share', () => {
  test('let no more tokens through than the limit, a call larger than a window included', async () => {
    const pools = await workersOf(2, {});
    const perMinute = 60_000;
    const { points, seconds } = windowOf(perMinute);
    const limits = pools.map((pool) =>
      createSharedLimit({
        ...{ pool, clock: systemClock, persistence, keyHash: 'key' },
        requestsPerMinute: null,
        tokensPerMinute: perMinute,
      }),
    );
    const began = performance.now();
    const calls = limits.flatMap((limit) => [limit.admission(points * 1.5), limit.admission(points / 2)]);
    expect(await Promise.all(calls)).toEqual([true, true, true, true]);
    // Four windows' worth: the first is had at once, the last begins after three.
    expect((performance.now() - began) / 1000).toBeGreaterThanOrEqual(3 * seconds);
  });

  test('settle what an estimate was off by with the next call', async () => {
    const [pool] = (await workersOf(1, {})) as [Pool];
    const limit = createSharedLimit({
      ...{ pool, clock: systemClock, persistence, keyHash: 'key' },
      requestsPerMinute: null,
      tokensPerMinute: 600_000,
    });
    const taken = async () => {
      const { rows } = await pool.query(`select points from parley.rate_limits where key = 'key:tokens'`);
      return rows[0]?.points;
    };
    await limit.admission(100);
    limit.settle(100, 40);
    await limit.admission(50);
    expect(await taken()).toBe(100);
    limit.settle(50, 90);
    await limit.admission(1);
    expect(await taken()).toBeGreaterThanOrEqual(31);
  });

  test('have windows that keep any rate: whole milliseconds, and no minute sees more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50_000_000 }), (perMinute) => {
        const { points, seconds } = windowOf(perMinute);
        expect(Number.isInteger(seconds * 1000)).toBe(true);
        const windowsOfAMinute = points === 1 ? Math.ceil(60 / seconds) : Math.floor(60 / seconds) + 1;
        expect(points * windowsOfAMinute).toBeLessThanOrEqual(perMinute);
        if (perMinute >= 90) expect((points * 60) / seconds).toBeGreaterThan(0.96 * perMinute);
      }),
    );
  });
});
