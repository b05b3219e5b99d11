import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listExamples, writeExample } from '../../src/run/examples.ts';
import { temporaryFolder } from '../e2e/parley.ts';

test('every example has a name of its own and says what it is', async () => {
  const examples = await listExamples();
  const names = examples.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of ['steelman', 'custom-model', 'grpo', 'relief-in-slices']) expect(names).toContain(name);
  const silent = examples.filter(({ about }) => about === '').map(({ file }) => file);
  expect(silent.every((file) => /\.jsonl?$/.test(file))).toBe(true);
  expect(examples.find(({ name }) => name === 'watch-a-debate')?.about).toBe(
    'Runs a debate on the built-in simulator and prints it as it is said',
  );
});

test('an example is copied byte for byte, and never over a file that is there', async () => {
  const folder = await temporaryFolder();
  expect(await writeExample('steelman', folder)).toEqual({
    ok: true,
    value: { path: join(folder, 'steelman.yaml'), articles: 6 },
  });
  const article = join('articles', 'relief-in-slices.md');
  expect(await readFile(join(folder, article), 'utf8')).toBe(
    await readFile(join('examples', article), 'utf8'),
  );
  expect(await readFile(join(folder, 'steelman.yaml'), 'utf8')).toBe(
    await readFile('examples/steelman.yaml', 'utf8'),
  );
  await writeFile(join(folder, 'steelman.yaml'), 'mine');
  expect(await writeExample('steelman', folder)).toMatchObject({ ok: false, failure: { reason: 'exists' } });
  expect(await readFile(join(folder, 'steelman.yaml'), 'utf8')).toBe('mine');
});

test('a name that is nearly one is asked about', async () => {
  const outcome = await writeExample('stelman', await temporaryFolder());
  expect(outcome).toMatchObject({
    failure: { message: 'There is no example stelman. Did you mean steelman?' },
  });
});
