import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkDataset } from '../../src/dataset/check/check-dataset.ts';
import { text } from '../../src/dataset/column-types.ts';
import { exportDataset } from '../../src/dataset/export-dataset.ts';
import { formatNames } from '../../src/dataset/formats/index.ts';
import type { PersonaFormat } from '../../src/dataset/formats/training-format.ts';
import { makeFolder, requestFor, store } from './stored-debates.ts';

/** A format that parley does not have, as somebody would add one: a single object. */
const alpaca: PersonaFormat<'alpaca'> = {
  name: 'alpaca',
  of: 'persona',
  learns: 'each',
  use: 'instruction and output',
  columns: { instruction: text, output: text },
  isBare: false,
  trainers: {
    llamaFactory: { formatting: 'alpaca', columns: { prompt: 'instruction', response: 'output' } },
    axolotl: { head: {}, dataset: { type: 'alpaca' } },
  },
  check: {
    name: 'Alpaca',
    needs: ['instruction', 'output'],
    own: ['instruction', 'output'],
    faults: ({ output }) => (output === '' ? [{ reason: 'empty-text', message: 'output is empty' }] : []),
  },
  row: ({ messages }) => ({
    instruction: messages
      .slice(0, -1)
      .map(({ content }) => content)
      .join('\n\n'),
    output: messages.at(-1)?.content ?? '',
  }),
};

describe('a format of the caller’s own', () => {
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  let made: string;

  beforeAll(async () => {
    folder = await makeFolder();
    made = join(folder.folder, 'made');
    await store(folder.folder, 'one');
    const exported = await exportDataset(
      requestFor(folder.folder, { out: made, formats: [alpaca], files: ['jsonl'] }),
    );
    expect(exported).toMatchObject({ ok: true });
  });
  afterAll(() => folder.remove());

  test('has rows with provenance', async () => {
    const [split = ''] = await readdir(join(made, 'data/alpaca'));
    const [line = ''] = (await readFile(join(made, 'data/alpaca', split), 'utf8')).split('\n');
    const row = JSON.parse(line);
    expect(row.instruction).toContain('<rules>');
    expect(row.output).not.toBe('');
    expect(row.debate).toEqual(expect.any(String));
  });

  test('stands in the card, the metadata and the configurations of trainers', async () => {
    const fileOf = (name: string) => readFile(join(made, name), 'utf8');
    const [, head = ''] = (await fileOf('README.md')).split(/^---$/m);
    const [info] = parse(head).dataset_info;
    expect(info.config_name).toBe('alpaca');
    expect(info.features.slice(0, 2)).toEqual([
      { name: 'instruction', dtype: 'string' },
      { name: 'output', dtype: 'string' },
    ]);
    const { recordSet } = JSON.parse(await fileOf('croissant.json'));
    expect(recordSet[0].name).toContain('data/alpaca/');
    const [entry] = Object.values(JSON.parse(await fileOf('dataset_info.json')));
    expect(entry).toMatchObject({ formatting: 'alpaca', columns: { prompt: 'instruction' } });
  });

  test('is recognised by its columns and held to its own check', async () => {
    const found = await checkDataset(made, { formats: [alpaca] });
    expect(found).toMatchObject({ total: 0, files: [{ kind: 'Alpaca' }] });
  });
});

/** The file of each format and the list are the only places that spell out its name. */
test('no file but a format’s own and the list know its name', async () => {
  const root = join(import.meta.dirname, '../../src');
  const files = (await readdir(root, { recursive: true })).filter((path) => /\.tsx?$/.test(path));
  const hyphenated = formatNames.filter((name) => name.includes('-'));
  expect(hyphenated.length).toBeGreaterThan(2);
  for (const name of hyphenated) {
    const knowing: string[] = [];
    for (const path of files) {
      const content = await readFile(join(root, path), 'utf8');
      if (content.includes(`'${name}'`)) knowing.push(path);
    }
    expect(knowing, name).toEqual([`dataset/formats/${name}.ts`]);
  }
});
