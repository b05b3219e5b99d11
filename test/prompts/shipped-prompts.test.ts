import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listScenarios, listStrategies } from '../../src/prompts/list-prompts.ts';
import { withExtras } from '../../src/prompts/load-extras.ts';
import { loadPrompts } from '../../src/prompts/load-prompts.ts';
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
