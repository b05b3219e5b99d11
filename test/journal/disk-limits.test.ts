import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openFileStore } from '../../src/journal/file-store.ts';
import { eventsOf, namesIn, opened, question, stored, tickingClock } from './store-suite.ts';
import { temporaryFolder, temporaryStore } from './temporary-store.ts';

const fixture = join(import.meta.dirname, '../fixtures/journal/append-for-ever.ts');

/** Root may write anywhere, so a test that runs as root becomes nobody for a while. */
function withoutPrivileges(): void {
  if (process.getuid?.() !== 0) return;
  process.seteuid?.(65_534);
  onTestFinished(() => process.seteuid?.(0));
}

describe.skipIf(process.platform === 'win32')('a folder that cannot be written', () => {
  it('takes no new run, and says what to do', async () => {
    const { directory, store } = await temporaryStore();
    await chmod(directory, 0o555);
    withoutPrivileges();
    const outcome = await store.create('run', []);
    expect(outcome).toMatchObject({ ok: false, failure: { reason: 'not-writable' } });
    expect(!outcome.ok && outcome.failure.message).toBe(
      `${join(directory, 'run')} cannot be written: permission denied (EACCES). Make the folder writable or choose another one.`,
    );
  });

  it('lets its runs be read and listed, but not opened', async () => {
    const { directory, store } = await temporaryStore();
    const events = await stored(store, 'run');
    await chmod(directory, 0o555);
    await chmod(join(directory, 'run'), 0o555);
    withoutPrivileges();
    expect(await eventsOf(store, 'run')).toEqual(events);
    expect(await namesIn(store)).toEqual(['run']);
    expect(await store.open('run')).toMatchObject({ ok: false, failure: { reason: 'not-writable' } });
  });

  it('is told from a journal that may not be read', async () => {
    const { directory, store, pathOf } = await temporaryStore();
    await stored(store, 'run');
    await chmod(directory, 0o755);
    await chmod(pathOf('run'), 0o000);
    withoutPrivileges();
    const outcome = await store.read('run');
    expect(!outcome.ok && outcome.failure.message).toContain('cannot be read: permission denied');
  });
});

it('says when the folder for runs is a file', async () => {
  const directory = join(await temporaryFolder(), 'transcripts');
  await writeFile(directory, 'a file');
  const store = openFileStore({ directory, clock: tickingClock() });
  const outcome = await store.create('run', []);
  expect(outcome).toMatchObject({ ok: false, failure: { reason: 'not-writable' } });
  expect(!outcome.ok && outcome.failure.message).toContain('transcripts');
});

it('leaves nothing behind when a run cannot be made whole', async () => {
  const { directory, store } = await temporaryStore();
  await mkdir(join(directory, 'run', 'mine'), { recursive: true });
  expect(await store.create('run', [{ path: 'a.md', content: 'x' }])).toMatchObject({
    failure: { reason: 'exists' },
  });
  expect(await readdir(directory)).toEqual(['run']);
});

describe.skipIf(process.platform === 'win32')('a disk that takes no more', () => {
  it('ends the writer with a clear line and leaves a journal of whole events', async () => {
    const { directory, store, pathOf } = await temporaryStore();
    await stored(store, 'run');
    // The shell's limit on the size of a file makes the system cut a write short and then refuse the rest.
    const child = spawn('sh', [
      '-c',
      'ulimit -f 64; exec "$0" "$@"',
      process.execPath,
      fixture,
      directory,
      'run',
    ]);
    onTestFinished(() => void child.kill('SIGKILL'));
    let [reported, complaint] = ['', ''];
    child.stdout.on('data', (bytes) => (reported += bytes));
    child.stderr.on('data', (bytes) => (complaint += bytes));
    const [code] = await once(child, 'close');
    expect(code).toBe(3);
    expect(complaint).toMatch(
      /journal\.jsonl could not be written: .*\(EFBIG\)\. Every event before this one is saved\./,
    );
    const durable = reported.trim().split('\n').map(Number);
    expect(durable.length).toBeGreaterThan(3);
    expect((await readFile(pathOf('run'), 'utf8')).endsWith('\n')).toBe(true);
    const journal = await opened(store, 'run');
    expect(journal.history.length - 1).toBe(durable.at(-1));
    expect((await journal.append(question('Room again?'))).number).toBe(journal.history.length);
    await journal.close();
  });
});
