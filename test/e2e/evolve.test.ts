import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parley, temporaryFolder } from './parley.ts';

test('evolve says what it takes, runs on the simulator to an honest end, and does nothing twice', async () => {
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, 'articles'));
  const article = await readFile('examples/articles/seals-of-wax.md', 'utf8');
  const names = Array.from({ length: 15 }, (_, index) => `articles/${index}.md`);
  for (const [index, name] of names.entries()) {
    await writeFile(join(cwd, name), article.replaceAll('Drennick', `Drennick-${index}`));
  }
  const plan = (guards: string) =>
    [
      'model: simulator',
      'seedPer: arm',
      'arms: [{ id: plain, strategy: plain }, { id: shuffled, strategy: plain, control: shuffled-turns }]',
      `scenarios: [${resolve('test/fixtures/scenarios/harbour-water')}]`,
      `articles: [${names.join(', ')}]`,
      'debate: { rounds: 1, judgeSamples: 1 }',
      `compare: { primary: [C], guards: [${guards}] }`,
    ].join('\n');
  await writeFile(join(cwd, 'plan.yaml'), plan(''));
  await writeFile(join(cwd, 'guarded.yaml'), plan('grounding'));
  const evolve = [
    'evolve',
    'plain',
    '--generations',
    '1',
    '--children',
    '2',
    '--budget',
    '1',
    '--folder',
    'own',
  ];

  const guarded = await parley([...evolve, '--plan', 'guarded.yaml', '--yes'], { cwd });
  expect(guarded.code).toBe(1);
  expect(guarded.stderr).toContain(
    'Showing that grounding gets no worse takes at least 79 test articles, even if all are alike.',
  );

  const asked = await parley([...evolve, '--plan', 'plan.yaml', '--dry-run'], { cwd });
  expect(asked.code).toBe(0);
  expect(asked.stderr).toContain('Articles: 2 to breed on, 7 to test on, 6 sealed for the final claim.');
  expect(asked.stderr).toMatch(/At most \d+ debates and .* \$0\.00 before cache discounts/);

  const { code, stdout, stderr } = await parley([...evolve, '--plan', 'plan.yaml', '--yes'], { cwd });
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/plain-1a: (admitted|not shown to be better) 0\.\d\d \(parent 0\.\d\d\)/);
  expect(stdout).toMatch(/^Nothing better found: |^plain-1[ab] /m);
  expect(stdout).toContain('this tests the pipeline and tells nothing about language models');

  const before = await readFile(join(cwd, 'own/lineage.jsonl'), 'utf8');
  const again = await parley([...evolve, '--plan', 'plan.yaml', '--yes', '--json'], { cwd });
  expect(again.code).toBe(0);
  expect(await readFile(join(cwd, 'own/lineage.jsonl'), 'utf8')).toBe(before);
  const told = JSON.parse(again.stdout);
  expect(stdout).toContain(told.sentence);
  expect(told.strains.map(({ id }: { id: string }) => id)).toEqual(['plain', 'plain-1a', 'plain-1b']);

  const shown = await parley([...evolve, '--plan', 'plan.yaml', '--show'], { cwd });
  expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining(told.sentence) });
});
