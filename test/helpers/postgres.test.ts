import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { postgresForFile } from './postgres.ts';
import { databaseOf } from './postgres-server.ts';

const postgres = postgresForFile();

it('gives every test a database of its own', async () => {
  const [one, other] = [await postgres().createDatabase(), await postgres().createDatabase()];
  await postgres().run(databaseOf(one), 'create table mine (id int)');
  const rows = await postgres().run(databaseOf(other), `select to_regclass('mine') as found`);
  expect(rows).toEqual([{ found: null }]);
});

it('keeps what is stored when it is stopped, killed and started again on the same port', async () => {
  const database = databaseOf(await postgres().createDatabase());
  await postgres().run(database, 'create table kept (id int)');
  for (const how of ['stop', 'kill'] as const) {
    await postgres().run(database, 'insert into kept values (1)');
    await postgres().stop(how);
    await expect(postgres().run(database, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
    await postgres().start();
  }
  expect(await postgres().run(database, 'select count(*)::int as rows from kept')).toEqual([{ rows: 2 }]);
});

it('does not outlive the process that started it, however that ends', async () => {
  const script = `
    const { startPostgres } = await import(${JSON.stringify(new URL('./postgres-server.ts', import.meta.url).href)});
    process.stdout.write(String((await startPostgres()).port));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [line] = await once(child.stdout, 'data');
  const port = Number(String(line));
  expect(await answers(port)).toBe(true);
  child.kill('SIGKILL');
  for (let look = 0; look < 300 && (await answers(port)); look++) await wait(100);
  expect(await answers(port)).toBe(false);
});

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
