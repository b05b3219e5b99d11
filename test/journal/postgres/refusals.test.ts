import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { checkSchema, prepareSchema } from '../../../src/journal/postgres/journal-schema.ts';
import { systemClock as clock } from '../../../src/run/system-clock.ts';
import { postgresForFile } from '../../helpers/postgres.ts';
import { databaseOf } from '../../helpers/postgres-server.ts';
import { created, stored } from '../store-suite.ts';
import { openedStore, preparedDatabase } from './open-stores.ts';

const tls = join(import.meta.dirname, '../../fixtures/tls');
const certificate = join(tls, 'certificate.pem');
const postgres = postgresForFile({
  tls: { cert: readFileSync(certificate, 'utf8'), key: readFileSync(join(tls, 'key.pem'), 'utf8') },
});

let warnings: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  warnings = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
});
afterEach(() => {
  expect(warnings).not.toHaveBeenCalled();
  warnings.mockRestore();
});

/** What is said of an address; every message is one line, and no password is in it. */
async function said(address: string): Promise<string> {
  const outcome = await checkSchema(address, { clock });
  if (outcome.ok) return 'ready';
  const { reason, message } = outcome.failure;
  expect(message).not.toMatch(/\n|hush/);
  expect(message).not.toContain(postgres().password);
  return `${reason}: ${message}`;
}

it('says that nothing listens at a port', async () => {
  expect(await said('postgres://me:hush@127.0.0.1:9/debates')).toBe(
    'unreachable: postgres://me@127.0.0.1:9/debates cannot be reached: nothing listens there (ECONNREFUSED). Check host and port, and that the server runs.',
  );
});

it('says that no host has a name', async () => {
  expect(await said('postgres://me:hush@no-such-host.invalid/debates')).toMatch(
    /^unreachable: .*(no host has that name|could not be looked up).*Check the n/,
  );
});

it('says that a password is wrong', async () => {
  const address = postgres().addressOf('postgres', { password: 'hush' });
  expect(await said(address)).toMatch(/^refused: .*user or password is wrong \(28P01\)\. Check both/);
});

it('says that a password is asked for', async () => {
  const address = postgres().addressOf('postgres', { password: '' });
  expect(await said(address)).toMatch(/^refused: .*asks for a password\. Put one into PGPASSWORD/);
});

it('says that a database is not there', async () => {
  expect(await said(postgres().addressOf('elsewhere'))).toMatch(
    /^refused: .*\/elsewhere cannot be used: it has no such database/,
  );
});

it.each([
  'postgres://me:hu#sh@127.0.0.1/debates',
  'postgres://me:hush/@127.0.0.1/d',
  'postgres://me:hush@[::1/d',
])('shows nothing of an address it cannot read: %s', async (address) => {
  expect(await said(address)).toMatch(/^refused: The postgres:\/\/ address cannot be read\. Percent-encode/);
});

it('says that a role lacks a right, and which', async () => {
  const address = await preparedDatabase(postgres());
  const database = databaseOf(address);
  await postgres().run(database, `create role stranger login password 'hush'`);
  const strange = postgres().addressOf(database, { user: 'stranger', password: 'hush' });
  expect(await said(strange)).toMatch(
    /^refused: .*lacks a right \(permission denied for schema parley\)\. Grant/,
  );
  const made = await prepareSchema(postgres().addressOf('postgres', { user: 'stranger', password: 'hush' }), {
    clock,
  });
  expect(made).toMatchObject({ ok: false, failure: { reason: 'refused' } });
});

it('says that a server takes nothing, such as a replica', async () => {
  const address = await preparedDatabase(postgres());
  await stored(openedStore(address), 'old');
  await postgres().run(
    databaseOf(address),
    `alter database ${databaseOf(address)} set default_transaction_read_only = on`,
  );
  const store = openedStore(address);
  expect(await store.create('new', [])).toMatchObject({ ok: false, failure: { reason: 'not-writable' } });
  expect(await store.read('old')).toMatchObject({ ok: true });
});

it('speaks TLS when asked, and only with a server that it can trust', async () => {
  const address = await preparedDatabase(postgres());
  const database = databaseOf(address);
  const withTls = (parameters: Record<string, string>) => postgres().addressOf(database, { parameters });
  expect(await said(withTls({ sslmode: 'require' }))).toMatch(
    /^refused: .*certificate is not trusted.*sslrootcert/,
  );
  expect(await said(withTls({ sslmode: 'verify-full', sslrootcert: certificate }))).toBe('ready');
  expect(await said(withTls({ sslmode: 'no-verify' }))).toBe('ready');
  expect(await said(withTls({ sslmode: 'verify-full', sslrootcert: '/no/such/file' }))).toMatch(
    /^refused: .*a file that its address names cannot be read \(ENOENT\)\. Check sslrootcert/,
  );
  const store = openedStore(withTls({ sslmode: 'require', sslrootcert: certificate }));
  const journal = await created(store, 'private');
  const [connection] = await postgres().run(
    database,
    'select bool_and(ssl) as ssl from pg_stat_ssl join pg_stat_activity using (pid) where application_name = $1 and datname = $2',
    ['parley', database],
  );
  expect(connection).toEqual({ ssl: true });
  await journal.close();
});
