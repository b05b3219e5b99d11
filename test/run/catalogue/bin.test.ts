import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFileStore } from '../../../src/journal/file-store.ts';
import { runsIn, shardedPlace } from '../../../src/journal/run-folder.ts';
import { deleteRun, emptyBin, restoreRun } from '../../../src/run/catalogue/bin.ts';
import { browseRuns } from '../../../src/run/catalogue/browse-runs.ts';
import { temporaryFolder } from '../../e2e/parley.ts';
import { debateEvents } from '../../helpers/debate-events.ts';

async function store(folder: string, seed = 1, end: 'round-limit' | null = 'round-limit'): Promise<void> {
  await mkdir(folder, { recursive: true });
  const lines = debateEvents({ rounds: 1, seed, end }).map((event) => `${JSON.stringify(event)}\n`);
  await writeFile(join(folder, 'journal.jsonl'), lines.join(''));
}

async function runs(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const name of runsIn(folder)) names.push(name);
  return names;
}

const reasonOf = (outcome: { ok: boolean; failure?: { reason: string } }) =>
  outcome.failure?.reason ?? 'done';

test('a deleted run is no run any more, whole in the bin, and back where it was once restored', async () => {
  const folder = await temporaryFolder();
  await store(join(folder, 'one'));
  await store(shardedPlace(folder, 'two'));
  for (const name of ['one', 'two']) expect(await deleteRun(folder, name)).toMatchObject({ ok: true });
  expect(await runs(folder)).toEqual([]);
  expect(await runs(join(folder, '.bin'))).toEqual(['one', 'two']);
  for (const name of ['one', 'two']) expect(await restoreRun(folder, name)).toMatchObject({ ok: true });
  expect(existsSync(join(shardedPlace(folder, 'two'), 'journal.jsonl'))).toBe(true);
  expect(existsSync(join(folder, 'one', 'lock'))).toBe(false);
  expect(await runs(join(folder, '.bin'))).toEqual([]);
});

test('a run that is being written stays', async () => {
  const folder = await temporaryFolder();
  const files = openFileStore({ directory: folder, clock: { now: Date.now } });
  const journal = await files.create('one', []);
  expect(reasonOf(await deleteRun(folder, 'one'))).toBe('locked');
  if (journal.ok) await journal.value.close();
  expect(reasonOf(await deleteRun(folder, 'one'))).toBe('done');
});

test('two runs of one name are both kept, and a name that is taken again is not overwritten', async () => {
  const folder = await temporaryFolder();
  for (const seed of [1, 2]) {
    await store(join(folder, 'one'), seed);
    await deleteRun(folder, 'one');
  }
  const kept = await runs(join(folder, '.bin'));
  expect(kept).toHaveLength(2);
  await store(join(folder, 'one'), 3);
  for (const name of kept) expect(reasonOf(await restoreRun(folder, name))).toBe('exists');
  expect(await emptyBin(folder)).toEqual({ ok: true, value: 2 });
  expect(await runs(join(folder, '.bin'))).toEqual([]);
  expect(await runs(folder)).toEqual(['one']);
});

test.each(['../one', '.bin', ''])('%j is no run that could be deleted', async (name) => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, '.bin'), { recursive: true });
  expect(reasonOf(await deleteRun(folder, name))).toBe('bad-name');
});

test('somebody who browses sees what is there, what comes, what grows and what is running', async () => {
  const folder = await temporaryFolder();
  await store(join(folder, 'one'));
  await mkdir(join(folder, 'bad'));
  await writeFile(join(folder, 'bad', 'journal.jsonl'), 'no event\n');
  const browser = browseRuns(folder);
  const look = async () => {
    await browser.look(new AbortController().signal, () => {});
    return browser.runs.map(({ run, state, isLive }) => `${run} ${state}${isLive ? ' live' : ''}`).sort();
  };
  expect(await look()).toEqual(['bad damaged', 'one read']);
  const files = openFileStore({ directory: folder, clock: { now: Date.now } });
  const journal = await files.create('two', [], debateEvents({ rounds: 1, seed: 1, end: null }));
  expect(await look()).toEqual(['bad damaged', 'one read', 'two read live']);
  if (journal.ok) await journal.value.close();
  expect(await look()).toEqual(['bad damaged', 'one read', 'two read']);
  const one = browser.runs.find(({ run }) => run === 'one');
  await look();
  expect(browser.runs.find(({ run }) => run === 'one')).toBe(one);
  await deleteRun(folder, 'one');
  expect(await look()).toEqual(['bad damaged', 'two read']);
});
