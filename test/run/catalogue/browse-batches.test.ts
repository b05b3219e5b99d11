import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { thisHolder } from '../../../src/journal/holder.ts';
import { takeLock } from '../../../src/journal/lock.ts';
import { browseBatches } from '../../../src/run/catalogue/browse-batches.ts';
import { browseRuns } from '../../../src/run/catalogue/browse-runs.ts';
import { openManifest } from '../../../src/run/catalogue/manifest.ts';
import { temporaryFolder } from '../../e2e/parley.ts';
import { debateEvents } from '../../helpers/debate-events.ts';

const entry = (debate: string, arm: string) => ({
  ...{ debate, arm, cell: 'c', article: 'a', summary: null, bytes: 0 },
});

test('a batch is what its note and its manifest say, and grows with the manifest', async () => {
  const transcripts = await temporaryFolder();
  const place = join(transcripts, '.batches', 'my-plan-0123456789');
  const manifest = await openManifest(place, { title: 'Mine, “first”', planned: 3 });
  await manifest.add(entry('one', 'plain'));
  const look = browseBatches(transcripts);
  const [first] = await look();
  expect(first).toMatchObject({
    id: 'my-plan-0123456789',
    title: 'Mine, “first”',
    planned: 3,
    isLive: false,
  });
  expect([...(first?.arms ?? [])]).toEqual([['one', 'plain']]);
  expect((await look())[0]).toBe(first);
  // A line that is still being written is taken once it is whole.
  const line = JSON.stringify(entry('deux "2"', 'ärm'));
  await appendFile(join(place, 'manifest.jsonl'), line.slice(0, 30));
  expect((await look())[0]).toBe(first);
  await appendFile(join(place, 'manifest.jsonl'), `${line.slice(30)}\n`);
  const [second] = await look();
  expect(second).not.toBe(first);
  expect([...(second?.arms ?? [])]).toEqual([
    ['one', 'plain'],
    ['deux "2"', 'ärm'],
  ]);
  await manifest.close();
});

test('a batch that a process holds is live, and one without a note is named for its plan', async () => {
  const transcripts = await temporaryFolder();
  const place = join(transcripts, '.batches', 'steelman-4d7f7d5fb6');
  await mkdir(place, { recursive: true });
  const look = browseBatches(transcripts);
  expect(await look()).toEqual([
    { id: 'steelman-4d7f7d5fb6', title: 'steelman', planned: null, isLive: false, arms: new Map() },
  ]);
  const lock = await takeLock(place, await thisHolder(Date.now()));
  if ('heldBy' in lock) throw new Error('the lock was not given');
  expect(await look()).toMatchObject([{ isLive: true }]);
  await lock.release();
  await writeFile(join(place, 'batch.json'), '{"title": 7}');
  expect(await look()).toMatchObject([{ isLive: false, title: 'steelman' }]);
  await rm(place, { recursive: true });
  expect(await look()).toEqual([]);
});

test('a run knows the batch that began it', async () => {
  const transcripts = await temporaryFolder();
  const manifest = await openManifest(join(transcripts, '.batches', 'p'), { title: 'P', planned: 1 });
  await manifest.add(entry('of-the-batch', 'plain'));
  await manifest.close();
  for (const name of ['of-the-batch', 'alone']) {
    await mkdir(join(transcripts, name));
    const lines = debateEvents({ rounds: 1 }).map((event) => `${JSON.stringify(event)}\n`);
    await writeFile(join(transcripts, name, 'journal.jsonl'), lines.join(''));
  }
  const browser = browseRuns(transcripts);
  await browser.look(new AbortController().signal, () => {});
  expect(browser.batches).toMatchObject([{ title: 'P', planned: 1 }]);
  const batches = browser.runs.map(({ run, batch }) => `${run}: ${batch}`).sort();
  expect(batches).toEqual(['alone: null', 'of-the-batch: p']);
});
