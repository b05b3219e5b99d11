import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkScenario } from '../../src/prompts/list-prompts.ts';
import { newScenario } from '../../src/prompts/new-scenario.ts';
import { filesOf, put, temporaryFolder } from './scenario-folder.ts';

const promptRoot = join(import.meta.dirname, '../../prompts');

test('a new scenario passes the check as it is', async () => {
  const folder = join(await temporaryFolder(), 'deep/My Town');
  const made = await newScenario({ promptRoot, folder });
  expect(made).toMatchObject({ ok: true });
  expect(await checkScenario(folder)).toMatchObject({
    faults: [],
    warnings: [],
    scenario: { id: 'my-town' },
  });
});

test('its files say in comments what can be changed', async () => {
  const folder = join(await temporaryFolder(), 'new');
  const made = await newScenario({ promptRoot, folder, name: 'Town water!' });
  const files = await filesOf(folder);
  expect(made.ok && made.value).toEqual(expect.arrayContaining([...files.keys()]));
  expect(files.get('scenario.yaml')).toMatch(/^id: town-water # /m);
  expect(files.get('scenario.yaml')).toContain('Weights sum to 1');
});

test('an empty folder is filled', async () => {
  const folder = await temporaryFolder();
  expect((await newScenario({ promptRoot, folder, name: 'x' })).ok).toBe(true);
});

test('a folder with anything in it is left as it is', async () => {
  const folder = await temporaryFolder();
  await put(folder, 'notes.txt', 'mine');
  expect(await newScenario({ promptRoot, folder })).toMatchObject({
    ok: false,
    failure: { reason: 'exists', message: expect.stringContaining('is not empty; nothing was written') },
  });
  expect([...(await filesOf(folder))]).toEqual([['notes.txt', 'mine']]);
});

test('a file in the way is left as it is', async () => {
  const folder = await temporaryFolder();
  await put(folder, 'taken', 'mine');
  expect(await newScenario({ promptRoot, folder: join(folder, 'taken') })).toMatchObject({
    failure: { reason: 'exists' },
  });
});

test('a folder that cannot be made is named, with the reason', async () => {
  const folder = join(await temporaryFolder(), 'x'.repeat(400));
  expect(await newScenario({ promptRoot, folder })).toMatchObject({
    failure: { reason: 'not-writable', message: expect.stringContaining('ENAMETOOLONG') },
  });
});
