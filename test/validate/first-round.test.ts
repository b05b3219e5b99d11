import { expect, test } from 'vitest';
import { firstRoundReport } from '../../bench/validate/first-round.ts';

test('stored debates are counted by whether they have a number after their first round, with what was not read', async () => {
  const { text, isKept } = await firstRoundReport(['transcripts/samples', 'test/fixtures/journals']);
  expect(text).toMatch(/^us-dprk-talks +simulator +78% +0\.28 +\d of 4 .*state-department on testing/m);
  const [, numbered, of] = /A number after round 1: (\d+) of (\d+) debates/.exec(text) ?? [];
  expect(Number(of)).toBe(4);
  expect(isKept).toBe(Number(numbered) / Number(of) >= 0.9);
  await expect(firstRoundReport(['/nowhere/at/all'])).resolves.toMatchObject({ isKept: false });
});
