import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { findRun, keepList } from '../../../src/run/catalogue/find-run.ts';
import { readRun } from '../../../src/run/catalogue/open-runs.ts';
import { debateEvents } from '../../helpers/debate-events.ts';

let folder = '';

/** Stored runs by name, each written a minute after the one before. */
async function store(...names: string[]): Promise<void> {
  for (const [place, name] of names.entries()) {
    const journal = join(folder, name, 'journal.jsonl');
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(
      journal,
      debateEvents({})
        .map((event) => `${JSON.stringify(event)}\n`)
        .join(''),
    );
    await utimes(journal, 1_700_000_000 + 60 * place, 1_700_000_000 + 60 * place);
  }
}

async function found(given: string): Promise<string> {
  const run = await findRun(given, folder);
  return run.ok ? run.value.name : `${run.failure.reason}: ${run.failure.message.replaceAll(folder, 'HERE')}`;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-find-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

describe('a run is found', () => {
  test('by its whole name, even where others begin with it', async () => {
    await store('talk', 'talk-two');
    expect(await found('talk')).toBe('talk');
  });

  test('by a beginning that no other has', async () => {
    await store('2026-11-30-1705-us-dprk', '2026-12-01-0900-tram');
    expect(await found('2026-12')).toBe('2026-12-01-0900-tram');
  });

  test('as latest: the one last written, whatever its name', async () => {
    await store('zebra', 'middle', 'aardvark');
    expect(await found('latest')).toBe('aardvark');
  });

  test('by its number in the last list, in the order of that list', async () => {
    await store('one', 'two', 'three');
    await keepList(folder, ['three', 'one']);
    expect([await found('#1'), await found('#2'), await found('@2')]).toEqual(['three', 'one', 'one']);
    expect(await found('#3')).toMatch(/^no-list: The last list of HERE has 2 runs, and no #3\./);
  });

  test('by the path of its folder or journal, wherever runs are looked for', async () => {
    await store('talk');
    for (const given of [join(folder, 'talk'), join(folder, 'talk', 'journal.jsonl')])
      expect(await findRun(given, 'elsewhere')).toEqual({ ok: true, value: { folder, name: 'talk' } });
  });
});

describe('a run is not found', () => {
  test('by a beginning of several, which are named', async () => {
    await store('talk-a', 'talk-b', 'talk-c', 'talk-d', 'talk-e');
    expect(await found('talk')).toBe(
      'ambiguous-run: talk matches 5 runs: talk-a, talk-b, talk-c, talk-d and 1 more. Give more of the name.',
    );
  });

  test('by a name that is nearly right, with the one that is meant, as the store says it too', async () => {
    await store('night-run', 'other');
    const nearly = 'not-found: There is no run nigth-run in HERE. Did you mean night-run?';
    expect(await found('nigth-run')).toBe(nearly);
    expect(await found('latset')).toBe('not-found: There is no run latset in HERE. Did you mean latest?');
    const read = await readRun(folder, 'nigth-run');
    expect(read.ok ? '' : read.failure.message).toBe(
      `There is no run nigth-run in ${folder}. Did you mean night-run?`,
    );
  });

  test('as latest where there is none, or by a number where no list was shown', async () => {
    expect(await found('latest')).toBe('not-found: There is no run in HERE yet.');
    expect(await found('#1')).toBe('no-list: No list of the runs in HERE is known, so it has no #1.');
  });
});
