import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { articleNotice } from '../../src/prompts/article-fit.ts';
import { loadPrompts } from '../../src/prompts/load-prompts.ts';

const promptRoot = join(import.meta.dirname, '../../prompts');
const examples = join(import.meta.dirname, '../../examples/articles');
const harbour = join(import.meta.dirname, '../fixtures/scenarios/harbour-water');

const scenarioOf = async (scenario: string) => {
  const loaded = await loadPrompts({ promptRoot, scenario, strategy: 'plain' });
  if (!loaded.ok) throw new Error(loaded.failure.message);
  return loaded.value.scenario;
};
const articleOf = (text: string) => ({ passages: [{ number: 1, text }] });

describe('articleNotice', () => {
  test('says nothing of articles about the subject of the agenda', async () => {
    const { agenda, article } = await scenarioOf('us-dprk-talks');
    expect(articleNotice(agenda, article)).toBeNull();
    for (const name of await readdir(examples)) {
      const text = await readFile(join(examples, name), 'utf8');
      expect(articleNotice(agenda, articleOf(text)), name).toBeNull();
    }
  });

  test('tells of an article about something else, whichever scenario it is given to', async () => {
    const talks = await scenarioOf('us-dprk-talks');
    const water = await scenarioOf(harbour);
    expect(articleNotice(talks.agenda, water.article)).toContain('little about the agenda');
    expect(articleNotice(water.agenda, talks.article)).toContain('little about the agenda');
    expect(articleNotice(water.agenda, water.article)).toBeNull();
  });

  test('tells of an article too short to argue over', async () => {
    const { agenda } = await scenarioOf('us-dprk-talks');
    expect(articleNotice(agenda, articleOf('Talks about sanctions went on.'))).toContain('has 5 words');
  });
});
