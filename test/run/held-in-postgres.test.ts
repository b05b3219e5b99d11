import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { openFileStore } from '../../src/journal/file-store.ts';
import { openPullSource, pullRun } from '../../src/journal/postgres/pull-run.ts';
import { shardedPlace } from '../../src/journal/run-folder.ts';
import type { JournalStore } from '../../src/journal/types.ts';
import { createModels } from '../../src/models/create-models.ts';
import { parseModelSpec } from '../../src/models/model-spec.ts';
import { loadPrompts } from '../../src/prompts/load-prompts.ts';
import { defaultSettings, prepareDebate } from '../../src/run/prepare.ts';
import { systemClock } from '../../src/run/system-clock.ts';
import { postgresForFile } from '../helpers/postgres.ts';
import { openedStore, preparedDatabase } from '../journal/postgres/open-stores.ts';
import { temporaryFolder } from '../journal/temporary-store.ts';

const postgres = postgresForFile();

async function holdIn(store: JournalStore): Promise<void> {
  const spec = parseModelSpec('simulator');
  const prompts = await loadPrompts({ promptRoot: 'prompts', scenario: 'us-dprk-talks', strategy: 'plain' });
  if (!spec.ok || !prompts.ok) throw new Error('no simulator or no prompts');
  const models = createModels(spec.value, new Map(), { environment: {} });
  if (!models.ok) throw new Error(models.failure.message);
  const run = await prepareDebate({
    ...{ store, name: 'talks', prompts: prompts.value, modelOf: models.value, version: '0.0.0' },
    ...{ clock: systemClock, jitter: () => 0.5, seed: 7 },
    settings: { ...defaultSettings, rounds: 2, stopEarly: false },
  });
  if (!run.ok) throw new Error(run.failure.message);
  await run.value.start();
}

const timeless = (journal: string) =>
  journal
    .replace(/^(\{"v":1,"number":\d+,"at":)"[^"]+"/gm, '$1')
    .replace(/"timing":\{"firstTokenMs":[\d.]+,"totalMs":[\d.]+/g, '"timing":{');

it('makes the same debate from the same seed in Postgres as in files, to the byte except times', async () => {
  const directory = await temporaryFolder();
  const address = await preparedDatabase(postgres());
  await holdIn(openFileStore({ directory, clock: systemClock }));
  await holdIn(openedStore(address));

  const pulled = await temporaryFolder();
  const pool = new pg.Pool({ connectionString: address });
  const source = openPullSource({ connection: pool, clock: systemClock });
  expect(await pullRun({ source, directory: pulled, clock: systemClock }, 'talks')).toEqual({
    ok: true,
    value: 'copied',
  });
  await pool.end();

  const ofFiles = await readFile(join(directory, 'talks', 'journal.jsonl'), 'utf8');
  const ofPostgres = await readFile(join(shardedPlace(pulled, 'talks'), 'journal.jsonl'), 'utf8');
  expect(ofFiles.split('\n').length).toBeGreaterThan(12);
  expect(timeless(ofPostgres)).toBe(timeless(ofFiles));
  expect(timeless(ofFiles)).not.toMatch(/\d\d:\d\d:\d\d\.\d{3}Z/);
});
