import * as fs from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
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
    const kept = (name: string) => join(shardedPlace(directory, name), 'prompts.txt');
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
    await expectKept(runs, 'one');
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
    await writeFile(before.kept('one'), '==> strategies/plain.md <== 13\nDo not argue.\n');
    vi.resetModules();
    const { openFileStore: openAnew } = await import('../../src/journal/file-store.ts');
    const store = openAnew({ directory: before.directory, clock: { now: () => 0 }, isSharded: true });
    const journal = await store.create('two', files);
    if (journal.ok) await journal.value.close();
    await expectKept(before, 'two');
  });
});

describe('prompt files of a run', () => {
  async function runWith(kept: Record<string, string>) {
    const directory = await mkdtemp(join(tmpdir(), 'parley-kept-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const store = openFileStore({ directory, clock: { now: () => 0 } });
    const files = Object.entries(kept).map(([path, content]) => ({ path, content }));
    const journal = await store.create('run', files);
    if (!journal.ok) throw new Error(journal.failure.message);
    await journal.value.close();
    const read = async () => {
      const stored = await store.read('run');
      return stored.ok ? Object.fromEntries(stored.value.files) : stored;
    };
    return { place: join(directory, 'run', 'prompts.txt'), read };
  }

  test('come back as they were, whatever is in them and in their names', async () => {
    const kept = {
      'a "quoted" name\n.md': 'One.',
      'empty.md': '',
      'headings.md': '\ufeff==> other.md <== 4\nWait\n==> other.md <== 4\n',
      'lines.md': '\n\r\nA line.\n\n',
      'signs.md': 'Ἀθῆναι 👋 \u2028',
    };
    const { read } = await runWith(kept);
    expect(await read()).toEqual(kept);
  });

  test('can be read and changed in the one text that holds them', async () => {
    const { place, read } = await runWith({ 'a.md': 'One.\n', 'b.md': 'Two.', 'c.md': 'Three.\n' });
    expect(await readFile(place, 'utf8')).toBe(
      '==> a.md <== 5\nOne.\n\n==> b.md <== 4\nTwo.\n==> c.md <== 7\nThree.\n\n',
    );
    await writeFile(
      place,
      '==> a.md <== 5\nOnly one.\n\n==> b.md <== 4\n\n==> c.md <== 7\nThree or four.\n\n',
    );
    expect(await read()).toEqual({ 'a.md': 'Only one.\n', 'b.md': '', 'c.md': 'Three or four.\n' });
    await writeFile(place, '==> a.md <== 5\nOne.\n\n==> b.md <== 4\nTw');
    expect(await read()).toEqual({ 'a.md': 'One.\n', 'b.md': 'Tw' });
  });

  test('are found in the folder where earlier versions put them', async () => {
    const { place, read } = await runWith({ 'a.md': 'New.' });
    await rm(place);
    const folder = join(place, '..', 'prompts', 'strategies');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'plain.md'), 'Argue.');
    await writeFile(join(folder, '..', 'a.md'), 'Old.');
    expect(await read()).toEqual({ 'a.md': 'Old.', 'strategies/plain.md': 'Argue.' });
  });
});
