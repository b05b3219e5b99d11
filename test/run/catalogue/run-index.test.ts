import { appendFile, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFileStore } from '../../../src/journal/file-store.ts';
import { allRuns } from '../../../src/run/catalogue/stored-run.ts';
import { temporaryFolder } from '../../e2e/parley.ts';
import { debateEvents } from '../../helpers/debate-events.ts';

const indexFile = '.runs.v1.jsonl';

async function store(
  folder: string,
  name: string,
  end: 'round-limit' | null = 'round-limit',
): Promise<string> {
  const journal = join(folder, name, 'journal.jsonl');
  await mkdir(join(folder, name), { recursive: true });
  const lines = debateEvents({ rounds: 1, seed: 1, end }).map((event) => `${JSON.stringify(event)}\n`);
  await writeFile(journal, lines.join(''));
  return journal;
}

async function listed(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const one of allRuns(openFileStore({ directory: folder, clock: { now: () => 0 } }))) {
    found.push(`${one.run} ${one.ok ? (one.summary?.ending ?? 'unfinished') : one.failure.reason}`);
  }
  return found;
}

/** Makes a journal unreadable without changing its size or time: only what does not read it is content. */
async function spoil(journal: string): Promise<void> {
  const { atime, mtime, size } = await stat(journal);
  await writeFile(journal, `${'x'.repeat(size - 1)}\n`);
  await utimes(journal, atime, mtime);
}

/** A time that survives being set again: whole seconds. */
const settle = (journal: string) => utimes(journal, 1_700_000_000, 1_700_000_000);

test('a journal that has not changed is not read again, and one that has grown is', async () => {
  const folder = await temporaryFolder();
  const journal = await store(folder, 'one', null);
  await settle(journal);
  expect(await listed(folder)).toEqual(['one unfinished']);
  await spoil(journal);
  expect(await listed(folder)).toEqual(['one unfinished']);
  await appendFile(journal, 'more');
  expect(await listed(folder)).toEqual(['one damaged']);
  await store(folder, 'one');
  expect(await listed(folder)).toEqual(['one round-limit']);
});

test('a journal written again in the same length at another time is read again', async () => {
  const folder = await temporaryFolder();
  const journal = await store(folder, 'one');
  await settle(journal);
  await listed(folder);
  await spoil(journal);
  await utimes(journal, 1_700_000_001, 1_700_000_001);
  expect(await listed(folder)).toEqual(['one damaged']);
});

test('an index that is torn, of another form or gone is worked out again from the journals', async () => {
  const folder = await temporaryFolder();
  await store(folder, 'one');
  await store(folder, 'two', null);
  const whole = ['one round-limit', 'two unfinished'];
  for (const text of ['', '{"run":"one","bytes"', '{"v":9}\nnull\n[]\n', '\u0000\n']) {
    await writeFile(join(folder, indexFile), text);
    expect(await listed(folder)).toEqual(whole);
    // What was found is whole lines behind the rubbish: the next reader takes them.
    const kept = (await readFile(join(folder, indexFile), 'utf8')).split('\n').slice(-3, -1);
    expect(kept.map((line) => JSON.parse(line).run)).toEqual(['one', 'two']);
    expect(await listed(folder)).toEqual(whole);
  }
  await rm(join(folder, indexFile));
  expect(await listed(folder)).toEqual(whole);
});

test('entries of others with an unknown or wrong field count for nothing', async () => {
  const folder = await temporaryFolder();
  const journal = await store(folder, 'one');
  await settle(journal);
  await listed(folder);
  const path = join(folder, indexFile);
  const entry = JSON.parse(await readFile(path, 'utf8'));
  await spoil(journal);
  for (const wrong of [
    { ...entry, more: 1 },
    { ...entry, summary: { ...entry.summary, rounds: -1 } },
  ]) {
    await writeFile(path, `${JSON.stringify(wrong)}\n`);
    expect(await listed(folder)).toEqual(['one damaged']);
  }
});

test('several readers at once leave an index that all can use', async () => {
  const folder = await temporaryFolder();
  const names = Array.from({ length: 12 }, (_, index) => `run-${String(index).padStart(2, '0')}`);
  for (const name of names) await settle(await store(folder, name));
  const all = names.map((name) => `${name} round-limit`);
  expect(await Promise.all([listed(folder), listed(folder), listed(folder)])).toEqual([all, all, all]);
  for (const name of names) await spoil(join(folder, name, 'journal.jsonl'));
  expect(await listed(folder)).toEqual(all);
});

test('runs that are gone leave the list at once, and the index when it is mostly of such', async () => {
  const folder = await temporaryFolder();
  await store(folder, 'one');
  await listed(folder);
  const path = join(folder, indexFile);
  const line = await readFile(path, 'utf8');
  const gone = Array.from({ length: 400 }, (_, index) => line.replace('"one"', `"gone-${index}"`));
  await writeFile(path, line + gone.join(''));
  expect(await listed(folder)).toEqual(['one round-limit']);
  await store(folder, 'two');
  await listed(folder);
  expect((await readFile(path, 'utf8')).trimEnd().split('\n')).toHaveLength(2);
});

test('a folder that cannot be written is listed all the same', async () => {
  const folder = await temporaryFolder();
  await store(folder, 'one');
  await mkdir(join(folder, indexFile));
  expect(await listed(folder)).toEqual(['one round-limit']);
});
