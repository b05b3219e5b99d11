import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { labelsShown } from '../../src/cli/labels-shown.ts';
import { runDebate } from '../../src/index.ts';
import { labelCases, labelSummary, openLabels } from '../../src/score/labels.ts';

test('labels given at the screen are those that parley label reads, in its order and file', async () => {
  const transcripts = await mkdtemp(join(tmpdir(), 'labels-'));
  onTestFinished(() => rm(transcripts, { recursive: true, force: true }));
  const running = await runDebate({ transcripts, name: 'read', rounds: 1, seed: 1, model: 'simulator' });
  const debate = await running.result();
  const { labels } = labelsShown(transcripts, 'read');
  const quotes = (await labels?.quotes()) ?? [];
  if (typeof quotes === 'string') throw new Error(quotes);
  const cases = labelCases(debate, []);
  expect(quotes).toEqual(
    cases.map(({ speaker, issue, turn, quote }) => ({ speaker, issue: issue.id, turn, quote })),
  );
  const [first, second] = quotes;
  if (!labels || !first || !second) throw new Error('there are two quotes');
  expect(await labels.keep(first, 5)).toBeNull();
  expect(await labels.keep(second, null)).toBeNull();
  expect((await labels.quotes()).slice(0, 2)).toEqual([
    { ...first, position: 5 },
    { ...second, position: null },
  ]);
  const kept = openLabels(join(transcripts, 'read'));
  if (!kept.ok) throw new Error(kept.failure.message);
  expect(labelSummary(debate, kept.value.entries)).toMatchObject({ labels: 2, noStand: 1 });
  kept.value.close();
  expect((await readFile(join(transcripts, 'read', 'labels.jsonl'), 'utf8')).split('\n')).toHaveLength(3);
  expect(labelsShown(transcripts, 'no-such-run')).toEqual({});
  expect(labelsShown('postgres://u@h/d', 'read')).toEqual({});
});
