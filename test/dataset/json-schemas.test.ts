import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportDataset } from '../../src/dataset/export-dataset.ts';
import { formatNames } from '../../src/dataset/formats/index.ts';
import { croissantSchema } from './croissant-schema.ts';
import { rowSchemas } from './row-schemas.ts';
import { forkOf, makeFolder, requestFor, store } from './stored-debates.ts';

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
let folder: string;
let remove: () => Promise<void>;
let made: string;

beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  await store(folder, 'one');
  for (const branch of [1, 2]) await forkOf(folder, 'one', 7, branch);
  made = join(folder, 'all');
  const wanted = {
    out: made,
    formats: [...formatNames],
    leastMargin: 0.001,
    rankBy: 'judge',
    allowEmpty: true,
  } as const;
  const result = await exportDataset(requestFor(folder, wanted));
  if (!result.ok) throw new Error(result.failure.message);
});
afterAll(() => remove());

describe('the rows of a format', () => {
  test.each(formatNames)('%s are as its trainers describe them', async (name) => {
    const rows = (await readFile(join(made, `data/${name}/train.jsonl`), 'utf8')).trimEnd().split('\n');
    const holds = ajv.compile(rowSchemas[name]);
    for (const row of rows) {
      holds(JSON.parse(row));
      expect(holds.errors ?? []).toEqual([]);
    }
  });

  test('are not so with a column more, a column less or a role that nobody knows', async () => {
    const [row = ''] = (await readFile(join(made, 'data/sft/train.jsonl'), 'utf8')).split('\n');
    const holds = ajv.compile(rowSchemas.sft);
    const { debate: _, ...less } = JSON.parse(row);
    expect(holds(less)).toBe(false);
    expect(holds({ ...JSON.parse(row), label: true })).toBe(false);
    expect(holds({ ...JSON.parse(row), messages: [{ role: 'human', content: 'x' }] })).toBe(false);
  });
});

describe('the Croissant metadata', () => {
  interface Field {
    '@id': string;
    subField?: Field[];
  }
  interface Metadata {
    distribution: { '@id': string }[];
    recordSet: { '@id': string; field: Field[] }[];
  }
  const holds = ajv.compile(croissantSchema);
  const read = async () => JSON.parse(await readFile(join(made, 'croissant.json'), 'utf8'));

  test('have what the specification asks for', async () => {
    holds(await read());
    expect(holds.errors ?? []).toEqual([]);
  });

  test('do not hold without a property that it requires', async () => {
    for (const name of ['url', 'license', 'creator', 'conformsTo', 'distribution']) {
      const { [name]: _, ...less } = await read();
      expect(holds(less), name).toBe(false);
    }
  });

  test('have ids that are there once, and references only to files that are there', async () => {
    const { distribution, recordSet }: Metadata = await read();
    const fields = recordSet.flatMap(({ field }) => field);
    const inner = fields.flatMap(({ subField }) => subField ?? []);
    const ids = [...distribution, ...recordSet, ...fields, ...inner].map((node) => node['@id']);
    expect(new Set(ids).size).toBe(ids.length);
    const referred = [...JSON.stringify(recordSet).matchAll(/"fileObject":\{"@id":"([^"]+)"\}/g)];
    const files = distribution.map((file) => file['@id']);
    expect(new Set(referred.map(([, id]) => id))).toEqual(new Set(files));
    for (const set of recordSet) {
      for (const field of set.field) expect(field['@id'].startsWith(`${set['@id']}/`)).toBe(true);
    }
  });
});
