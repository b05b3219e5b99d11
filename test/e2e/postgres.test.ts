import { randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { openFileStore } from '../../src/journal/file-store.ts';
import { thisHolder } from '../../src/journal/holder.ts';
import { openPostgresStore } from '../../src/journal/postgres/postgres-store.ts';
import { systemClock } from '../../src/run/system-clock.ts';
import { postgresForFile } from '../helpers/postgres.ts';
import { parley, startParley, temporaryFolder } from './parley.ts';

const postgres = postgresForFile();
const quick = ['--model', 'simulator', '--rounds', '1', '--judge-samples', '1', '--plain'];

/** A folder with the debates of a small plan, and a database with the same ones. */
let cwd: string;
let address: string;
let ready: Promise<void> | undefined;

beforeEach(() => {
  ready ??= prepare();
  return ready;
}, 120_000);

async function prepare(): Promise<void> {
  cwd = await mkdtemp(join(tmpdir(), 'parley-postgres-e2e-'));
  await cp(resolve('examples'), cwd, { recursive: true });
  const plan = await readFile('examples/steelman.yaml', 'utf8');
  await writeFile(join(cwd, 'plan.yaml'), plan.replace('rounds: 4', 'rounds: 1'));
  const held = await parley(['batch', 'plan.yaml', '--yes'], { cwd });
  expect(held.stderr).toMatch(/debates/);
  expect(held.code).toBe(0);
  address = await postgres().createDatabase();
  const migrated = await parley(['migrate', address], { cwd });
  expect(migrated.stdout).toMatch(/ is ready for parley /);
  await fill();
}

afterAll(() => rm(cwd, { recursive: true, force: true }));

async function fill(): Promise<void> {
  const files = openFileStore({ directory: join(cwd, 'transcripts'), clock: systemClock });
  const rows = openPostgresStore({ connection: address, clock: systemClock });
  for await (const name of files.list()) {
    const run = await files.read(name);
    if (!run.ok) throw new Error(run.failure.message);
    const kept = [...run.value.files].map(([path, content]) => ({ path, content }));
    const made = await rows.create(name, kept, run.value.events);
    if (!made.ok) throw new Error(made.failure.message);
    await made.value.close();
  }
  await rows.close();
}

async function someRun(place = 0): Promise<string> {
  const files = openFileStore({ directory: join(cwd, 'transcripts'), clock: systemClock });
  const names: string[] = [];
  for await (const name of files.list()) names.push(name);
  return names[place] ?? '';
}

/** What every file below a folder holds, by its path. */
async function filesIn(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = paths.sort().map(async (path) => [path.slice(folder.length), await readFile(path, 'base64')]);
  return Object.fromEntries(await Promise.all(read));
}

describe('the commands that read runs', () => {
  test.each([
    ['stats', []],
    ['stats', ['--json']],
    ['ls', []],
    ['compare', ['plan.yaml', '--json']],
    ['compare', ['plan.yaml', '--csv']],
  ])('%s %j says the same of a database as of a folder', async (command, more) => {
    const [ofFolder, ofDatabase] = await Promise.all([
      parley([command, ...more], { cwd }),
      parley([command, ...more, '--transcripts', address], { cwd }),
    ]);
    expect(ofDatabase.stderr.replaceAll('\n', '')).not.toMatch(/bug|cannot/);
    expect(ofDatabase.code).toBe(0);
    expect(withoutArms(ofDatabase.stdout)).toBe(withoutArms(ofFolder.stdout));
    expect(ofFolder.stdout.length).toBeGreaterThan(100);
  });

  /** A folder knows by its batch which arm a run is of, a database by its plans; here nothing was submitted. */
  const withoutArms = (text: string) => text.replace(/ \((plain|steelman)\) */g, ' ').replace(/ +/g, ' ');

  test.each([
    ['report', ['--format', 'json']],
    ['report', ['--format', 'html']],
    ['replay', ['--json', '--speed', '0']],
    ['score', ['--json']],
  ])('%s %j says the same of a run in a database', async (command, more) => {
    const run = await someRun();
    const ofFolder = await parley([command, run, ...more], { cwd });
    for (const given of [[run, '--transcripts', address], [`${address}/${run}`]]) {
      const ofDatabase = await parley([command, ...given, ...more], { cwd });
      expect(ofDatabase.stdout).toBe(ofFolder.stdout);
      expect(ofDatabase.code).toBe(0);
    }
    expect(ofFolder.stdout.length).toBeGreaterThan(100);
  });

  test('diff compares two runs of a database', async () => {
    const [one, other] = [await someRun(0), await someRun(1)];
    const ofFolder = await parley(['diff', one, other], { cwd });
    const ofDatabase = await parley(['diff', one, other, '--transcripts', address], { cwd });
    expect(ofDatabase).toEqual(ofFolder);
  });

  test('export makes the same data set, byte for byte', async () => {
    const options = { cwd: await temporaryFolder() };
    const made = ['export', 'made', '--include-simulated', '--format', 'sft,judge'];
    expect((await parley(made, { cwd })).code).toBe(0);
    expect((await parley([...made, '--transcripts', address], options)).code).toBe(0);
    const ofFolder = await filesIn(join(cwd, 'made'));
    const ofDatabase = await filesIn(join(options.cwd, 'made'));
    const differing = Object.keys(ofFolder).filter((path) => ofFolder[path] !== ofDatabase[path]);
    expect(Object.keys(ofDatabase)).toEqual(Object.keys(ofFolder));
    // These tell when the data set was made, or the sum of a file that does.
    const dated = ['/SHA256SUMS', '/croissant.json', '/export.json'];
    expect(differing.filter((path) => !dated.includes(path))).toEqual([]);
    expect(Object.keys(ofFolder).length).toBeGreaterThan(5);
  });
});

test('pull copies every run byte for byte, goes on where it stopped, and renews what went on', async () => {
  const folder = await temporaryFolder();
  const pull = () => parley(['pull', address, '--transcripts', 'copies'], { cwd: folder });
  const journals = async (place: string) =>
    Object.fromEntries(Object.entries(await filesIn(place)).filter(([path]) => !path.includes('/.')));
  const first = await pull();
  expect(first.stdout).toMatch(/^Runs of postgres:\/\/postgres@.* in copies: 14 copied\.\n$/);
  const whole = await journals(join(folder, 'copies'));
  expect(whole).toEqual(await journals(join(cwd, 'transcripts')));

  const [one, two, three] = Object.keys(whole).filter((path) => path.endsWith('journal.jsonl'));
  const at = (path = '') => join(folder, 'copies', path);
  await rm(join(at(one), '..'), { recursive: true });
  const journal = await readFile(at(two), 'utf8');
  await writeFile(at(two), journal.slice(0, journal.length / 2));
  await writeFile(at(three), `${await readFile(at(three), 'utf8')}more`);
  const again = await pull();
  expect(again.stdout).toMatch(
    /: 1 copied, 1 copied again because they had continued, 11 already there, 1 not copied\./,
  );
  expect(again.stderr).toMatch(/is not the beginning of the run in the database.*was not changed/);
  expect(again.code).toBe(1);
  await rm(join(at(three), '..'), { recursive: true });
  expect((await pull()).code).toBe(0);
  expect(await journals(join(folder, 'copies'))).toEqual(whole);
});

test('killed while it copies, pull leaves every run whole or absent', async () => {
  const folder = await temporaryFolder();
  const args = ['pull', address, '--transcripts', 'copies'];
  const copied = async () => {
    const files = await filesIn(join(folder, 'copies')).catch(() => ({}));
    return Object.fromEntries(Object.entries(files).filter(([path]) => !/\/\.|\/lock$/.test(path)));
  };
  const pulling = startParley(args, { cwd: folder });
  while (Object.keys(await copied()).length === 0 && pulling.process.exitCode === null) await wait(1);
  pulling.process.kill('SIGKILL');
  await pulling.finished;
  const left = await copied();
  expect((await parley(args, { cwd: folder })).code).toBe(0);
  const whole = await copied();
  const runs = new Set(Object.keys(left).map((path) => path.split('/').slice(0, 3).join('/')));
  const ofThem = Object.entries(whole).filter(([path]) => runs.has(path.split('/').slice(0, 3).join('/')));
  expect(left).toEqual(Object.fromEntries(ofThem));
  expect(Object.keys(whole).filter((path) => path.endsWith('journal.jsonl'))).toHaveLength(14);
});

test('a lock that a killed pull left is taken over by the next one, and one that is held is left alone', async () => {
  const folder = await temporaryFolder();
  // Ends the process with -9 where it would give its third lock back.
  const deadly = `
    import files from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const { rmSync } = files;
    let locks = 0;
    files.rmSync = (path, options) => {
      if (String(path).endsWith('/lock') && ++locks === 3) process.kill(process.pid, 'SIGKILL');
      return rmSync(path, options);
    };
    syncBuiltinESMExports();`;
  await writeFile(join(folder, 'deadly.mjs'), deadly);
  const args = ['pull', address, '--transcripts', 'copies'];
  const nodeArgs = ['--import', `file://${folder}/deadly.mjs`];
  expect((await parley(args, { cwd: folder, nodeArgs })).signal).toBe('SIGKILL');
  const locks = async () =>
    (await readdir(join(folder, 'copies'), { recursive: true })).filter((path) =>
      /^\w+\/[^.][^/]+\/lock$/.test(path),
    );
  expect(await locks()).not.toEqual([]);
  expect((await parley(args, { cwd: folder })).code).toBe(0);
  expect(await locks()).toEqual([]);

  const copies = openFileStore({ directory: join(folder, 'copies'), clock: systemClock });
  const held = await copies.open(await someRun());
  if (!held.ok) throw new Error(held.failure.message);
  expect(await parley(args, { cwd: folder })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('14 already there'),
  });
  expect(await locks()).toHaveLength(1);
  await held.value.close();
});

test('pull says that the database is away and goes on once it is back, and where Ctrl+C stopped it', async () => {
  const folder = await temporaryFolder();
  // Holds a pull at its third run until the test lets go.
  const slow = `
    import { existsSync } from 'node:fs';
    import files from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const { renameSync } = files;
    let runs = 0;
    files.renameSync = (from, to) => {
      if (String(from).includes('/.new-') && ++runs === 3) {
        process.stderr.write('held\\n');
        while (!existsSync('go')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
      }
      return renameSync(from, to);
    };
    syncBuiltinESMExports();`;
  await writeFile(join(folder, 'slow.mjs'), slow);
  const nodeArgs = ['--import', `file://${folder}/slow.mjs`];
  const pull = (place: string) =>
    startParley(['pull', address, '--transcripts', place], { cwd: folder, nodeArgs });
  const away = pull('whole');
  await away.says(/held/);
  await postgres().stop();
  await writeFile(join(folder, 'go'), '');
  await away.says(/cannot be reached: .* Waiting for it\./).finally(() => postgres().start());
  expect(await away.finished).toMatchObject({ code: 0, stdout: expect.stringContaining(': 14 copied.') });

  await rm(join(folder, 'go'));
  const stopped = pull('part');
  await stopped.says(/held/);
  stopped.process.kill('SIGINT');
  await writeFile(join(folder, 'go'), '');
  const { code, stdout } = await stopped.finished;
  expect(stdout).toMatch(/Stopped after \d+ of 14 runs; the same command continues\.\n$/);
  expect(code).toBe(130);
});

test('what a killed pull left half made is removed by the next one, and what another is making is left alone', async () => {
  const folder = await temporaryFolder();
  // Ends the process with -9 where it would give its third run its name.
  const deadly = `
    import files from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const { renameSync } = files;
    let runs = 0;
    files.renameSync = (from, to) => {
      if (String(from).includes('/.new-') && ++runs === 3) process.kill(process.pid, 'SIGKILL');
      return renameSync(from, to);
    };
    syncBuiltinESMExports();`;
  await writeFile(join(folder, 'deadly.mjs'), deadly);
  const args = ['pull', address, '--transcripts', 'copies'];
  const nodeArgs = ['--import', `file://${folder}/deadly.mjs`];
  expect((await parley(args, { cwd: folder, nodeArgs })).signal).toBe('SIGKILL');
  const copies = join(folder, 'copies');
  const hidden = async () => {
    const paths = await readdir(copies, { recursive: true });
    return paths.filter((path) => /(^|\/)\.(new|old)-[^/]+$|^\.prompts\/[^/]+\./.test(path)).sort();
  };
  const left = await hidden();
  expect(left.length).toBeGreaterThan(0);

  const foreign = (name: string) => join(copies, 'ab', `${name}-${randomUUID()}`);
  const [making, fresh, old] = [foreign('.new'), foreign('.new'), foreign('.old')];
  for (const path of [making, fresh, old]) await mkdir(path, { recursive: true });
  await writeFile(join(making, 'lock'), JSON.stringify(await thisHolder(Date.now())));
  const hourAgo = new Date(Date.now() - 3_600_000);
  await utimes(old, hourAgo, hourAgo);
  // One that was killed before it had its lock in place counts only once it is old.
  for (const path of left) await utimes(join(copies, path), hourAgo, hourAgo);
  const draft = join(copies, '.prompts', `${'0'.repeat(64)}.${randomUUID()}`);
  await writeFile(draft, 'half');
  await utimes(draft, hourAgo, hourAgo);

  // A process of its own: the lock of this one is what another is making.
  const { code, stdout } = await startParley(args, { cwd: folder }).finished;
  expect(code).toBe(0);
  expect(stdout).toContain(`Removed ${left.length + 2} half-made copies that a killed process had left.`);
  expect(await hidden()).toEqual([making, fresh].map((path) => path.slice(copies.length + 1)).sort());
  expect((await parley(args, { cwd: folder })).stdout).toMatch(/: 0 copied, 14 already there\.\n$/);
});

test('a run in a database is resumed and forked where it is', async () => {
  const folder = await temporaryFolder();
  const options = { cwd: folder };
  await parley(['run', ...quick, '--seed', '3', '--name', 'short', '--budget-tokens', '20000'], options);
  const files = openFileStore({ directory: join(folder, 'transcripts'), clock: systemClock });
  const rows = openPostgresStore({ connection: address, clock: systemClock });
  const run = await files.read('short');
  if (!run.ok) throw new Error(run.failure.message);
  const kept = [...run.value.files].map(([path, content]) => ({ path, content }));
  const made = await rows.create('short', kept, run.value.events);
  if (made.ok) await made.value.close();

  const resumed = await parley(
    ['resume', `${address}/short`, '--plain', '--budget-tokens', '10000000', '--cache'],
    options,
  );
  expect(resumed.code).toBe(0);
  expect(resumed.stderr).toMatch(
    /Saved in postgres:\/\/postgres@127\.0\.0\.1:\d+\/debates_\d+\/short\. Watch it again/,
  );
  const forked = await parley(['fork', 'short', '--turn', '2', '--plain', '--transcripts', address], options);
  expect(forked.code).toBe(0);
  const after = await rows.read('short');
  expect(after.ok && after.value.events.length).toBeGreaterThan(run.value.events.length);
  const fork = await rows.read('short-t2-1');
  expect(fork.ok && fork.value.events.at(-1)?.type).toBe('debate-ended');
  await rows.close();
  expect(await readdir(folder)).toEqual(['transcripts']);
});

describe('what is wrong with a database is said in one line', () => {
  const closed = 'postgres://me:hush@127.0.0.1:9/debates';
  test.each([
    ['ls', ['--transcripts', closed], 1, /nothing listens there/],
    ['report', ['x', '--transcripts', closed], 1, /nothing listens there/],
    ['export', ['x', '--transcripts', closed], 1, /nothing listens there/],
    ['pull', [closed], 1, /nothing listens there/],
    ['pull', ['somewhere'], 1, /is not a database address/],
    ['migrate', [closed], 1, /nothing listens there/],
    ['run', ['--transcripts', closed], 2, /must be a folder here/],
    ['repair', ['x', '--transcripts', closed], 1, /nothing listens there/],
  ])('%s %j', async (command, args, code, message) => {
    const folder = await temporaryFolder();
    const said = await parley([command, ...args], { cwd: folder });
    const [line = '', ...others] = said.stderr.trimEnd().split('\n');
    expect(line).toMatch(message);
    expect(others.join('')).not.toMatch(/ at .*:\d|Error:/);
    expect(said.stderr + said.stdout).not.toContain('hush');
    expect(said.code).toBe(code);
    expect(await readdir(folder)).toEqual([]);
  });

  test('doctor looks at a database', async () => {
    const well = await parley(['doctor', '--transcripts', address], { cwd });
    expect(well.stdout).toMatch(/✓ Transcripts +postgres:\/\/postgres@.* is ready\n/);
    const bare = new URL(address);
    bare.password = '';
    const env = { PGPASSWORD: postgres().password };
    const entered = await parley(['doctor', '--transcripts', bare.href], { cwd, env });
    expect(entered.stdout).toMatch(/✓ Transcripts +postgres:/);
    const ill = await parley(['doctor', '--transcripts', closed], { cwd });
    expect(ill.stdout).toMatch(/✗ Transcripts +postgres:\/\/me@.*nothing listens there/);
    expect(ill.stdout).not.toContain('hush');
    expect([well.code, ill.code]).toEqual([0, 1]);
  });

  test('a database that parley has not prepared, and a run that is not there', async () => {
    const empty = await parley(['stats', '--transcripts', await postgres().createDatabase()], { cwd });
    expect(empty.stderr).toMatch(/tables are missing or incomplete.*Run parley migrate/);
    expect(empty.code).toBe(1);
    const gone = await parley(['report', 'nigth', '--transcripts', address], { cwd });
    expect(gone.stderr).toMatch(/There is no run nigth in postgres:/);
    expect(gone.stderr).not.toContain(postgres().password);
  });
});
