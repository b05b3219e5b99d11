import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { expandPlan, type Fingerprints } from '../../src/batch/expand-plan.ts';
import { parsePlan } from '../../src/batch/parse-plan.ts';
import { entryFor, readLedger } from '../../src/batch/planned-debate.ts';
import { batchPlace, openManifest } from '../../src/run/catalogue/manifest.ts';
import type { RunSummary } from '../../src/run/catalogue/run-summary.ts';
import { journalBytes } from '../../src/run/catalogue/stored-run.ts';
import { created, stored } from '../journal/store-suite.ts';
import { temporaryStore } from '../journal/temporary-store.ts';

const parsed = parsePlan(
  'arms:\n  - {id: a, strategy: plain}\nscenarios: [water-rights]\nrepeats: 6\n',
  'plan.yaml',
);
if (!parsed.ok) throw new Error('a plan for tests must be whole');
const { plan } = parsed;

const summary = (changes: Partial<RunSummary> = {}): RunSummary => ({
  ...{ debate: 'd', scenario: 'noted', strategy: 'plain', models: ['simulator'], simulated: true },
  ...{ ending: 'converged', detail: '', rounds: 1, turns: 6, convergence: 0.5, calls: 8 },
  ...{ inputTokens: 600, outputTokens: 400, costUsd: 0.5, unpricedCalls: 0 },
  ...{ startedAt: '2026-11-01T12:00:00.000Z', events: 10 },
  ...changes,
});

describe('a debate stands by its ending', () => {
  test.each([
    ['converged', 'done'],
    ['failed', 'failed'],
    ['stopped', 'unfinished'],
    [null, 'unfinished'],
  ] as const)('%s as %s', (ending, state) => {
    const noted = summary({ ending, detail: 'no key' });
    const why = state === 'failed' ? { why: 'no key' } : {};
    expect(entryFor(noted, plan.settings)).toEqual({ state, summary: noted, ...why });
  });

  test.each([
    { budgetUsd: null, budgetTokens: null, state: 'unfinished' },
    { budgetUsd: 0.5, budgetTokens: null, state: 'done' },
    { budgetUsd: 0.51, budgetTokens: null, state: 'unfinished' },
    { budgetUsd: null, budgetTokens: 1000, state: 'done' },
    { budgetUsd: null, budgetTokens: 1001, state: 'unfinished' },
    { budgetUsd: 0.4, budgetTokens: 2000, state: 'done' },
    { budgetUsd: 1, budgetTokens: 900, state: 'done' },
  ])('budget as $state of $budgetUsd dollars and $budgetTokens tokens', ({ state, ...budget }) => {
    const noted = summary({ ending: 'budget' });
    expect(entryFor(noted, { ...plan.settings, ...budget }).state).toBe(state);
  });
});

test('a plan is looked up in the manifest where that is fresh, and in the journals elsewhere', async () => {
  const { store, directory, pathOf } = await temporaryStore();
  const fingerprints: Fingerprints = { article: (scenario) => scenario, prompts: () => 'same' };
  const ids = [...expandPlan(plan, fingerprints)].flatMap(({ debates }) => debates.map(({ id }) => id));
  const [fresh = '', grown = '', unnoted = '', empty = '', damaged = '', absent = ''] = ids;
  for (const id of [fresh, grown, unnoted]) await stored(store, id);
  await (await created(store, empty)).close();
  await stored(store, damaged);
  const place = batchPlace(directory, 'plan');
  const manifest = await openManifest(place, { title: 'plan', planned: 4 });
  const note = { arm: 'a', cell: 'c', article: 'own' };
  const bytesOf = (id: string) => journalBytes(directory, id) ?? 0;
  await manifest.add({ ...note, debate: fresh, summary: summary({ debate: fresh }), bytes: bytesOf(fresh) });
  await manifest.add({
    ...note,
    debate: grown,
    summary: summary({ debate: grown }),
    bytes: bytesOf(grown) - 1,
  });
  await manifest.add({ ...note, debate: unnoted, summary: null, bytes: bytesOf(unnoted) });
  await manifest.add({ ...note, debate: absent, summary: summary({ debate: absent }), bytes: 100 });
  await manifest.close();
  const lines = (await readFile(pathOf(damaged), 'utf8')).split('\n');
  await writeFile(pathOf(damaged), lines.slice(1).join('\n'));

  const ledger = await readLedger(plan, { store, place, fingerprints });
  expect([...ledger.keys()]).toEqual([fresh, grown, unnoted, empty, damaged]);
  expect(ledger.get(fresh)).toMatchObject({ state: 'done', summary: { scenario: 'noted' } });
  for (const id of [grown, unnoted]) {
    const entry = ledger.get(id);
    expect(entry).toMatchObject({ state: 'done', summary: { scenario: 'reservoir' } });
  }
  expect(ledger.get(empty)).toEqual({ state: 'empty' });
  expect(ledger.get(damaged)).toMatchObject({
    state: 'failed',
    summary: null,
    why: expect.stringMatching(/\w/),
  });
});
