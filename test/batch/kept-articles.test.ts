import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { placeOfPlan } from '../../src/batch/open-batch.ts';
import { parsePlan } from '../../src/batch/parse-plan.ts';
import { withChosenModel } from '../../src/batch/plan-models.ts';
import { keptArticles } from '../../src/batch/plan-prompts.ts';
import type { Article } from '../../src/debate/setup.ts';
import { parley, temporaryFolder } from '../e2e/parley.ts';
import { planFile, storedDebates } from './batch-command.ts';

const address = 'https://news.invalid/story';

test('an article of the web is fetched once: a plan goes on with the text it began with', async () => {
  const { cwd, transcripts } = await planFile(1, `articles: ["${address}"]`);
  const args = ['batch', 'plan.yaml', '--model', 'simulator', '--yes'];
  const first = await parley(args, { cwd });
  expect(first.code).toBe(1);
  expect(first.stderr).toContain('news.invalid');
  const own = await ownArticle(cwd);
  // What an earlier start would have left, since nothing but loopback can be reached here.
  const parsed = parsePlan(await readFile(join(cwd, 'plan.yaml'), 'utf8'), 'plan.yaml');
  if (!parsed.ok) throw new Error('the plan is wrong');
  const batch = placeOfPlan(transcripts, 'plan.yaml', withChosenModel(parsed.plan, 'simulator'));
  await keptArticles(batch).keep(address, own);
  const again = await parley(args, { cwd });
  expect(again.stderr).toContain('4 of 4 debates done');
  const stored = await storedDebates(transcripts);
  expect(stored).toHaveLength(4);
  for (const { debate } of stored) expect(debate.started.article).toEqual(own);
});

test('paths in a plan are taken from the plan’s own folder, wherever the command is given', async () => {
  const { cwd } = await planFile(1, 'articles: [story.md]');
  await writeFile(join(cwd, 'story.md'), `# A story\n\n${'The harbour is open to all ships. '.repeat(30)}\n`);
  const elsewhere = await temporaryFolder();
  const plan = join(cwd, 'plan.yaml');
  const { code, stderr } = await parley(['batch', plan, '--model', 'simulator', '--dry-run'], {
    cwd: elsewhere,
  });
  expect(stderr).toContain('4 debates');
  expect(code).toBe(0);
});

test('a dossier of a plan is one article for each debate: kept with its sources, and one article to comparisons', async () => {
  const { cwd, transcripts } = await planFile(1, 'articles: [[story.md, second.md], second.md]');
  const text = (what: string) =>
    `# The ${what}\n\n${`The ${what} is open to all ships at night. `.repeat(12)}\n`;
  for (const what of ['story', 'second']) await writeFile(join(cwd, `${what}.md`), text(what));
  const { stderr } = await parley(['batch', 'plan.yaml', '--model', 'simulator', '--yes'], { cwd });
  expect(stderr).toContain('8 of 8 debates done');
  const stored = await storedDebates(transcripts);
  const dossiers = stored.filter(({ debate }) => debate.started.article.sources);
  expect(dossiers).toHaveLength(4);
  for (const { debate } of dossiers) {
    const { sources, passages, sha256 } = debate.started.article;
    expect(sources?.map(({ title, first }) => [title, first])).toEqual([
      ['The story', 1],
      ['The second', passages.length / 2 + 1],
    ]);
    expect(passages.map(({ number }) => number)).toEqual(passages.map((_, place) => place + 1));
    expect(dossiers.every((other) => other.debate.started.article.sha256 === sha256)).toBe(true);
  }
  const compared = await parley(['compare', 'plan.yaml', '--model', 'simulator', '--json'], { cwd });
  expect(JSON.parse(compared.stdout).articles).toEqual(['second.md', 'story.md + second.md']);
});

async function ownArticle(cwd: string): Promise<Article> {
  const apart = ['--transcripts', 'apart', '--name', 'own'];
  await parley(['run', '--model', 'simulator', '--rounds', '1', '--plain', ...apart], { cwd });
  const journal = await readFile(join(cwd, 'apart', 'own', 'journal.jsonl'), 'utf8');
  const article = JSON.parse(journal.split('\n')[0] ?? '').article as Article;
  return { ...article, source: address, sha256: 'a'.repeat(64) };
}
