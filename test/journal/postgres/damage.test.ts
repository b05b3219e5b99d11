import { expect, it } from 'vitest';
import type { JournalStore } from '../../../src/journal/types.ts';
import { postgresForFile } from '../../helpers/postgres.ts';
import { databaseOf } from '../../helpers/postgres-server.ts';
import { namesIn, stored } from '../store-suite.ts';
import { openedStore, preparedDatabase } from './open-stores.ts';

const postgres = postgresForFile();

async function damagedBy(sql: string): Promise<JournalStore> {
  const address = await preparedDatabase(postgres());
  const store = openedStore(address);
  await stored(store, 'hurt');
  await postgres().run(databaseOf(address), sql);
  return store;
}

const change = (number: number, line: string) =>
  `update parley.events set line = ${line} where number = ${number}`;

it.each([
  ['a row in the middle is gone', 'delete from parley.events where number = 3', 3, 'is missing'],
  ['the last row is gone', 'delete from parley.events where number = 10', 10, 'is missing'],
  ['all rows are gone', 'delete from parley.events', 0, 'is missing'],
  [
    'a row is there that nobody counted',
    `insert into parley.events select debate, 11, replace(line, '"number":10', '"number":11') from parley.events where number = 10`,
    11,
    'one more than the debate has',
  ],
  ['a line is cut short', change(4, 'left(line, 40)'), 4, 'bad JSON'],
  ['a line is empty', change(4, `''`), 4, 'an empty line'],
  [
    'a line has another number',
    change(5, `replace(line, '"number":5', '"number":6')`),
    5,
    'event 6 where event 5',
  ],
  ['a line has a key too many', change(2, `replace(line, '{"v":1,', '{"v":1,"x":1,')`), 2, 'not an event'],
])('tells which event is damaged when %s, and gives nothing after it', async (_, sql, number, what) => {
  const store = await damagedBy(sql);
  const read = await store.read('hurt');
  expect(read).toMatchObject({ ok: false, failure: { reason: 'damaged' } });
  expect(!read.ok && read.failure.message).toMatch(`Event ${number} of hurt in postgres://`);
  expect(!read.ok && read.failure.message).toContain(what);
  const remedy = number === 0 ? 'No event before it' : `parley repair ${store.place}/hurt`;
  expect(!read.ok && read.failure.message).toContain(remedy);
  const streamed = [];
  for await (const event of store.events('hurt'))
    streamed.push(event.ok ? event.value.number : event.failure.reason);
  expect(streamed).toEqual([...Array.from({ length: number }, (_, index) => index), 'damaged']);
  expect(await store.open('hurt')).toMatchObject({ ok: false, failure: { reason: 'damaged' } });
});

it('gives the lease back when a debate is too damaged to be opened', async () => {
  const store = await damagedBy('delete from parley.events where number = 3');
  for (let attempt = 0; attempt < 2; attempt++) {
    expect(await store.open('hurt')).toMatchObject({ failure: { reason: 'damaged' } });
  }
});

it('refuses events of a format it does not know', async () => {
  const store = await damagedBy(change(0, `replace(line, '{"v":1,', '{"v":99,')`));
  const read = await store.read('hurt');
  expect(read).toMatchObject({ ok: false, failure: { reason: 'unsupported-version' } });
  expect(!read.ok && read.failure.message).toContain('event format 99');
});

it('tells of a prompt file that is not the one that was stored', async () => {
  const address = await preparedDatabase(postgres());
  const store = openedStore(address);
  const made = await store.create('kept', [{ path: 'strategies/plain.md', content: 'Argue.' }]);
  if (made.ok) await made.value.close();
  await postgres().run(databaseOf(address), `update parley.kept_files set content = 'Agree.'`);
  const read = await openedStore(address).read('kept');
  expect(read).toMatchObject({ ok: false, failure: { reason: 'damaged' } });
  expect(!read.ok && read.failure.message).toContain('The prompt file strategies/plain.md of kept');
});

it('reads and lists other debates as if nothing were wrong', async () => {
  const store = await damagedBy('delete from parley.events where number = 3');
  const events = await stored(store, 'well');
  const read = await store.read('well');
  expect(read.ok && read.value.events).toEqual(events);
  expect((await namesIn(store)).sort()).toEqual(['hurt', 'well']);
});
