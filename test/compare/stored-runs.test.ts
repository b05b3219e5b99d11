import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareStoredRuns } from '../../src/compare/stored-runs.ts';
import { runDebate } from '../../src/index.ts';
import { parley, temporaryFolder } from '../e2e/parley.ts';

async function runsIn(folder: string, strategy: string, seeds: readonly number[]): Promise<void> {
  for (const seed of seeds) {
    const options = { strategy, seed, transcripts: folder, rounds: 1, judgeSamples: 1, model: 'simulator' };
    await (await runDebate(options)).result();
  }
}

test('runs of several folders are compared by strategy, paired by their seeds, and a copy counts once', async () => {
  const folder = await temporaryFolder();
  const [one, other] = [join(folder, 'one'), join(folder, 'other')];
  await runsIn(one, 'plain', [1, 2]);
  await runsIn(other, 'steelman', [2, 1]);
  const compared = await compareStoredRuns({
    places: [one, other, one],
    armsBy: 'strategy',
    isReported: true,
  });
  if (!compared.ok) throw new Error(compared.failure.message);
  const { comparison, measured, isWhole } = compared.value;
  expect(isWhole).toBe(true);
  expect(comparison.arms.map(({ arm, debates }) => [arm, debates])).toEqual([
    ['plain', 2],
    ['steelman', 2],
  ]);
  expect(comparison.pairs[0]?.contrasts[0]).toMatchObject({ cells: 2, missingCells: 0 });
  expect(measured.reported.map(({ measures }) => measures.cell.slice(-1))).toEqual(['1', '1', '2', '2']);

  const byFolder = await parley(['compare', '--runs', one, other, '--arms', 'folder', '--json']);
  expect(byFolder.code).toBe(0);
  expect(JSON.parse(byFolder.stdout).arms.map(({ arm }: { arm: string }) => arm)).toEqual(['one', 'other']);

  // Another run of the same plan has debates of the same names, in a folder of the same name: it is no copy.
  const again = join(folder, 'again', 'one');
  for (const seed of [1, 2]) {
    const named = { strategy: 'plain', seed, rounds: 1, judgeSamples: 1, model: 'simulator' };
    await (await runDebate({ ...named, transcripts: again, name: `debate-${seed}` })).result();
    await (await runDebate({ ...named, transcripts: join(folder, 'one'), name: `debate-${seed}` })).result();
  }
  const twice = { places: [one, again, other], isReported: true } as const;
  const both = await compareStoredRuns({ ...twice, armsBy: 'strategy' });
  if (!both.ok) throw new Error(both.failure.message);
  expect(both.value.comparison.arms.map(({ debates }) => debates)).toEqual([6, 2]);
  const names = both.value.measured.debates.map(({ debate }) => debate);
  expect(new Set(names).size).toBe(8);
  expect(names).toContain('again/one/debate-1');
  const apart = await compareStoredRuns({ ...twice, armsBy: 'folder' });
  expect(apart.ok && apart.value.comparison.arms.map(({ arm }) => arm)).toEqual([
    'again-one',
    expect.stringMatching(/-one$/),
    expect.stringMatching(/-other$/),
  ]);

  const alike = await parley(['compare', '--runs', one, '--fail-if', 'C < 0.1']);
  expect(alike).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('all runs are of one strategy, plain'),
  });
  const gated = await parley(['compare', '--runs', one, '--runs', other, '--fail-if', 'C < 1.1']);
  expect(gated.code).toBe(4);
  expect(gated.stderr).toContain('Failed: plain: C is');
  await rm(folder, { recursive: true });
});
