import * as fs from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openFileStore } from '../../src/journal/file-store.ts';
import { shardedPlace } from '../../src/journal/run-folder.ts';

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  return { ...real, linkSync: vi.fn(real.linkSync) };
});

const files = [
  { path: 'strategies/plain.md', content: 'Argue.' },
  { path: 'scenarios/harbour/article.md', content: 'A harbour.' },
];

describe('prompt files of very many runs', () => {
  beforeEach(() => void vi.mocked(fs.linkSync).mockReset());

  async function madeRuns(names: readonly string[]) {
    const directory = await mkdtemp(join(tmpdir(), 'parley-shared-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const store = openFileStore({ directory, clock: { now: () => 0 }, isSharded: true });
    const make = async (name: string) => {
      const journal = await store.create(name, files);
      if (!journal.ok) throw new Error(journal.failure.message);
      await journal.value.close();
    };
    for (const name of names) await make(name);
    const kept = (name: string) => join(shardedPlace(directory, name), 'prompts', 'strategies', 'plain.md');
    return { directory, store, make, kept };
  }

  async function expectKept({ store }: Awaited<ReturnType<typeof madeRuns>>, name: string) {
    const read = await store.read(name);
    expect(read.ok && [...read.value.files.values()].sort()).toEqual(['A harbour.', 'Argue.']);
  }

  test('lie on the disk once, and readers find them in every run', async () => {
    const runs = await madeRuns(['one', 'two']);
    expect((await stat(runs.kept('one'))).ino).toBe((await stat(runs.kept('two'))).ino);
    await expectKept(runs, 'one');
    await expectKept(runs, 'two');
    const listed: string[] = [];
    for await (const run of runs.store.list()) listed.push(run);
    expect(listed.sort()).toEqual(['one', 'two']);
  });

  test('are copies where the disk knows no links', async () => {
    vi.mocked(fs.linkSync).mockImplementation(() => {
      throw Object.assign(new Error('not here'), { code: 'EPERM' });
    });
    const runs = await madeRuns([]);
    const link = vi.mocked(fs.linkSync);
    await runs.make('one');
    expect(link).toHaveBeenCalled();
    expect(await readFile(runs.kept('one'), 'utf8')).toBe('Argue.');
    expect((await stat(runs.kept('one'))).nlink).toBe(1);
  });

  test('go on in a new file once one has as many names as the disk allows', async () => {
    const runs = await madeRuns(['one']);
    vi.mocked(fs.linkSync).mockImplementationOnce(() => {
      throw Object.assign(new Error('full'), { code: 'EMLINK' });
    });
    await runs.make('two');
    await runs.make('three');
    const inodes = await Promise.all(['one', 'two', 'three'].map((name) => stat(runs.kept(name))));
    expect(new Set(inodes.map(({ ino }) => ino)).size).toBe(2);
    for (const name of ['one', 'two', 'three']) await expectKept(runs, name);
  });

  test('are whole in a new run after somebody edited them in another', async () => {
    const before = await madeRuns(['one']);
    await writeFile(before.kept('one'), 'Do not argue.');
    vi.resetModules();
    const { openFileStore: openAnew } = await import('../../src/journal/file-store.ts');
    const store = openAnew({ directory: before.directory, clock: { now: () => 0 }, isSharded: true });
    const journal = await store.create('two', files);
    if (journal.ok) await journal.value.close();
    expect(await readFile(before.kept('two'), 'utf8')).toBe('Argue.');
  });
});
