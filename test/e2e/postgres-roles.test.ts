import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { postgresForFile } from '../helpers/postgres.ts';
import { databaseOf } from '../helpers/postgres-server.ts';
import { parley, temporaryFolder } from './parley.ts';

const postgres = postgresForFile();

/** The grants as the README tells them. */
async function grants(): Promise<string> {
  const [, sql] = /```sql\n([\s\S]*?)```/.exec(await readFile('README.md', 'utf8')) ?? [];
  if (sql === undefined) throw new Error('the README has no SQL');
  return sql;
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

test('with the roles of the README a worker holds debates, a reader reads them, and neither can do more', async () => {
  const cwd = await temporaryFolder();
  await cp(resolve('examples'), cwd, { recursive: true });
  const plan = await readFile('examples/steelman.yaml', 'utf8');
  await writeFile(join(cwd, 'plan.yaml'), plan.replace('rounds: 4', 'rounds: 1'));
  const owner = await postgres().createDatabase();
  const database = databaseOf(owner);
  const submitted = await parley(['batch', 'plan.yaml', '--on', owner, '--yes', '--rpm', '100000'], { cwd });
  expect(submitted.code).toBe(0);
  await postgres().run(database, await grants());
  const [worker, reader] = ['worker', 'reader'].map((name) =>
    postgres().addressOf(database, { user: `parley_${name}`, password: 'hush' }),
  ) as [string, string];
  for (const name of ['worker', 'reader']) {
    await postgres().run(database, `alter role parley_${name} password 'hush'`);
  }

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
