import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { expandPlan } from '../../src/batch/expand-plan.ts';
import { parsePlan } from '../../src/batch/parse-plan.ts';
import type { Debate } from '../../src/debate/debate.ts';
import { fold } from '../../src/debate/debate.ts';
import { judgeOfSample } from '../../src/debate/judges.ts';
import { fork, listRuns, report, resume, runBatch, runDebate, score } from '../../src/index.ts';
import { readRun } from '../../src/run/catalogue/open-runs.ts';
import { type ChatRequest, startProviderServer } from '../helpers/provider-server.ts';
import { debating, taskOf } from './debates.ts';

/** One judge reads everyone two points higher than the other, where the scale is upright. */
function twoReaders(request: ChatRequest): string {
  const reply = debating(request);
  if (taskOf(request) !== 'judge' || request.model !== 'second') return reply;
  const { readings, ...lists } = JSON.parse(reply) as { readings: { position: number }[] };
  return JSON.stringify({
    ...lists,
    readings: readings.map((reading) => ({ ...reading, position: Math.abs(reading.position - 1.5) })),
  });
}

async function place() {
  const transcripts = await mkdtemp(join(tmpdir(), 'judges-'));
  onTestFinished(() => rm(transcripts, { recursive: true, force: true }));
  const server = await startProviderServer({ answer: twoReaders });
  const models = {
    model: 'simulator',
    environment: { OPENAI_API_KEY: 'sk-test' },
    baseUrl: server.baseUrl,
    price: { input: 1, output: 2, cachedInput: 1 },
  };
  const judge = ['openai:first', 'openai:second'];
  const readBy = (model: string) =>
    server.requests.filter((request) => taskOf(request) === 'judge' && request.model === model).length;
  return { transcripts, server, models, judge, readBy, debate: { rounds: 1, seed: 1, stopEarly: false } };
}

const lastJudge = ({ verdicts }: Debate) => verdicts.at(-1)?.convergence?.judge;

describe('several judges', () => {
  test('share the readings, each sample with the judge that read it, and their disagreement widens the interval', async () => {
    const { models, judge, readBy, debate: settings } = await place();
    const debate = await (await runDebate({ ...settings, ...models, judge, judgeSamples: 4 })).result();
    expect([readBy('first'), readBy('second')]).toEqual([2, 2]);
    const [verdict] = debate.verdicts;
    expect(verdict?.samples.map((sample) => sample.judge)).toEqual([
      'openai:first',
      'openai:second',
      'openai:second',
      'openai:first',
    ]);
    // Each judge sees the scale both ways up.
    for (const spec of judge) {
      const ways = verdict?.samples.filter((sample) => sample.judge === spec).map(({ reversed }) => reversed);
      expect(ways?.sort()).toEqual([false, true]);
    }
    expect(verdict?.calls.map(({ model }) => model).sort()).toEqual([...judge, ...judge].sort());
    expect(Object.keys(debate.started.models)).toEqual(expect.arrayContaining(['judge', 'judge-2']));
    expect(lastJudge(debate)).toMatchObject({ judges: 2, samples: 4 });
    expect(lastJudge(debate)?.votes).toBeCloseTo(2 / 1.44, 6);
    const alone = await (
      await runDebate({ ...settings, ...models, judge: 'openai:first', judgeSamples: 4 })
    ).result();
    const width = (of: Debate) => {
      const interval = of.verdicts.at(-1)?.convergence?.interval;
      return interval ? interval.high - interval.low : 1;
    };
    expect(width(debate)).toBeGreaterThan(1.5 * width(alone));
    expect(lastJudge(alone)).toMatchObject({ judges: 1, votes: 1 });
    expect(alone.verdicts[0]?.samples.every(({ judge: of }) => of === undefined)).toBe(true);
  });

  test('each of them reads, however few readings were asked for', async () => {
    const { models, judge, readBy, debate: settings } = await place();
    const debate = await (await runDebate({ ...settings, ...models, judge, judgeSamples: 1 })).result();
    expect(debate.started.settings.judgeSamples).toBe(2);
    expect([readBy('first'), readBy('second')]).toEqual([1, 1]);
  });

  test('go on in a resumed debate and in a fork, until others are named', async () => {
    const { transcripts, models, judge, debate: settings } = await place();
    const run = await runDebate({ ...settings, ...models, judge, judgeSamples: 2, transcripts, name: 'two' });
    await run.result();
    const { model: _, ...before } = models;
    const stored = { run: 'two', transcripts, ...before };
    const longer = await (await resume({ ...stored, rounds: 2 })).result();
    expect(longer.verdicts.map((verdict) => verdict.samples.map((sample) => sample.judge))).toEqual([
      judge,
      judge,
    ]);
    const forked = await (await fork({ ...stored, turn: 2, name: 'forked' })).result();
    expect(forked.verdicts[0]?.samples.map((sample) => sample.judge)).toEqual(judge);
    const single = await (await resume({ ...stored, rounds: 3, judge: 'openai:third' })).result();
    expect(single.models).not.toHaveProperty('judge-2');
    expect(single.verdicts[2]?.calls.map(({ model }) => model)).toEqual(['openai:third', 'openai:third']);
  });

  test('stand in reports with what they are worth; one that also speaks is named', async () => {
    const { transcripts, models, judge, debate: settings } = await place();
    const options = { ...settings, ...models, model: 'openai:first', judge, judgeSamples: 2 };
    await (await runDebate({ ...options, transcripts, name: 'own-words' })).result();
    const stored = { run: 'own-words', transcripts };
    const sentences = [
      'The interval holds a default error of 0.16 points: not all of these judges were validated.',
      'about 1.4 independent votes',
      'openai:first reads the positions and also speaks here',
    ];
    for (const format of ['md', 'html'] as const) {
      const text = await report({ ...stored, format });
      for (const sentence of sentences) expect(text).toContain(sentence);
    }
    const value = JSON.parse(await report({ ...stored, format: 'json' }));
    expect(value.judge).toMatchObject({ specs: judge, alsoSpeaks: ['openai:first'], votes: 2 / 1.44 });
    const [own] = await score({ files: ['own-words'], transcripts });
    expect(own?.scored.judge).toMatchObject({ kind: 'run', specs: judge, alsoSpeaks: ['openai:first'] });
  });

  test('read a transcript together', async () => {
    const { transcripts, models, judge, readBy, debate: settings } = await place();
    await (await runDebate({ ...settings, model: 'simulator', transcripts, name: 'read-anew' })).result();
    const [scored] = await score({ files: ['read-anew'], transcripts, ...models, judge, judgeSamples: 2 });
    expect(scored?.scored.verdicts[0]?.samples.map((sample) => sample.judge)).toEqual(judge);
    expect(scored?.scored.judge).toMatchObject({ kind: 'model', specs: judge, alsoSpeaks: [] });
    expect([readBy('first'), readBy('second')]).toEqual([1, 1]);
  });

  test('are named in a plan as a list, and its debates, their limits and their cost know them all', async () => {
    const { transcripts, models, judge, readBy } = await place();
    const plan = join(transcripts, 'plan.yaml');
    await writeFile(
      plan,
      `arms: [{id: plain, strategy: plain}]\njudge: [${judge.join(', ')}]\nscenarios: [us-dprk-talks]\nrepeats: 2\ndebate: {rounds: 1, judgeSamples: 2}\n`,
    );
    const { environment, baseUrl, price } = models;
    const batch = { plan, transcripts: join(transcripts, 'runs'), environment, baseUrl, price };
    const result = await runBatch(batch);
    expect(result).toMatchObject({ planned: 2, done: 2, failed: 0 });
    expect([readBy('first'), readBy('second')]).toEqual([2, 2]);
    let usd = 0;
    for await (const listed of listRuns({ transcripts: batch.transcripts })) {
      if (!listed.ok) throw new Error(listed.failure.message);
      const stored = await readRun(batch.transcripts, listed.run);
      const debate = stored.ok ? fold(stored.value.events) : null;
      expect(debate?.models['judge-2']?.spec).toBe('openai:second');
      usd += debate?.totals.costUsd ?? 0;
    }
    expect(result.usd).toBeCloseTo(usd, 9);
    expect(usd).toBeGreaterThan(0);
    const again = await runBatch({ ...batch, judge: 'openai:first' });
    expect(again).toMatchObject({ planned: 2, done: 2 });
    expect(readBy('first')).toBe(2 + 4);
  });

  test('a list of one is the plan that names it alone; a model named twice is refused', () => {
    const parsed = (judge: string) =>
      parsePlan(
        `arms: [{id: plain, strategy: plain}]\nscenarios: [us-dprk-talks]\njudge: ${judge}\n`,
        'p.yaml',
      );
    const ids = (judge: string) => {
      const plan = parsed(judge);
      if (!plan.ok) throw new Error(plan.faults[0]?.message);
      return [...expandPlan(plan.plan)].flatMap(({ debates }) => debates.map(({ id }) => id));
    };
    expect(ids('[openai:x]')).toEqual(ids('openai:x'));
    expect(ids('[openai:x, openai:y]')).not.toEqual(ids('openai:x'));
    const twice = parsed('[openai:x, "openai:x#temperature=0.2"]');
    expect(twice).toMatchObject({ ok: false, faults: [{ line: 3 }] });
    expect(parsed('[openai:x, nobody:y]')).toMatchObject({ ok: false, faults: [{ line: 3 }] });
  });

  test.each([1, 2, 3, 4, 5])('%d of them take turns, equally often and both ways up', (count) => {
    const judges = Array.from({ length: count }, (_, place) => place);
    const read = Array.from({ length: 2 * count }, (_, sample) => judgeOfSample(judges, sample));
    for (const judge of judges) {
      const samples = read.flatMap((of, sample) => (of === judge ? [sample % 2] : []));
      expect(samples.sort()).toEqual([0, 1]);
    }
  });
});
