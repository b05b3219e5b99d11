import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { repairRows } from '../../../src/journal/postgres/repair-rows.ts';
import { postgresForFile } from '../../helpers/postgres.ts';
import { databaseOf } from '../../helpers/postgres-server.ts';
import { bodies, created, namesIn, opened, question } from '../store-suite.ts';
import { openedStore, preparedDatabase, testClock } from './open-stores.ts';

const postgres = postgresForFile();

/** A run with a prompt file, and what happened to its rows. */
async function runAfter(sql: string) {
  const address = await preparedDatabase(postgres());
  const database = databaseOf(address);
  const store = openedStore(address);
  const made = await store.create('run', [{ path: 'strategies/plain.md', content: 'Argue.' }]);
  if (!made.ok) throw new Error(made.failure.message);
  const events = [];
  for (const body of bodies()) events.push(await made.value.append(body));
  await made.value.close();
  await postgres().run(database, sql);
  const connection = new pg.Pool({ connectionString: address });
  onTestFinished(() => connection.end());
  const repair = (copy: string, run = 'run') => repairRows({ connection, clock: testClock(), run, copy });
  const rows = () =>
    postgres().run(database, `select number, line from parley.events where debate = 'run' order by number`);
  return { store, events, repair, rows };
}

const change = (number: number, line: string) =>
  `update parley.events set line = ${line} where number = ${number}`;

it.each([
  ['is gone', 'delete from parley.events where number = 3', 3],
  ['is no event any more', change(4, 'left(line, 40)'), 4],
  ['has another number', change(5, `replace(line, '"number":5', '"number":6')`), 5],
  ['is gone from the end', 'delete from parley.events where number = 10', 10],
  [
    'is one too many',
    `insert into parley.events select debate, 11, replace(line, '"number":10', '"number":11') from parley.events where number = 10`,
    11,
  ],
  [
    'is an event that does not follow',
    change(4, `(select replace(line, '"number":0', '"number":4') from parley.events where number = 0)`),
    4,
  ],
])(
  'saves the events before one that %s, with the prompt files, to a run that can be resumed',
  async (_, sql, damaged) => {
    const { store, events, repair, rows } = await runAfter(sql);
    const before = await rows();
    expect(await repair('saved')).toEqual({ ok: true, value: { events: damaged, damagedEvent: damaged } });
    const read = await store.read('saved');
    expect(read.ok && read.value.events).toEqual(events.slice(0, damaged));
    expect(read.ok && [...read.value.files]).toEqual([['strategies/plain.md', 'Argue.']]);
    const journal = await opened(store, 'saved');
    expect((await journal.append(question('Go on?'))).number).toBe(damaged);
    await journal.close();
    expect(await rows()).toEqual(before);
  },
);

it('copies a whole run whole, and says so', async () => {
  const { events, repair } = await runAfter('select 1');
  expect(await repair('twin')).toEqual({ ok: true, value: { events: events.length, damagedEvent: null } });
});

it('overwrites no run and makes none where nothing can be saved', async () => {
  const { store, repair } = await runAfter('delete from parley.events where number = 0');
  await (await created(store, 'other')).close();
  expect(await repair('other')).toMatchObject({ ok: false, failure: { reason: 'exists' } });
  expect(await repair('../out')).toMatchObject({ ok: false, failure: { reason: 'bad-name' } });
  const nothing = await repair('saved');
  expect(nothing).toMatchObject({ ok: false, failure: { reason: 'damaged' } });
  expect(!nothing.ok && nothing.failure.message).toMatch(
    /Event 0 of run in postgres:.* is missing.*No event before it could be saved/,
  );
  expect(await repair('saved', 'ruin')).toMatchObject({ ok: false, failure: { reason: 'not-found' } });
  expect((await namesIn(store)).sort()).toEqual(['other', 'run']);
});

it('makes no copy without its prompt files, and tells which one is not as it was stored', async () => {
  const { store, repair } = await runAfter(`update parley.kept_files set content = 'Agree.'`);
  const refused = await repair('saved');
  expect(refused).toMatchObject({ ok: false, failure: { reason: 'damaged' } });
  expect(!refused.ok && refused.failure.message).toMatch(/The prompt file strategies\/plain\.md of run/);
  expect(await namesIn(store)).toEqual(['run']);
});

it('leaves events of a newer format to a newer parley', async () => {
  const { repair } = await runAfter(change(5, `replace(line, '{"v":1,', '{"v":99,')`));
  expect(await repair('saved')).toMatchObject({ ok: false, failure: { reason: 'unsupported-version' } });
});
