import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listScenarios, listStrategies } from '../../src/prompts/list-prompts.ts';
import { withExtras } from '../../src/prompts/load-extras.ts';
import { loadPrompts } from '../../src/prompts/load-prompts.ts';
import { renderReadingOf } from '../../src/prompts/render-reading.ts';
import { renderSpeech } from '../../src/prompts/render-speech.ts';
import { moderatorPlaceholders, strategyPlaceholders } from '../../src/prompts/template.ts';
import type { PromptSet } from '../../src/prompts/types.ts';
import { HarbourDebate } from './harbour.ts';
import { put, temporaryFolder } from './scenario-folder.ts';

const promptRoot = join(import.meta.dirname, '../../prompts');

test('every scenario and strategy that parley ships loads, with nothing to warn of', async () => {
  const scenarios = await listScenarios(promptRoot);
  const strategies = await listStrategies(promptRoot);
  expect(scenarios.length).toBeGreaterThan(0);
  expect(strategies.length).toBeGreaterThanOrEqual(8);
  for (const { id: scenario } of scenarios) {
    for (const { id: strategy } of strategies) {
      const loaded = await loadPrompts({ promptRoot, scenario, strategy });
      expect(loaded, `${scenario} with ${strategy}`).toMatchObject({ ok: true, warnings: [] });
    }
  }
});

test('plain heads the list of strategies', async () => {
  expect((await listStrategies(promptRoot))[0]).toMatchObject({
    id: 'plain',
    strategy: { title: 'Plain' },
    faults: [],
  });
});

test('a broken scenario is listed with its faults', async () => {
  const root = await temporaryFolder();
  await put(root, 'scenarios/broken/scenario.yaml', 'id: broken\n');
  expect(await listScenarios(root)).toMatchObject([
    { id: 'broken', scenario: null, faults: expect.arrayContaining([expect.objectContaining({ line: 1 })]) },
  ]);
});

test('a folder without prompts lists nothing', async () => {
  const root = await temporaryFolder();
  expect(await listScenarios(root)).toEqual([]);
  expect(await listStrategies(root)).toEqual([]);
});

describe('the README of the prompts', () => {
  test('names every placeholder and every section', async () => {
    const readme = await readFile(join(promptRoot, 'README.md'), 'utf8');
    const placeholders = [
      ...Object.values(strategyPlaceholders),
      ...Object.values(moderatorPlaceholders),
    ].flat();
    const missing = [...new Set(placeholders)].filter((name) => !readme.includes(`{{${name}}}`));
    expect(missing).toEqual([]);
    expect(Object.keys(strategyPlaceholders).filter((name) => !readme.includes(`| \`${name}\` |`))).toEqual(
      [],
    );
  });

  test('names no placeholder that does not exist', async () => {
    const readme = await readFile(join(promptRoot, 'README.md'), 'utf8');
    const known = new Set<string>(
      [...Object.values(strategyPlaceholders), ...Object.values(moderatorPlaceholders)].flat(),
    );
    const named = [...readme.matchAll(/^\|.*$/gm)].flatMap(([row]) => [...row.matchAll(/\{\{([\w-]+)\}\}/g)]);
    expect(named.map(([, name]) => name as string).filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('the first speech of each persona', () => {
  const shipped = async (strategy: string): Promise<PromptSet> => {
    const loaded = await loadPrompts({ promptRoot, scenario: 'us-dprk-talks', strategy });
    if (!loaded.ok) throw new Error(loaded.failure.message);
    return loaded.value;
  };
  const taskOf = (set: PromptSet, debate: HarbourDebate, persona: string) =>
    renderSpeech(set, debate.debate, persona).at(-1)?.content ?? '';

  test('is asked to place it on the whole agenda under every strategy, whoever has spoken before; a later one is not', async () => {
    for (const { id } of await listStrategies(promptRoot)) {
      const set = await shipped(id);
      const debate = new HarbourDebate(set, { rounds: 3 });
      debate.say('moderator', 'opening', 'What comes first?');
      for (const { member } of set.scenario.personas) {
        const task = taskOf(set, debate, member.id);
        expect(task, `${id}, ${member.id}`).toContain('one clause each: the term you would take');
        for (const { title } of set.scenario.agenda) expect(task, `${id}, ${member.id}`).toContain(title);
        debate.say(member.id, 'speech', 'Phases, then.');
      }
      debate.judged();
      debate.say('moderator', 'steering', 'And relief?');
      expect(taskOf(set, debate, 'dprk-negotiator'), id).not.toContain('one clause each');
    }
  });

  test('is asked for no stand where the personas only report', async () => {
    const extended = withExtras(await shipped('plain'), { control: 'neutral', poll: false }, promptRoot);
    if (!extended.ok) throw new Error(extended.failure.message);
    const debate = new HarbourDebate(extended.value);
    debate.say('moderator', 'opening', 'What comes first?');
    debate.say('state-department', 'speech', 'The article names two orders.');
    expect(taskOf(extended.value, debate, 'dprk-negotiator')).not.toContain('the term you would take');
  });
});

describe('what the judge is shown of the shipped scenarios', () => {
  const shown = async (scenario: string, keeps: 'now' | 'before' = 'now') => {
    const loaded = await loadPrompts({ promptRoot, scenario, strategy: 'plain' });
    if (!loaded.ok) throw new Error(loaded.failure.message);
    const { agenda, personas } = loaded.value.scenario;
    const cast = personas.map(({ member }) => member);
    const [first, ...others] = cast.map(({ id }) => id);
    // The first of the cast is the last of the letters, so that no letter is right by accident.
    const plan = {
      sample: 0,
      speakerOrder: [...others, first ?? ''],
      issueOrder: agenda.map(({ id }) => id),
      reversed: false,
    };
    const reading = loaded.value.moderator['reading'];
    if (!reading) throw new Error('the reading prompt is missing');
    const moderator = { reading: keeps === 'now' ? reading : { ...reading, masked: 'record' as const } };
    const text = cast.flatMap(({ name, aliases = [] }) => [name, ...aliases]).join('. ');
    const speeches = [{ turn: 2, speaker: first ?? '', text }];
    const record = { agenda, cast, speeches, round: 1, rounds: 2 };
    const prompt = renderReadingOf({ moderator }, record, plan)
      .map(({ content }) => content)
      .join('\n');
    return {
      cast,
      prompt,
      agenda: prompt.slice(prompt.indexOf('<agenda'), prompt.indexOf('</agenda>')),
      said: prompt.slice(prompt.indexOf('<turn')),
    };
  };

  test.each([
    'us-dprk-talks',
    'us-dprk-talks-fr',
    'film-strike',
    'night-rota',
    'open-weights',
    'river-water',
    'tram-line',
  ])('%s: no name or other name of anybody, on the agenda or in speeches', async (scenario) => {
    const { cast, agenda, said } = await shown(scenario);
    expect(agenda).not.toMatch(/the Party/i);
    for (const { name, aliases } of cast) {
      expect(aliases?.length, `${name} has other names`).toBeGreaterThan(0);
      for (const word of [name, ...(aliases ?? [])]) {
        expect(said).not.toContain(word);
        expect(agenda).not.toMatch(
          new RegExp(`(?<![\\p{L}])${word.replaceAll('.', '\\.')}(?![\\p{L}])`, 'u'),
        );
      }
    }
  });

  test('an anchor that names a party names it by the letter that its speeches bear', async () => {
    const { agenda } = await shown('us-dprk-talks');
    expect(agenda).toContain("6: Party A's own staff put one building of their choice out of use");
    expect(agenda).toContain('0: Party D repeats its full demands in public');
    const upper = (await shown('river-water')).agenda;
    expect(upper).toContain('0: Party E takes what its treaty of 1961 names');
    expect(upper).toContain('6: Party A receives its full share first');
  });

  test('a run that kept its prompts from before is shown its agenda as it was', async () => {
    expect((await shown('us-dprk-talks', 'before')).agenda).toContain(
      "6: Pyongyang's own staff put one building",
    );
  });
});
