import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

export interface PostgresOptions {
  /** More settings of the server, such as { fsync: 'on' }. */
  settings?: Record<string, string>;
  /** PEM texts, for a server that takes TLS. */
  tls?: { cert: string; key: string };
}

export interface PostgresServer {
  readonly port: number;
  /** The password of the superuser `postgres`: recognisable, so that a test can look for it where it must not be. */
  readonly password: string;
  /** Makes an empty database and gives its address for the superuser: `postgres://postgres:…@127.0.0.1:port/name`. */
  createDatabase(): Promise<string>;
  /** Another address of a database: for another user, or with more parameters. */
  addressOf(
    database: string,
    as?: { user?: string; password?: string; parameters?: Record<string, string> },
  ): string;
  /** Runs statements as the superuser; rows of the last one. */
  run(database: string, sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Stops the server: `stop` rolls open transactions back and ends connections, `kill` is a crash. */
  stop(how?: 'stop' | 'kill'): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** Ends it and deletes its data. */
  dispose(): Promise<void>;
}

/** A real Postgres on a free port of 127.0.0.1, which does not outlive this process. Starts in a second or two. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const password = `secret-${randomBytes(6).toString('hex')}`;
  const given = { password, settings: options.settings ?? {}, tls: options.tls ?? null };
  const keeper = spawn(
    process.execPath,
    [fileURLToPath(new URL('./postgres-keeper.ts', import.meta.url)), JSON.stringify(given)],
    // Detached, so that a Ctrl+C in the terminal does not end the keeper before it has tidied up.
    { stdio: ['pipe', 'pipe', 'inherit'], detached: true },
  );
  const answers = createInterface({ input: keeper.stdout })[Symbol.asyncIterator]();
  const gone = new Promise<void>((resolve) => keeper.once('exit', () => resolve()));

  async function answer(): Promise<Record<string, unknown>> {
    const { value, done } = await answers.next();
    const said: Record<string, unknown> = done ? { failed: 'its keeper ended' } : JSON.parse(value);
    if (said['failed']) throw new Error(`Postgres for the test: ${said['failed']}`);
    return said;
  }

  async function tell(command: 'start' | 'stop' | 'kill'): Promise<void> {
    keeper.stdin.write(`${command}\n`);
    await answer();
  }

  const port = Number((await answer())['port']);
  let databases = 0;

  function addressOf(database: string, as: Parameters<PostgresServer['addressOf']>[1] = {}): string {
    const address = new URL(`postgres://127.0.0.1:${port}/${database}`);
    address.username = as.user ?? 'postgres';
    address.password = as.password ?? password;
    for (const [name, value] of Object.entries(as.parameters ?? {})) address.searchParams.set(name, value);
    return address.href;
  }

  async function run(database: string, sql: string, values?: unknown[]) {
    const client = new pg.Client({ connectionString: addressOf(database) });
    await client.connect();
    try {
      const result = await client.query(sql, values);
      return (Array.isArray(result) ? result.at(-1) : result).rows;
    } finally {
      await client.end();
    }
  }

  return {
    port,
    password,
    addressOf,
    run,
    async createDatabase() {
      const name = `debates_${++databases}`;
      await run('postgres', `create database ${name}`);
      return addressOf(name);
    },
    stop: (how = 'stop') => tell(how),
    start: () => tell('start'),
    async dispose() {
      keeper.stdin.end();
      await gone;
    },
  };
}

/** The name of the database in an address. */
export function databaseOf(address: string): string {
  return new URL(address).pathname.slice(1);
}
