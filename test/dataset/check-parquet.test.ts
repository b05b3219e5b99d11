import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkDataset } from '../../src/dataset/check/check-dataset.ts';
import { duckdb } from './parquet-tables.ts';

const fixtures = join(import.meta.dirname, '../fixtures/dataset/duckdb');

/** Checks a folder of Parquet files that DuckDB wrote from rows: just now where it is fetched, else once, as they are kept. */
async function verdictOn(tables: Record<string, unknown[]>, copyOptions = '') {
  const folder = await mkdtemp(join(tmpdir(), 'parley-parquet-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, rows] of Object.entries(tables)) {
    const json = rows.map((row) => JSON.stringify(row)).join('\n');
    const sum = createHash('sha256').update(`${json}\n${copyOptions}`).digest('hex').slice(0, 16);
    const kept = join(fixtures, `${sum}.parquet`);
    if (duckdb) {
      const lines = join(folder, 'rows.json');
      await writeFile(lines, json);
      const written = `(SELECT * FROM read_json('${lines}', format = 'newline_delimited'))`;
      const connection = await duckdb.create();
      await connection.run(`COPY ${written} TO '${join(folder, name)}' (FORMAT parquet ${copyOptions})`);
      await rm(lines);
      if (!existsSync(kept)) await cp(join(folder, name), kept);
    } else if (existsSync(kept)) await cp(kept, join(folder, name));
    else throw new Error('DuckDB has not written these rows yet: npm run tools duckdb, then this test again');
  }
  return checkDataset(folder);
}

const user = { role: 'user', content: 'What would you accept?' };
const answer = { role: 'assistant', content: 'A fifth.' };
const other = { role: 'assistant', content: 'Nothing.' };
const human = { from: 'human', value: 'What would you accept?' };
const gpt = { from: 'gpt', value: 'A fifth.' };

describe('Parquet that others wrote', () => {
  test.each([
    ['messages', { messages: [{ role: 'system', content: 'Be brief.' }, user, answer] }],
    ['prompt and completion', { prompt: [user], completion: [answer] }],
    ['a preference', { prompt: [user], chosen: [answer], rejected: [other] }],
    ['an unpaired preference', { prompt: [user], completion: [answer], label: false }],
    ['weights', { messages: [user, { ...answer, weight: 0 }, user, { ...answer, weight: 1 }] }],
    ['ShareGPT', { conversations: [human, gpt], system: 'Be brief.', score: 0.5, count: 3 }],
  ])('passes: %s', async (_what, row) => {
    const { faults, rows, files } = await verdictOn({
      'train.parquet': [row, 'label' in row ? { ...row, label: true } : row],
    });
    expect(faults).toEqual([]);
    expect(rows).toBe(2);
    expect(files).toMatchObject([{ path: 'train.parquet', rows: 2 }]);
  });

  test.each([
    ['two users in a row', { messages: [user, user, answer] }, 'roles', /messages\[1\] is user/],
    ['a question last', { messages: [user, answer, user] }, 'last-turn', /must end with assistant/],
    ['an empty answer', { messages: [user, { ...answer, content: ' ' }] }, 'empty-text', /messages\[1\]/],
    ['messages that are text', { messages: 'hello' }, 'bad-shape', /not a list/],
    ['an odd ShareGPT row', { conversations: [human, gpt, human] }, 'last-turn', /gpt/],
    [
      'the same answer twice',
      { prompt: [user], chosen: [answer], rejected: [answer] },
      'same-answers',
      /same/,
    ],
    [
      'a label that is a number',
      { prompt: [user], completion: [answer], label: 1 },
      'label',
      /true or false/,
    ],
    ['a weight of 2', { messages: [user, { ...answer, weight: 2 }] }, 'weight', /not 0 or 1/],
    ['a decimal weight', { messages: [user, { ...answer, weight: 1.5 }] }, 'weight', /not 0 or 1/],
    ['a prompt beside messages', { messages: [user, answer], prompt: 'x' }, 'reserved-name', /prompt/],
  ])('is refused with row and reason for %s', async (_what, row, reason, message) => {
    const { faults, total } = await verdictOn({ 'train.parquet': [row] });
    expect(total).toBe(1);
    expect(faults).toMatchObject([{ file: 'train.parquet', row: 1, reason }]);
    expect(faults[0]?.message).toMatch(message);
  });

  test('is counted by row over row groups, and in each of the usual compressions', async () => {
    const rows = Array.from({ length: 2100 }, (_, number) => ({
      messages: [user, { ...answer, content: `Answer ${number}.` }],
      number,
    }));
    const wrong = { messages: [user], number: 2099 };
    for (const codec of ['snappy', 'zstd', 'gzip', 'brotli', 'uncompressed']) {
      const found = await verdictOn(
        { 'x.parquet': [...rows, wrong] },
        `, COMPRESSION ${codec}, ROW_GROUP_SIZE 2048`,
      );
      expect(found.rows).toBe(2101);
      expect(found.faults).toMatchObject([{ row: 2101, reason: 'last-turn' }]);
    }
  });

  test('is refused for leaks between splits, whichever kind of file they are in', async () => {
    const row = { messages: [user, answer], split_group: 'storm' };
    const { faults } = await verdictOn({
      'train.parquet': [row],
      'test-00000.parquet': [{ ...row, messages: [{ ...user, content: 'Hm?' }, answer] }],
    });
    expect(faults).toMatchObject([{ reason: 'leak' }]);
    expect(faults[0]?.message).toMatch(/split_group storm stands in/);
  });

  test('is refused for a column that is whole in one file and decimal in the next', async () => {
    const { faults } = await verdictOn({
      'a.parquet': [{ text: 'a', score: 1 }],
      'b.parquet': [{ text: 'b', score: 0.5 }],
    });
    expect(faults).toMatchObject([{ file: 'b.parquet', reason: 'mixed-types' }]);
  });
});

test.each([
  ['no Parquet', Buffer.from('not at all a table')],
  ['nothing', Buffer.alloc(0)],
])('a file of %s is a fault, not a crash', async (_what, content) => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-parquet-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'train.parquet'), content);
  expect((await checkDataset(folder)).faults).toMatchObject([
    { file: 'train.parquet', reason: 'bad-parquet' },
  ]);
});

test('bytes that are no text are found in a text column', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-parquet-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { fileWriter, ParquetWriter } = await import('hyparquet-writer');
  const schema = [
    { name: 'root', num_children: 1 },
    {
      name: 'text',
      type: 'BYTE_ARRAY' as const,
      converted_type: 'UTF8' as const,
      repetition_type: 'REQUIRED' as const,
    },
  ];
  const writer = new ParquetWriter({ writer: fileWriter(join(folder, 'x.parquet')), schema });
  writer.write({ columnData: [{ name: 'text', data: ['whole', 'BROKEN'] }] });
  writer.finish();
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(join(folder, 'x.parquet'));
  for (let at = bytes.indexOf('BROKEN'); at >= 0; at = bytes.indexOf('BROKEN', at + 1)) bytes[at] = 0xff;
  await writeFile(join(folder, 'x.parquet'), bytes);
  expect((await checkDataset(folder)).faults).toMatchObject([{ row: 2, reason: 'not-utf-8' }]);
});
