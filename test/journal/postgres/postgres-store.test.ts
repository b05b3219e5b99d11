import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openFileStore } from '../../../src/journal/file-store.ts';
import { openPostgresStore } from '../../../src/journal/postgres/postgres-store.ts';
import { shardOf } from '../../../src/journal/run-folder.ts';
import { postgresForFile } from '../../helpers/postgres.ts';
import { databaseOf } from '../../helpers/postgres-server.ts';
import {
  bodies,
  created,
  describeStore,
  eventsOf,
  namesIn,
  question,
  stored,
  tickingClock,
} from '../store-suite.ts';
import { temporaryFolder } from '../temporary-store.ts';
import { openedStore, preparedDatabase, testClock } from './open-stores.ts';

const postgres = postgresForFile();

let shared: Promise<string> | undefined;

describeStore('the Postgres store', async () => {
  shared ??= preparedDatabase(postgres());
  const connection = await shared;
  const clock = testClock();
  const store = openPostgresStore({ connection, clock });
  const again = openPostgresStore({ connection, clock });
  const cleanUp = async () => {
    await store.close();
    await again.close();
    await postgres().run(databaseOf(connection), 'truncate parley.debates, parley.kept_files cascade');
  };
  return { store, again, cleanUp };
});

it('stores the very lines that a journal of files has, except times', async () => {
  const address = await preparedDatabase(postgres());
  const directory = await temporaryFolder();
  await stored(openFileStore({ directory, clock: tickingClock() }), 'same');
  await stored(openedStore(address), 'same');
  const rows = await postgres().run(databaseOf(address), 'select line from parley.events order by number');
  const timeless = (text: string) => text.replace(/^(\{"v":1,"number":\d+,"at":)"[^"]+"/gm, '$1');
  const journal = await readFile(join(directory, 'same', 'journal.jsonl'), 'utf8');
  expect(timeless(rows.map(({ line }) => `${line}\n`).join(''))).toBe(timeless(journal));
});

it('asks once for files and names, however many debates a worker looks for and then makes', async () => {
  const pool = new pg.Pool({ connectionString: await preparedDatabase(postgres()) });
  onTestFinished(() => pool.end());
  const query = vi.spyOn(pool, 'query');
  const asked = (words: string) => query.mock.calls.filter(([text]) => String(text).includes(words)).length;
  const store = openPostgresStore({ connection: pool, clock: testClock() });
  for (const name of ['talks-one', 'talks-two', 'talks-three']) {
    expect(await store.read(name)).toMatchObject({ ok: false, failure: { reason: 'not-found' } });
    const made = await store.create(name, [{ path: 'strategies/plain.md', content: 'Argue.' }]);
    if (!made.ok) throw new Error(made.failure.message);
    await made.value.close();
  }
  expect(asked('from parley.kept_files where')).toBe(1);
  expect(asked('from parley.debates where (shard, id)')).toBe(1);
  expect(await store.read('talks-twa')).toMatchObject({
    failure: { message: expect.stringContaining('Did you mean talks-two?') },
  });
});

it('keeps a prompt file once, however many debates use it', async () => {
  const address = await preparedDatabase(postgres());
  const store = openedStore(address);
  for (const name of ['one', 'two', 'three']) {
    const made = await store.create(name, [
      { path: 'strategies/plain.md', content: 'Argue.' },
      { path: 'strategies/copy.md', content: 'Argue.' },
      { path: 'moderator/opening.md', content: `Open ${name}.` },
    ]);
    if (made.ok) await made.value.close();
  }
  const [kept] = await postgres().run(
    databaseOf(address),
    'select count(*)::int as files from parley.kept_files',
  );
  expect(kept).toEqual({ files: 4 });
  const read = await store.read('two');
  expect(read.ok && [...read.value.files.values()]).toEqual(['Open two.', 'Argue.', 'Argue.']);
});

it('keeps bytes that text columns refuse', async () => {
  const store = openedStore(await preparedDatabase(postgres()));
  const made = await store.create('odd', [{ path: 'odd.md', content: 'NUL \0 and half \ud83d a sign' }]);
  if (made.ok) await made.value.close();
  const read = await store.read('odd');
  expect(read.ok && read.value.files.get('odd.md')).toBe('NUL \0 and half \ufffd a sign');
});

it('lists debates in the order of a sharded folder, over any number of pages', async () => {
  const address = await preparedDatabase(postgres());
  const names = Array.from({ length: 2300 }, (_, index) => `debate-${index}`);
  const directory = await temporaryFolder();
  await postgres().run(
    databaseOf(address),
    'insert into parley.debates (id, shard, events) select id, shard, 0 from unnest($1::text[], $2::text[]) as made(id, shard)',
    [names, names.map(shardOf)],
  );
  const files = openFileStore({ directory, clock: tickingClock(), isSharded: true });
  for (const name of names.slice(0, 40)) await (await created(files, name)).close();
  const listed = await namesIn(openedStore(address));
  expect(listed).toHaveLength(2300);
  const few = new Set(names.slice(0, 40));
  expect(listed.filter((name) => few.has(name))).toEqual(await namesIn(files));
});

it('reads a debate of many events in order', async () => {
  const store = openedStore(await preparedDatabase(postgres()));
  const journal = await created(store, 'long');
  const events = await Promise.all(
    [bodies()[0]!, ...Array.from({ length: 450 }, (_, index) => question(`Question ${index}`))].map((body) =>
      journal.append(body),
    ),
  );
  await journal.close();
  expect(await eventsOf(store, 'long')).toEqual(events);
});

it('begins a fork with all of its history or not at all', async () => {
  const store = openedStore(await preparedDatabase(postgres()));
  const history = await stored(store, 'parent');
  const fork = await store.create('fork', [], history);
  if (!fork.ok) throw new Error(fork.failure.message);
  const event = await fork.value.append(question('Where to?'));
  await fork.value.close();
  expect(await eventsOf(store, 'fork')).toEqual([...history, event]);
  expect(event.number).toBe(history.length);
});

it('uses connections that somebody else opened, and leaves them open', async () => {
  const address = await preparedDatabase(postgres());
  const pool = new pg.Pool({ connectionString: address });
  const store = openPostgresStore({ connection: pool, clock: testClock() });
  await stored(store, 'shared');
  await store.close();
  expect((await pool.query('select id from parley.debates')).rows).toEqual([{ id: 'shared' }]);
  expect(store.place).toBe(`postgres://postgres@127.0.0.1:${postgres().port}/${databaseOf(address)}`);
  await pool.end();
});
