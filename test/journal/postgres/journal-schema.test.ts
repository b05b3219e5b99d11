import { expect, it } from 'vitest';
import { checkSchema, journalSchema, prepareSchema } from '../../../src/journal/postgres/journal-schema.ts';
import { systemClock as clock } from '../../../src/run/system-clock.ts';
import { postgresForFile } from '../../helpers/postgres.ts';
import { databaseOf } from '../../helpers/postgres-server.ts';
import { openedStore } from './open-stores.ts';

const postgres = postgresForFile();
const part = (...steps: string[]) => ({ clock, parts: [{ name: 'extra', steps }] });
const one = 'create table parley.extra (id integer)';
const two = 'alter table parley.extra add column name text';

it('makes what is missing, once', async () => {
  const address = await postgres().createDatabase();
  expect(await prepareSchema(address, { clock })).toEqual({
    ok: true,
    value: { steps: journalSchema.steps.length },
  });
  expect(await prepareSchema(address, { clock })).toEqual({ ok: true, value: { steps: 0 } });
  expect(await checkSchema(address, { clock })).toEqual({ ok: true, value: null });
});

it('lets many prepare at once', async () => {
  const address = await postgres().createDatabase();
  const prepared = await Promise.all(Array.from({ length: 8 }, () => prepareSchema(address, part(one, two))));
  const steps = prepared.map((outcome) => (outcome.ok ? outcome.value.steps : outcome.failure.message));
  expect(steps.sort()).toEqual([0, 0, 0, 0, 0, 0, 0, journalSchema.steps.length + 2]);
});

it('brings an older database up to date, and keeps what is in it', async () => {
  const address = await postgres().createDatabase();
  await prepareSchema(address, part(one));
  await postgres().run(databaseOf(address), 'insert into parley.extra values (7)');
  const before = await checkSchema(address, part(one, two));
  expect(before).toMatchObject({ ok: false, failure: { reason: 'refused' } });
  expect(!before.ok && before.failure.message).toMatch(/older version of parley\. Run parley migrate/);
  expect(await prepareSchema(address, part(one, two))).toEqual({ ok: true, value: { steps: 1 } });
  expect(await postgres().run(databaseOf(address), 'select * from parley.extra')).toEqual([
    { id: 7, name: null },
  ]);
});

it('does all steps or none', async () => {
  const address = await postgres().createDatabase();
  await expect(prepareSchema(address, part(one, 'create table nonsense ('))).rejects.toThrow(/syntax error/);
  const [found] = await postgres().run(databaseOf(address), `select to_regnamespace('parley') as schema`);
  expect(found).toEqual({ schema: null });
});

it('leaves a database alone that a newer parley has brought up to date', async () => {
  const address = await postgres().createDatabase();
  await prepareSchema(address, part(one, two));
  for (const look of [prepareSchema, checkSchema]) {
    const outcome = await look(address, part(one));
    expect(outcome).toMatchObject({ ok: false, failure: { reason: 'unsupported-version' } });
    expect(!outcome.ok && outcome.failure.message).toMatch(/newer version of parley.*Nothing was changed/);
  }
});

it('says what to do about a database without its tables, whatever is asked of it', async () => {
  const address = await postgres().createDatabase();
  const store = openedStore(address);
  const outcomes = [
    await checkSchema(address, { clock }),
    await store.create('new', []),
    await store.open('some'),
    await store.read('some'),
    (await store.events('some')[Symbol.asyncIterator]().next()).value,
  ];
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ ok: false, failure: { reason: 'refused' } });
    expect(!outcome.ok && outcome.failure.message).toMatch(/^postgres:\/\/postgres@127.*Run parley migrate/);
  }
  await expect(store.list()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ name: 'ServerError' });
});
