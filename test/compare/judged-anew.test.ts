import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAnew } from '../../src/compare/judged-anew.ts';
import { compareStoredRuns, type StoredRun } from '../../src/compare/stored-runs.ts';
import { runDebate } from '../../src/index.ts';
import { folderOf } from '../../src/journal/run-folder.ts';
import { createModel } from '../../src/models/create-models.ts';
import type { ModelHandle } from '../../src/models/types.ts';
import { chooseJudge } from '../../src/score/score-transcripts.ts';
import { parley } from '../e2e/parley.ts';

let folder: string;
const rounds = 2;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-anew-'));
  const scenario = resolve('test/fixtures/scenarios/harbour-water');
  for (const strategy of ['plain', 'steelman']) {
    for (const seed of [1, 2]) {
      const options = { scenario, strategy, seed, transcripts: folder, rounds, judgeSamples: 1 };
      await (await runDebate({ ...options, model: 'simulator', stopEarly: false })).result();
    }
  }
});
afterAll(() => rm(folder, { recursive: true }));

/** The simulator as a judge with a price, which counts what it is asked. */
function counted(spec = 'counted'): { model: ModelHandle; calls(): number } {
  const simulator = createModel({ provider: 'simulator', name: '' }, { environment: {} });
  if (!simulator.ok) throw new Error(simulator.failure.message);
  let calls = 0;
  return {
    model: {
      ...{ ...simulator.value, spec, price: { input: 1, cachedInput: 1, output: 1 } },
      async chatModel(...given) {
        const own = await simulator.value.chatModel(...given);
        return {
          stream(messages, options) {
            calls += 1;
            return own.stream(messages, options);
          },
        };
      },
    },
    calls: () => calls,
  };
}

const judgeOf = async (model: ModelHandle, samples = 2) => {
  const options = { samples, settings: { environment: {} }, signal: new AbortController().signal };
  const judge = await chooseJudge([model], options);
  if (!judge.ok) throw new Error(judge.failure.message);
  return judge.value;
};

const journals = (runs: readonly StoredRun[]) =>
  Promise.all(
    runs.map(({ name }) => readFile(join(folderOf(folder, name) as string, 'journal.jsonl'), 'utf8')),
  );

/** Compares the runs as this judge reads them. */
async function comparedBy(model: ModelHandle, { samples = 2, budgetUsd = null as number | null } = {}) {
  const judge = await judgeOf(model, samples);
  let unread = -1;
  let estimated = { calls: -1, costUsd: null as number | null };
  let isStopped = false;
  const compared = await compareStoredRuns({
    ...{ places: [folder], armsBy: 'strategy' as const, isReported: false },
    async readAnew(runs) {
      const opened = await openAnew(runs, judge);
      if (!opened.ok) return opened;
      unread = opened.value.unread;
      estimated = opened.value.estimate;
      const before = await journals(runs);
      const signal = new AbortController().signal;
      const read = await opened.value.read({ budgetUsd, atOnce: 4, signal });
      opened.value.close();
      expect(await journals(runs)).toEqual(before);
      if (read.ok) isStopped = read.value.isStopped;
      return read;
    },
  });
  return { compared, unread, estimated, isStopped };
}

describe('stored runs that one judge reads anew', () => {
  test('say first what it takes, are read once, and are compared as that judge read them', async () => {
    const { model, calls } = counted();
    const first = await comparedBy(model);
    expect(first.unread).toBe(4);
    expect(first.estimated.calls).toBe(4 * rounds * 2);
    expect(first.estimated.costUsd).toBeGreaterThan(0);
    expect(calls()).toBe(4 * rounds * 2);
    if (!first.compared.ok) throw new Error(first.compared.failure.message);
    const { comparison, measured, isWhole } = first.compared.value;
    expect(comparison.title).toContain('by strategy, read by counted');
    expect(comparison.warnings.join(' ')).not.toContain('different judges');
    expect(isWhole).toBe(true);
    expect(measured.debates.map(({ principals }) => principals)).not.toContain(null);

    const again = counted();
    const second = await comparedBy(again.model);
    expect([second.unread, again.calls()]).toEqual([0, 0]);
    expect(second.compared.ok && second.compared.value.comparison).toEqual(comparison);
  });

  test('are read again by another judge, and with another number of samples', async () => {
    const { model, calls } = counted('counted-too');
    await comparedBy(model, { samples: 1 });
    expect(calls()).toBe(4 * rounds);
    await comparedBy(model, { samples: 2 });
    expect(calls()).toBe(4 * rounds + 4 * rounds * 2);
  });

  test('leave out what the budget did not reach, and go on from there', async () => {
    const { model, calls } = counted('poor');
    const one = await comparedBy(model, { samples: 1, budgetUsd: 1e-9 });
    expect(one.isStopped).toBe(true);
    expect(calls()).toBe(1);
    expect(one.compared).toMatchObject({ ok: false, failure: { reason: 'no-debates' } });
    const rest = await comparedBy(model, { samples: 1 });
    expect(calls()).toBe(4 * rounds);
    expect(rest.compared.ok && rest.compared.value.comparison.warnings.join(' ')).not.toContain('left out');
  });

  test('on the command line', async () => {
    const { code, stdout, stderr } = await parley([
      ...['compare', '--runs', folder, '--judge', 'simulator', '--judge-samples', '1', '--json'],
    ]);
    expect(stderr).toContain('4 of 4 runs are still to be read by this judge');
    expect(stderr).toContain('Judge: simulator, as asked with --judge: one reading after each round.');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).title).toContain('read by simulator');
  });
});
