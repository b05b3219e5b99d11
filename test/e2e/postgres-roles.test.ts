import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { expect, test } from 'vitest';
import { postgresForFile } from '../helpers/postgres.ts';
import { databaseOf } from '../helpers/postgres-server.ts';
import { startProviderServer } from '../helpers/provider-server.ts';
import { debating } from '../run/debates.ts';
import { parley, startParley, temporaryFolder } from './parley.ts';

const postgres = postgresForFile();

/** The grants that docs/batches.md lists. */
async function grants(): Promise<string> {
  const [, sql] = /```sql\n([\s\S]*?)```/.exec(await readFile('docs/batches.md', 'utf8')) ?? [];
  if (sql === undefined) throw new Error('docs/batches.md has no SQL');
  return sql;
}

let areRolesMade = false;

/** Grants in a database what docs/batches.md lists; roles are a server's, and made once. */
async function addressesOfRoles(database: string): Promise<{ worker: string; reader: string }> {
  const sql = await grants();
  await postgres().run(database, areRolesMade ? sql.replace(/^create role .*$/gm, '') : sql);
  areRolesMade = true;
  const addressOf = async (user: string) => {
    await postgres().run(database, `alter role ${user} password 'hush'`);
    return postgres().addressOf(database, { user, password: 'hush' });
  };
  return { worker: await addressOf('parley_worker'), reader: await addressOf('parley_reader') };
}

/** What a role is told when it tries something; empty where it may. */
async function refusal(address: string, sql: string): Promise<string> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    await client.query(`begin; ${sql}; rollback`);
    return '';
  } catch (error) {
    return (error as Error).message;
  } finally {
    await client.end();
  }
}

/** Journals below a folder by the names of their runs, without what differs from one day to another. */
async function timelessJournals(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const journals = entries.filter(({ name }) => name === 'journal.jsonl');
  const read = journals.map(async ({ parentPath }) => {
    const text = await readFile(join(parentPath, 'journal.jsonl'), 'utf8');
    const timeless = text
      .replace(/^(\{"v":1,"number":\d+,"at":)"[^"]+"/gm, '$1')
      .replace(/"timing":\{"firstTokenMs":[\d.]+,"totalMs":[\d.]+/g, '"timing":{');
    return [basename(parentPath), timeless];
  });
  return Object.fromEntries(await Promise.all(read));
}

test('with the roles of the documents a worker holds debates, a reader reads them, and neither can do more', async () => {
  const cwd = await temporaryFolder();
  await cp(resolve('examples'), cwd, { recursive: true });
  const plan = await readFile('examples/steelman.yaml', 'utf8');
  await writeFile(join(cwd, 'plan.yaml'), plan.replace('rounds: 4', 'rounds: 1'));
  const owner = await postgres().createDatabase();
  const database = databaseOf(owner);
  const submitted = await parley(['batch', 'plan.yaml', '--on', owner, '--yes', '--rpm', '100000'], { cwd });
  expect(submitted.code).toBe(0);
  const { worker, reader } = await addressesOfRoles(database);

  const worked = await parley(['worker', worker, '--until-empty'], { cwd });
  expect(worked.stderr).not.toMatch(/permission|denied|lacks a right/);
  expect(worked.code).toBe(0);
  const status = await parley(['status', reader, '--json'], { cwd });
  expect(JSON.parse(status.stdout)).toMatchObject({ plans: [{ counts: { planned: 14, done: 14 } }] });
  const listed = await parley(['ls', '--arm', 'steelman', '--transcripts', reader], { cwd });
  expect(listed.stdout.trimEnd().split('\n')).toHaveLength(7);
  expect(listed.stdout).toContain('(steelman)');
  expect((await parley(['pull', reader, '--transcripts', 'pulled'], { cwd })).stdout).toContain('14 copied');

  const locally = await parley(['batch', 'plan.yaml', '--yes', '--transcripts', 'held'], { cwd });
  expect(locally.code).toBe(0);
  const ofFiles = await timelessJournals(join(cwd, 'held'));
  expect(Object.keys(ofFiles)).toHaveLength(14);
  expect(await timelessJournals(join(cwd, 'pulled'))).toEqual(ofFiles);

  const change = `update parley.events set line = ''`;
  const add = `insert into parley.kept_files values ('x', '')`;
  for (const sql of [
    'drop table parley.events',
    'truncate parley.events',
    'delete from parley.events',
    change,
  ]) {
    expect(await refusal(worker, sql)).toMatch(/permission denied|must be owner/);
    expect(await refusal(reader, sql)).toMatch(/permission denied|must be owner/);
  }
  for (const sql of [
    'create table parley.mine (id int)',
    'drop schema parley cascade',
    'create schema mine',
  ]) {
    expect(await refusal(worker, sql)).toMatch(/permission denied|must be owner/);
  }
  expect(await refusal(reader, add)).toMatch(/permission denied/);
  expect(await refusal(worker, add)).toBe('');
}, 180_000);

test.runIf(process.env['PARLEY_TEST_LONG'])(
  'with its role a worker keeps budgets and limits and takes over from a killed one, and can change nothing of a plan',
  async () => {
    const cwd = await temporaryFolder();
    const server = await startProviderServer({
      answer: (request) => ({ text: debating(request), headersAfterMs: 50 }),
    });
    const owner = await postgres().createDatabase();
    const database = databaseOf(owner);
    const over = ['--model', 'openai:scripted', '--base-url', server.baseUrl, '--price', '1,2', '--yes'];
    const limits = ['--budget', '1000', '--rpm', '60000', '--tpm', '60000000'];
    const plan = ['us-dprk-talks', '--count', '2'];
    expect((await parley(['batch', ...plan, '--on', owner, ...over, ...limits], { cwd })).code).toBe(0);
    const { worker } = await addressesOfRoles(database);
    const start = () =>
      startParley(['worker', worker, '--until-empty', '--lease', '1', '--base-url', server.baseUrl], {
        cwd,
        env: { OPENAI_API_KEY: 'sk-test' },
      });
    const killed = start();
    while (server.requests.length < 6 && killed.process.exitCode === null) await wait(5);
    killed.process.kill('SIGKILL');
    expect(await killed.finished).toMatchObject({ signal: 'SIGKILL' });
    const other = await start().finished;
    expect(other.stderr).not.toMatch(/permission|denied|lacks a right/);
    expect(other.code).toBe(0);
    const status = JSON.parse((await parley(['status', owner, '--json'], { cwd })).stdout);
    expect(status).toMatchObject({ plans: [{ counts: { done: 2 } }], workers: [] });
    expect(status.plans[0].lost.tokens).toBeGreaterThan(0);
    expect(await postgres().run(database, 'select key from parley.rate_limits')).toHaveLength(2);

    // Every right on every table and column that is more than to look, asked of the server itself.
    const rights = await postgres().run(
      database,
      `select t.table_name || ': ' || string_agg(right_, ', ' order by right_) as granted
     from information_schema.tables t, lateral (
       select lower(kind) as right_ from unnest(array['INSERT', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) kind
       where has_table_privilege('parley_worker', format('parley.%I', t.table_name), kind)
       union all
       select column_name from information_schema.columns c
       where c.table_schema = 'parley' and c.table_name = t.table_name
         and has_column_privilege('parley_worker', format('parley.%I', t.table_name), column_name, 'UPDATE')) r
     where t.table_schema = 'parley' group by t.table_name order by 1`,
    );
    expect(rights.map(({ granted }) => granted)).toEqual([
      'debate_files: insert',
      'debates: events, held_since, holder, insert, lease_token, lease_until',
      'events: insert',
      'kept_files: insert',
      'plan_debates: attempt, job, progress, state, summary, tokens, tries, unpriced_calls, usd, why, worker',
      'plans: lost_tokens, lost_usd, reserved_tokens, reserved_usd, used_tokens, used_usd',
      'rate_limits: expire, insert, points',
      'reservations: delete, insert',
      'workers: delete, insert, seen_at',
    ]);
    for (const sql of [
      `update parley.plans set design = '{}'`,
      'update parley.plans set budget_usd = 1000000',
      'update parley.plans set used_usd = 0, price = null',
      'update parley.plan_debates set seed = 1',
      'delete from parley.plan_debates',
      `insert into parley.provider_limits values ('openai', 1000000, null)`,
      `update parley.prompt_files set content = ''`,
      'alter table parley.plans drop column budget_usd',
      'drop table parley.plans cascade',
      'alter table parley_queue.job add column mine text',
      'create table parley_queue.mine (id int)',
    ]) {
      expect(await refusal(worker, sql), sql).toMatch(/permission denied|must be owner/);
    }
    expect(await refusal(worker, 'update parley.plans set used_usd = used_usd + 1')).toBe('');
  },
  120_000,
);
