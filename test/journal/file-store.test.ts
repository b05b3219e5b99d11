import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFileStore } from '../../src/journal/file-store.ts';
import {
  bodies,
  created,
  describeStore,
  eventsOf,
  namesIn,
  opened,
  question,
  stored,
  tickingClock,
} from './store-suite.ts';
import { temporaryFolder, temporaryStore } from './temporary-store.ts';

for (const isSharded of [false, true]) {
  describeStore(isSharded ? 'the sharded file store' : 'the file store', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'parley-store-'));
    const clock = tickingClock();
    return {
      store: openFileStore({ directory, clock, isSharded }),
      again: openFileStore({ directory, clock, isSharded }),
      cleanUp: () => rm(directory, { recursive: true, force: true }),
    };
  });
}

describe('a run on disk', () => {
  it('is a folder of a journal and its prompt files in one, and nothing else once closed', async () => {
    const { directory, store } = await temporaryStore();
    const made = await store.create('tidy', [{ path: 'strategies/plain.md', content: 'Argue.' }]);
    if (!made.ok) throw new Error(made.failure.message);
    await made.value.append(bodies()[0]!);
    expect((await readdir(join(directory, 'tidy'))).sort()).toEqual(['journal.jsonl', 'lock', 'prompts.txt']);
    await made.value.close();
    expect((await readdir(directory, { recursive: true })).sort()).toEqual([
      'tidy',
      'tidy/journal.jsonl',
      'tidy/prompts.txt',
    ]);
  });

  it('holds one event a line, its version, number and date first', async () => {
    const { store, linesOf } = await temporaryStore();
    const events = await stored(store, 'lines');
    const lines = await linesOf('lines');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line))).toEqual(events);
    expect(lines[0]).toMatch(
      /^\{"v":1,"number":0,"at":"2026-01-05T09:00:\d\d\.000Z","type":"debate-started",/,
    );
  });

  it('does not depend on the order in which an event was put together', async () => {
    const { store, linesOf } = await temporaryStore();
    const body = bodies()[1]!;
    const backwards = Object.fromEntries(Object.entries(body).reverse()) as typeof body;
    const journal = await created(store, 'order');
    await journal.append(bodies()[0]!);
    await journal.append(body);
    await journal.append(backwards);
    await journal.close();
    const [, one, other] = await linesOf('order');
    const plain = (line: string) => line.replace(/"number":\d+,"at":"[^"]+"/, '');
    expect(plain(other!)).toBe(plain(one!));
  });

  it('has no character that another reader takes for a line break or a terminal for a command', async () => {
    const { store, pathOf } = await temporaryStore();
    const journal = await created(store, 'plain');
    await journal.append(bodies()[0]!);
    await journal.append(question('\u0000\u0007\u001b[2J\u007f\u0085\u009b31m\u2028\u2029\ufeff'));
    await journal.close();
    const text = await readFile(pathOf('plain'), 'utf8');
    expect(text.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/)).toBeNull();
    expect(text.split('\n')).toHaveLength(3);
  });

  it('may be renamed, moved and resumed under its new name', async () => {
    const { directory, store } = await temporaryStore();
    const events = await stored(store, 'old');
    await rename(join(directory, 'old'), join(directory, 'new'));
    const journal = await opened(store, 'new');
    expect(journal.history).toEqual(events);
    await journal.close();
  });
});

describe('finding runs', () => {
  it('lists runs by name, also those in folders of two hexadecimal digits', async () => {
    const directory = await temporaryFolder();
    const clock = tickingClock();
    const sharded = openFileStore({ directory, clock, isSharded: true });
    for (const name of ['b-run', 'a-run']) await stored(openFileStore({ directory, clock }), name);
    for (let index = 0; index < 5; index++) await stored(sharded, `many-${index}`);
    const names = await namesIn(sharded);
    expect(names.slice(0, 2)).toEqual(['a-run', 'b-run']);
    expect(names.slice(2).sort()).toEqual(['many-0', 'many-1', 'many-2', 'many-3', 'many-4']);
    expect((await readdir(directory)).filter((name) => /^[0-9a-f]{2}$/.test(name)).length).toBeGreaterThan(1);
  });

  it('lists no folder without a journal, no hidden folder and no file', async () => {
    const { directory, store } = await temporaryStore();
    await stored(store, 'real');
    await mkdir(join(directory, 'notes'));
    await mkdir(join(directory, '.new-1'));
    await writeFile(join(directory, '.new-1', 'journal.jsonl'), '');
    await mkdir(join(directory, 'deep', 'er'), { recursive: true });
    await writeFile(join(directory, 'deep', 'er', 'journal.jsonl'), '');
    await writeFile(join(directory, 'file'), '');
    expect(await namesIn(store)).toEqual(['real']);
  });

  it('finds a run whichever way the store that made it was set', async () => {
    const directory = await temporaryFolder();
    const clock = tickingClock();
    const sharded = openFileStore({ directory, clock, isSharded: true });
    const flat = openFileStore({ directory, clock });
    await stored(sharded, 'one');
    await stored(flat, 'two');
    expect(await eventsOf(flat, 'one')).not.toEqual([]);
    expect(await eventsOf(sharded, 'two')).not.toEqual([]);
    expect(await flat.create('one', [])).toMatchObject({ failure: { reason: 'exists' } });
    expect(await sharded.create('two', [])).toMatchObject({ failure: { reason: 'exists' } });
  });

  it('takes an empty folder of the name for no run, and a file of the name for a taken one', async () => {
    const { directory, store } = await temporaryStore();
    await mkdir(join(directory, 'empty'));
    await writeFile(join(directory, 'file'), 'mine');
    await (await created(store, 'empty')).close();
    expect(await store.create('file', [])).toMatchObject({ failure: { reason: 'exists' } });
    expect(await readFile(join(directory, 'file'), 'utf8')).toBe('mine');
  });
});
