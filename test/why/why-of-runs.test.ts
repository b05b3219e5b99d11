import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fold } from '../../src/debate/debate.ts';
import { renderReport } from '../../src/report/render-report.ts';
import { whySummaryText } from '../../src/report/why-text.ts';
import { openManifest } from '../../src/run/catalogue/manifest.ts';
import { openRuns, readRun } from '../../src/run/catalogue/open-runs.ts';
import { modelsOf } from '../../src/run/given-models.ts';
import { runDebate } from '../../src/run/run-debate.ts';
import { why } from '../../src/why/explain-stored.ts';
import { storedWhy } from '../../src/why/explanations.ts';
import { openWhyOfRuns, runsOfPlan } from '../../src/why/why-of-runs.ts';

let transcripts: string;

beforeAll(async () => {
  transcripts = await mkdtemp(join(tmpdir(), 'parley-whys-'));
  for (const [name, seed, rounds] of [
    ['one', 3, 3],
    ['two', 4, 3],
    ['still', 3, 1],
  ] as const) {
    const running = await runDebate({ transcripts, name, seed, rounds, judgeSamples: 1, stopEarly: false });
    await running.result();
  }
});
afterAll(() => rm(transcripts, { recursive: true, force: true }));

const asked = {
  ...{ shifts: [1], issue: null, repeats: 3, otherMouth: false, sentences: 0, judgeSamples: 1 },
  ...{ budgetUsd: null, concurrency: 4 },
};

test('several runs share one request: a run without shifts is left out, and nothing is asked twice', async () => {
  const { store } = await runs();
  const named = ['one', 'two', 'still'].map((name) => ({ store, name }));
  const opened = await openWhyOfRuns(named, asked, modelsOf({}));
  if (!opened.ok) throw new Error(opened.failure.message);
  expect(opened.value).toMatchObject({ runs: 2, shifts: 2, leftOut: [{ run: 'still' }] });
  const told: string[] = [];
  const signal = new AbortController().signal;
  const first = await opened.value.explain({ signal, onProgress: ({ run }) => told.push(run) });
  if (!first.ok) throw new Error(first.failure.message);
  expect(told.filter((run) => run === 'one')).toHaveLength(12);
  expect(told.filter((run) => run === 'two')).toHaveLength(12);
  expect(first.value).toMatchObject({ ended: 'done', summary: { debates: 2, all: { explained: 2 } } });
  expect(whySummaryText(first.value.explained, first.value.summary)).toMatch(
    /everybody .+ 2 of \d+ explained/,
  );
  const again = await opened.value.explain({ signal, onProgress: ({ run }) => told.push(run) });
  expect(told).toHaveLength(24);
  expect(again).toEqual(first);
});

test('the library explains a run, and its report then says why, in every format', async () => {
  const progress: string[] = [];
  const { ended, runs } = await why({
    ...{ runs: ['one'], transcripts, shifts: [1], answers: 3 },
    onProgress: ({ run, condition }) => progress.push(`${run} ${condition}`),
  });
  expect({ ended, run: runs[0]?.run }).toEqual({ ended: 'done', run: 'one' });
  expect(runs[0]?.explanations[0]?.causes).not.toBeNull();
  const stored = await readRun(transcripts, 'one');
  const debate = stored.ok ? fold(stored.value.events) : null;
  if (!stored.ok || !debate) throw new Error('the run is there');
  const known = storedWhy(transcripts, 'one', debate);
  expect(known?.[0]).toEqual(runs[0]?.explanations[0]);
  const render = (format: 'md' | 'html' | 'json', asked = known) =>
    renderReport(stored.value.events, { format, notes: false, why: asked }) ?? '';
  expect(render('md')).toMatch(/## Why they moved[\s\S]*\| [+−]?\d\.\d \([+−]?\d\.\d to [+−]?\d\.\d\) \|/);
  expect(render('html')).toContain('<h2 id="why-h">Why they moved</h2>');
  expect(JSON.parse(render('json')).why[0].causes.real.points).toBeTypeOf('number');
  expect(render('md', null)).not.toContain('Why they moved');
  expect(storedWhy(transcripts, 'still', debate)).toBeNull();
});

test('a budget that is used up begins no further run', async () => {
  const { store } = await runs();
  const dear = modelsOf({ price: { input: 100, cachedInput: 100, output: 100 } });
  const named = ['one', 'two'].map((name) => ({ store, name }));
  const more = { ...asked, shifts: [2], budgetUsd: 0.5, concurrency: 1 };
  const opened = await openWhyOfRuns(named, more, async (personas, before) => {
    const chosen = await dear(personas, before);
    if (!chosen.ok) return chosen;
    const price = { input: 100, cachedInput: 100, output: 100 };
    return {
      ...chosen,
      value: { ...chosen.value, modelOf: (role) => ({ ...chosen.value.modelOf(role), price }) },
    };
  });
  if (!opened.ok) throw new Error(opened.failure.message);
  const told: string[] = [];
  const result = await opened.value.explain({
    signal: new AbortController().signal,
    onProgress: ({ run }) => told.push(run),
  });
  expect(result).toMatchObject({ ok: true, value: { ended: 'budget' } });
  expect(told).not.toContain('two');
});

test('the runs of a plan are those of its batches, or of a folder', async () => {
  const manifest = await openManifest(join(transcripts, '.batches', 'small-plan-0123456789'), {
    ...{ title: 'small plan', planned: 2 },
  });
  for (const debate of ['two', 'one', 'one'])
    await manifest.add({ debate, arm: 'a', cell: 'c', article: 't', summary: null, bytes: 0 });
  await manifest.close();
  const names = async (given: string) => {
    const found = await runsOfPlan(given, transcripts);
    return found.ok ? found.value.map(({ name }) => name) : found.failure.reason;
  };
  expect(await names('plans/small-plan.yaml')).toEqual(['one', 'two']);
  expect(await names('plan.yaml')).toBe('no-debates');
  expect(await names(transcripts)).toEqual(['one', 'still', 'two']);
});

async function runs() {
  const opened = await openRuns(transcripts);
  if (!opened.ok) throw new Error(opened.failure.message);
  return opened.value;
}
