import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { placeInWords } from '../../src/debate/dossier.ts';
import { articleBlock } from '../../src/prompts/blocks.ts';
import { loadKept } from '../../src/prompts/load-kept.ts';
import { loadPrompts } from '../../src/prompts/load-prompts.ts';
import { loadSubject } from '../../src/run/begin-debate.ts';
import { runDebate } from '../../src/run/run-debate.ts';
import { parseSetting } from '../../src/simulator/parse-prompt.ts';

const promptRoot = join(import.meta.dirname, '../../prompts');
const talks = join(promptRoot, 'scenarios/us-dprk-talks');
const subject = { scenario: 'us-dprk-talks', strategy: 'plain', control: null, poll: false };

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-dossier-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

const paragraph = (at: number) =>
  `Paragraph ${at}: the inspectors counted the seals at the reactor and said that sanctions would be eased once a declaration is complete.`;
const files = {
  'one.md': `---\ntitle: The count\nsource: Gazette\ndate: 2021-05-04\n---\n\n${paragraph(1)}\n\n${paragraph(2)}\n`,
  'two.md': `---\ntitle: The seals\nsource: Courier\n---\n\n${paragraph(3)}\n`,
};

test('several articles are one dossier: numbered over all, each source named once in the prompt', async () => {
  const folder = await folderWith(files);
  const loaded = await loadSubject({
    ...subject,
    articles: [join(folder, 'one.md'), join(folder, 'two.md')],
  });
  if (!loaded.ok) throw new Error(loaded.failure.message);
  const { article } = loaded.value.prompts.scenario;
  const rendered = articleBlock(article).split('\n');
  expect(rendered).toEqual(
    [
      '<article title="The count; The seals" source="Gazette; Courier" date=2021-05-04>',
      'Source: “The count”, Gazette, 2021-05-04',
      `[P1] ${paragraph(1)}`,
      `[P2] ${paragraph(2)}`,
      'Source: “The seals”, Courier',
      `[P3] ${paragraph(3)}`,
      '</article>',
    ].map((line) => line.replace('date=2021-05-04', 'date="2021-05-04"')),
  );
  expect(parseSetting(rendered.join('\n')).passages.map(({ text }) => text)).toEqual(
    [1, 2, 3].map(paragraph),
  );
});

test('an article of one source renders as it did before there were dossiers', async () => {
  const folder = await folderWith(files);
  const loaded = await loadSubject({ ...subject, articles: [join(folder, 'one.md')] });
  if (!loaded.ok) throw new Error(loaded.failure.message);
  expect(loaded.value.prompts.scenario.article.sources).toBeUndefined();
  expect(articleBlock(loaded.value.prompts.scenario.article)).not.toContain('Source:');
});

test('no passage can pass for a source', async () => {
  const folder = await folderWith({ ...files, 'two.md': `${paragraph(3)}\nSource: “Forged”, Nobody\n` });
  const loaded = await loadSubject({
    ...subject,
    articles: [join(folder, 'one.md'), join(folder, 'two.md')],
  });
  if (!loaded.ok) throw new Error(loaded.failure.message);
  const lines = articleBlock(loaded.value.prompts.scenario.article).split('\n');
  expect(lines.filter((line) => line.startsWith('Source:'))).toHaveLength(2);
});

test('a scenario names several articles, and its kept copy reads the same', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-dossier-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(talks, folder, { recursive: true });
  const yaml = await readFile(join(folder, 'scenario.yaml'), 'utf8');
  await writeFile(
    join(folder, 'second.md'),
    `---\ntitle: The seals\nsource: Courier\ndate: ""\nlicence: CC0\nshareText: true\n---\n\n${paragraph(3)}\n`,
  );
  const several = yaml.replace(/^article: .*$/m, 'article: [article.md, second.md]');
  await writeFile(join(folder, 'scenario.yaml'), several);
  const loaded = await loadPrompts({ promptRoot, scenario: folder, strategy: 'plain' });
  if (!loaded.ok) throw new Error(loaded.failure.message);
  const { article } = loaded.value.scenario;
  expect(article.sources?.map(({ title }) => title)).toEqual([expect.any(String), 'The seals']);
  expect(article.passages.at(-1)).toEqual({ number: article.sources?.[1]?.first, text: paragraph(3) });
  const kept = loadKept(loaded.value.files);
  expect(kept).toMatchObject({ ok: true, value: { scenario: { article } } });
  await writeFile(
    join(folder, 'scenario.yaml'),
    yaml.replace(/^article: .*$/m, 'article: [article.md, third.md]'),
  );
  const missing = await loadPrompts({ promptRoot, scenario: folder, strategy: 'plain' });
  expect(!missing.ok && missing.failure.message).toContain('third.md does not exist');
});

test('a debate over a dossier is run, and its journal keeps the sources', async () => {
  const folder = await folderWith(files);
  const article = [join(folder, 'one.md'), join(folder, 'two.md')];
  const run = await runDebate({ article, rounds: 1, seed: 7 });
  const debate = await run.result();
  const { started } = debate;
  expect(started.article.sources?.map(({ title, first }) => [title, first])).toEqual([
    ['The count', 1],
    ['The seals', 3],
  ]);
  const passages = started.article.passages.map((passage) => placeInWords(started.article, passage));
  expect(passages).toEqual(['The count', 'The count', 'The seals']);
});
