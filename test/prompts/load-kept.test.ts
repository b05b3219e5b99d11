import { describe, expect, test } from 'vitest';
import type { Article } from '../../src/debate/setup.ts';
import { withArticle } from '../../src/prompts/article-fit.ts';
import { loadKept } from '../../src/prompts/load-kept.ts';
import { loadPrompts } from '../../src/prompts/load-prompts.ts';
import { renderSpeech } from '../../src/prompts/render-speech.ts';
import type { PromptSet } from '../../src/prompts/types.ts';
import { asText, HarbourDebate, harbourPrompts, promptRoot } from './harbour.ts';
import { filesOf, harbourWith } from './scenario-folder.ts';

const otherArticle: Article = {
  title: 'Another river',
  source: 'stdin',
  date: '',
  licence: 'unknown',
  sha256: 'a'.repeat(64),
  passages: [
    { number: 1, text: 'Odd passages:  two spaces,\na line end and # no heading.' },
    { number: 2, text: 'Short.' },
  ],
};

function kept(set: PromptSet): PromptSet {
  const loaded = loadKept(set.files);
  if (!loaded.ok) throw new Error(loaded.failure.message);
  return loaded.value;
}

test('the kept files are the very contents of the files used', async () => {
  const set = await harbourPrompts();
  for (const [path, text] of await filesOf(promptRoot)) {
    if (path.startsWith('moderator/') || path === 'strategies/plain.md')
      expect(set.files.get(path)).toBe(text);
  }
});

test('a kept file has a byte order mark and Windows line ends where the file had them', async () => {
  const windows = (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`;
  const scenario = await harbourWith({ 'article.md': windows });
  const loaded = await loadPrompts({ promptRoot, scenario, strategy: 'plain' });
  if (!loaded.ok) throw new Error(loaded.failure.message);
  expect(loaded.value.files.get('scenarios/harbour-water/article.md')).toMatch(/^\ufeff---\r\n/);
  expect(kept(loaded.value)).toEqual(loaded.value);
});

test('loading the kept files gives the same set, for a strategy that extends another too', async () => {
  for (const strategy of ['plain', 'noted']) {
    const set = await harbourPrompts(strategy);
    expect(kept(set)).toEqual(set);
  }
});

test('personas outside the cast are not kept', async () => {
  const stranger = { 'personas/ferryman.md': 'not even a persona' };
  const loaded = await loadPrompts({ promptRoot, scenario: await harbourWith(stranger), strategy: 'plain' });
  expect(loaded.ok && [...loaded.value.files.keys()].filter((path) => path.includes('ferryman'))).toEqual([]);
});

test.each([
  [
    'no scenario',
    (files: Map<string, string>) => files.delete('scenarios/harbour-water/scenario.yaml'),
    'they do not hold exactly one scenario.yaml',
  ],
  [
    'two strategies, neither extending the other',
    (files: Map<string, string>) => files.set('strategies/other.md', '---\n---\n'),
    'they do not hold exactly one strategy',
  ],
  [
    'a damaged article',
    (files: Map<string, string>) => files.set('article.json', '{"title":'),
    'the kept article is damaged',
  ],
  [
    'a missing file of the moderator',
    (files: Map<string, string>) => files.delete('moderator/draft.md'),
    'moderator/draft.md does not exist',
  ],
])('kept files with %s are refused', async (_title, change, message) => {
  const files = new Map((await harbourPrompts()).files);
  change(files);
  const loaded = loadKept(files);
  expect(loaded.ok).toBe(false);
  expect(!loaded.ok && loaded.failure.message).toContain(message);
});

describe('another article', () => {
  test('takes the place of the scenario’s own, with its passages as they are', async () => {
    const set = withArticle(await harbourPrompts(), otherArticle);
    expect(set.scenario.article).toEqual(otherArticle);
    expect(set.files.has('scenarios/harbour-water/article.md')).toBe(false);
  });

  test('leaves no reference to the passages of the old one', async () => {
    const set = withArticle(await harbourPrompts(), otherArticle);
    expect(set.scenario.agenda.flatMap((issue) => issue.passages)).toEqual([]);
    expect(set.scenario.personas.filter(({ body }) => /\[P\d/.test(body))).toEqual([]);
    expect(set.scenario.personas[0]?.body).toContain('since 1976.');
  });

  test('is not shared in exports and belongs to no event of the scenario', async () => {
    const { scenario } = withArticle(await harbourPrompts(), otherArticle);
    expect(scenario).toMatchObject({ shareText: false, group: null, articleUrl: null });
  });

  test('comes back from the kept files to the same prompt', async () => {
    const set = withArticle(await harbourPrompts(), otherArticle);
    const debate = new HarbourDebate(set);
    debate.say('moderator', 'opening', 'Begin.');
    const again = kept(set);
    expect(again).toEqual(set);
    const render = (from: PromptSet) => asText(renderSpeech(from, debate.debate, 'harbour-mayor'));
    expect(render(again)).toBe(render(set));
    expect(render(set)).toContain(
      '[P1] Odd passages: two spaces, a line end and # no heading.\n[P2] Short.\n</article>',
    );
  });

  test('can be put in place of another one', async () => {
    const once = withArticle(await harbourPrompts(), otherArticle);
    const twice = withArticle(once, { ...otherArticle, title: 'A third river' });
    expect(kept(twice).scenario.article.title).toBe('A third river');
  });
});
