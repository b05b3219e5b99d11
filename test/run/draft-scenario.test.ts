import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkScenario } from '../../src/prompts/list-prompts.ts';
import { loadPrompts } from '../../src/prompts/load-prompts.ts';
import { draftScenario, estimateDraft, tryOnSimulator } from '../../src/run/draft-scenario.ts';
import { draft, persona } from '../helpers/meadow-draft.ts';
import { scripted, surroundings } from '../helpers/scripted-drafter.ts';
import { put, temporaryFolder } from '../prompts/scenario-folder.ts';
import { driveDebate } from '../simulator/debate-driver.ts';

const article = {
  title: 'Who gets the meadow?',
  source: 'Valley News',
  date: '2026-04-01',
  licence: '',
  sha256: 'a'.repeat(64),
  passages: [
    {
      number: 1,
      text: 'The council owns a meadow of nine hectares below the mill and has to lease it again in May.',
    },
    {
      number: 2,
      text: 'A dairy farmer has cut hay there since 1994. A cycling club wants a track, and 310 people have signed for it.',
    },
    { number: 3, text: 'Storks were seen on the wet half in two of the last three springs.' },
  ],
};

describe('drafting a scenario from an article', () => {
  test('writes files that check, run, and say why each scale runs as it does', async () => {
    const folder = join(await temporaryFolder(), 'meadow');
    const { model, asked } = scripted([`Here it is:\n${JSON.stringify({ ...draft, language: 'EN-gb' })}`]);
    const drafted = await draftScenario({ article, folder, model, ...surroundings });
    expect(drafted).toMatchObject({ ok: true, value: { repaired: [] } });
    expect(asked[0]).toContain('[P3] Storks were seen on the wet half');
    if (!drafted.ok) return;
    expect(drafted.value.reasons.map(({ reason }) => reason)).toEqual(
      draft.agenda.map(({ reason }) => reason),
    );
    const { scenario, faults } = await checkScenario(folder);
    expect(faults).toEqual([]);
    expect(scenario?.id).toBe('meadow');
    expect(scenario?.language).toBe('en-GB');
    expect(scenario?.agenda.map(({ weight }) => weight)).toEqual([0.47, 0.33, 0.2]);
    expect(scenario?.shareText).toBe(false);
    const loaded = await loadPrompts({ promptRoot: 'prompts', scenario: folder, strategy: 'plain' });
    if (!loaded.ok) throw new Error(loaded.failure.message);
    expect(driveDebate(loaded.value.scenario, { rounds: 1, seed: 1 }).speeches).toHaveLength(4);
  });

  test('has interests that are said to the persona repaired: it says them itself', async () => {
    const folder = join(await temporaryFolder(), 'meadow');
    const [council, ...others] = draft.cast;
    const told = {
      ...draft,
      cast: [{ ...council, interests: ['You want a lease of nine years.'] }, ...others],
    };
    const { model, asked } = scripted([JSON.stringify(told), JSON.stringify(draft)]);
    const drafted = await draftScenario({ article, folder, model, ...surroundings });
    expect(drafted.ok && drafted.value.repaired).toEqual([
      'personas/council.md: "You want a lease of nine years." is said to the persona; an interest is the persona\'s own sentence ("We want ...")',
    ]);
    expect(asked).toHaveLength(2);
  });

  test('tells the model what the check found, and takes the repaired draft', async () => {
    const folder = join(await temporaryFolder(), 'meadow');
    const strayed = {
      ...draft,
      cast: [
        { ...persona('council', true, 5), opening: [{ issue: 'dry-hlaf', position: 5 }] },
        ...draft.cast.slice(1),
      ],
    };
    const { model, asked } = scripted(['no JSON at all', JSON.stringify(strayed), JSON.stringify(draft)]);
    const drafted = await draftScenario({ article, folder, model, ...surroundings });
    expect(drafted.ok && drafted.value.repaired).toEqual([
      expect.stringContaining('no JSON object'),
      'personas/council.md: "dry-hlaf" is not on the agenda; did you mean "dry-half"?',
    ]);
    expect(asked[2]).toContain(
      '- personas/council.md: "dry-hlaf" is not on the agenda; did you mean "dry-half"?',
    );
    expect(drafted.ok && drafted.value.records).toHaveLength(3);
    expect((await checkScenario(folder)).faults).toEqual([]);
  });

  test('writes nothing where the third draft is still at fault, or an id would lead out of the folder', async () => {
    const folder = join(await temporaryFolder(), 'meadow');
    const outside = {
      ...draft,
      cast: [{ ...persona('council', true, 5), id: '../../council' }, ...draft.cast.slice(1)],
    };
    const { model, asked } = scripted(Array.from({ length: 4 }, () => JSON.stringify(outside)));
    const drafted = await draftScenario({ article, folder, model, ...surroundings });
    expect(drafted).toMatchObject({ ok: false, failure: { reason: 'faults' } });
    expect(asked).toHaveLength(3);
    await expect(readFile(join(folder, 'scenario.yaml'))).rejects.toThrow();
  });

  test('asks no model where the folder is not empty', async () => {
    const folder = await temporaryFolder();
    await put(folder, 'notes.txt', 'mine');
    const { model, asked } = scripted([JSON.stringify(draft)]);
    const drafted = await draftScenario({ article, folder, model, ...surroundings });
    expect(drafted).toMatchObject({ ok: false, failure: { reason: 'exists' } });
    expect(asked).toEqual([]);
    expect(await readFile(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
  });

  test('says what a draft takes before it asks, and asks nothing where the folder is not free', async () => {
    const folder = join(await temporaryFolder(), 'meadow');
    const { model, asked } = scripted([]);
    const price = { input: 1, output: 2, cachedInput: 0.1 };
    const estimate = await estimateDraft({
      article,
      folder,
      promptRoot: 'prompts',
      model: { ...model, price },
    });
    if (!estimate.ok) throw new Error(estimate.failure.message);
    expect(estimate.value.inputTokens).toBeGreaterThan(500);
    expect(estimate.value.costUsd).toBeCloseTo(
      (estimate.value.inputTokens + 2 * estimate.value.outputTokens) / 1_000_000,
    );
    expect(asked).toEqual([]);
    await put(folder, 'notes.txt', 'mine');
    expect(await estimateDraft({ article, folder, promptRoot: 'prompts', model })).toMatchObject({
      ok: false,
    });
  });

  test('keeps a budget: no draft is asked for that would go beyond it, and an unknown price is refused', async () => {
    const priced = { input: 1, output: 2, cachedInput: 0.1 };
    const broken = JSON.stringify({ ...draft, cast: [persona('farmer', true, 3)] });
    const { model, asked } = scripted([broken, broken, broken]);
    const folder = join(await temporaryFolder(), 'meadow');
    const within = (budgetUsd: number, price: typeof priced | null = priced) =>
      draftScenario({ article, folder, model: { ...model, price }, ...surroundings, budgetUsd });
    expect(await within(0.001)).toMatchObject({ ok: false, failure: { reason: 'budget' } });
    expect(await within(1, null)).toMatchObject({ ok: false, failure: { reason: 'no-price' } });
    expect(asked).toEqual([]);
    // The first draft fits; the prompt of its repair is longer by the reply, and does not.
    const first = await estimateDraft({
      article,
      folder,
      promptRoot: 'prompts',
      model: { ...model, price: priced },
    });
    const enough = (first.ok ? (first.value.costUsd ?? 0) : 0) + 0.0001;
    expect(await within(enough)).toMatchObject({ ok: false, failure: { reason: 'budget' } });
    expect(asked).toHaveLength(1);
  });

  test('what was drafted runs a round on the simulator', async () => {
    const folder = join(await temporaryFolder(), 'meadow');
    const { model } = scripted([JSON.stringify(draft)]);
    await draftScenario({ article, folder, model, ...surroundings });
    expect(await tryOnSimulator(folder)).toBe(4);
  });
});
