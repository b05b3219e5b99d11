import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { thisHolder } from '../../src/journal/holder.ts';
import { opened, stored } from './store-suite.ts';
import { temporaryStore } from './temporary-store.ts';

// As on exFAT, which knows no hard links.
vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof import('node:fs/promises')>()),
  link: async () => {
    throw Object.assign(new Error('EPERM: operation not permitted, link'), {
      code: 'EPERM',
      syscall: 'link',
    });
  },
}));

it('locks, refuses and takes over also where the disk knows no hard links', async () => {
  const { directory, store } = await temporaryStore();
  await stored(store, 'run');
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => store.open('run')));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  for (const outcome of outcomes) if (outcome.ok) await outcome.value.close();

  const stale = { ...(await thisHolder(0)), pid: process.ppid, began: 'another time' };
  await writeFile(join(directory, 'run', 'lock'), JSON.stringify(stale));
  await (await opened(store, 'run')).close();
  expect((await readdir(join(directory, 'run'))).sort()).toEqual(['journal.jsonl', 'prompts.txt']);
});
