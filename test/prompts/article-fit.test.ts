import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Article } from '../../src/debate/setup.ts';
import { articleNotices, withArticle } from '../../src/prompts/article-fit.ts';
import { loadPrompts } from '../../src/prompts/load-prompts.ts';

const promptRoot = join(import.meta.dirname, '../../prompts');
const examples = join(import.meta.dirname, '../../examples/articles');
const harbour = join(import.meta.dirname, '../fixtures/scenarios/harbour-water');

const setOf = async (scenario: string) => {
  const loaded = await loadPrompts({ promptRoot, scenario, strategy: 'plain' });
  if (!loaded.ok) throw new Error(loaded.failure.message);
  return loaded.value;
};
const articleOf = (text: string): Article => ({
  ...{ title: 'x', source: 'x', date: '', licence: '', sha256: '0'.repeat(64) },
  passages: [{ number: 1, text }],
});
const bundled = await readdir(join(promptRoot, 'scenarios'));
const sets = await Promise.all(bundled.map(setOf));

describe('articleNotices', () => {
  test('say nothing of articles about the subject of the agenda', async () => {
    for (const set of sets) expect(articleNotices(set, set.scenario.article), set.scenario.id).toEqual([]);
    const talks = await setOf('us-dprk-talks');
    for (const name of await readdir(examples)) {
      const text = (await readFile(join(examples, name), 'utf8')).replace(/^---[\s\S]*?\n---/, '');
      expect(articleNotices(talks, articleOf(text)), name).toEqual([]);
    }
  });

  test('tell of an article about something else, and in doubt say nothing', async () => {
    const told = (on: string, of: string) => {
      const set = sets.find(({ scenario }) => scenario.id === on);
      const other = sets.find(({ scenario }) => scenario.id === of);
      if (!set || !other) throw new Error('no such scenario');
      return articleNotices(set, other.scenario.article).map(({ kind }) => kind);
    };
    for (const on of ['film-strike', 'night-rota', 'open-weights', 'river-water', 'tram-line'])
      expect(told(on, 'us-dprk-talks'), on).toEqual(['other-subject']);
    expect(told('us-dprk-talks', 'river-water')).toEqual(['other-subject']);
    expect(told('open-weights', 'tram-line')).toEqual([]);
    const water = await setOf(harbour);
    const talks = await setOf('us-dprk-talks');
    expect(articleNotices(talks, water.scenario.article)[0]?.kind).toBe('other-subject');
    expect(articleNotices(water, talks.scenario.article)[0]?.kind).toBe('other-subject');
  });

  test('say nothing of an article in another language than the scenario’s own', async () => {
    const french = await setOf('us-dprk-talks-fr');
    for (const { scenario } of sets) {
      if (scenario.id === 'us-dprk-talks-fr') continue;
      expect(articleNotices(french, scenario.article), scenario.id).toEqual([]);
    }
    expect(articleNotices(await setOf('river-water'), french.scenario.article)).toEqual([]);
  });

  test('find an article about something else in a language of which nothing is known', async () => {
    const french = await setOf('us-dprk-talks-fr');
    const cake =
      'Pour faire un gâteau aux pommes, il faut d’abord éplucher les fruits et les couper en tranches fines. Dans un grand saladier, on mélange la farine, le sucre et les œufs, puis on ajoute le beurre fondu et un peu de lait. La pâte doit reposer une heure dans un endroit frais. Ensuite, on la verse dans un moule beurré, on dispose les tranches de pommes sur la surface et on saupoudre de cannelle. Le gâteau cuit quarante minutes au four, à une chaleur moyenne. Il se mange tiède, avec une cuillère de crème, et il est encore meilleur le lendemain, quand les parfums se sont mêlés. Dans les villages de la côte, les familles le préparent pour les fêtes de la fin du mois.';
    expect(articleNotices(french, articleOf(cake))[0]?.kind).toBe('other-subject');
  });

  test('tell of an article too short to argue over', async () => {
    expect(articleNotices(await setOf('us-dprk-talks'), articleOf('Talks about sanctions went on.'))).toEqual(
      [{ kind: 'short', words: 5 }],
    );
  });

  test('are the same once the article has taken the place of the scenario’s own', async () => {
    const talks = await setOf('us-dprk-talks');
    expect(articleNotices(withArticle(talks, talks.scenario.article), talks.scenario.article)).toEqual([]);
  });
});
