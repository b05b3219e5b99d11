import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type Columns,
  decimal,
  groupOf,
  integer,
  listOf,
  messages,
  text,
  truth,
} from '../../src/dataset/column-types.ts';
import { jsonRow } from '../../src/dataset/write/json-lines.ts';
import { createParquetTable } from '../../src/dataset/write/parquet-file.ts';
import { parquetRows } from './parquet-tables.ts';

const hostile = [
  '\u2028 and \u2029 and \u0085',
  '\ufeffstarts with a mark',
  'a lone \ud800 surrogate, and one at the end \udfff',
  'a NUL \u0000 and an escape \u001b[31m',
  '"quotes" \\ back \n lines \r\n tabs \t',
  '</script> 😀 \u{10ffff} e\u0301',
];

describe('a row as JSON', () => {
  const columns: Columns = { text, whole: integer, part: decimal, is: truth };

  test('keeps the point of a decimal, so that no column mixes whole numbers and decimals', () => {
    const line = jsonRow({ text: 'a', whole: 3, part: 1, is: true }, columns);
    expect(line).toBe('{"text":"a","whole":3,"part":1.0,"is":true}');
    expect(jsonRow({ text: '', whole: 0, part: null, is: false }, columns)).toContain('"part":null');
    expect(jsonRow({ text: '', whole: 0, part: 1e-7, is: false }, columns)).toContain('"part":1e-7');
  });

  test.each(hostile)('is one well-formed line whatever the text: %j', (given) => {
    const line = jsonRow({ text: given, whole: 1, part: 0.5, is: true }, columns);
    expect(line).not.toMatch(/[\n\r\u0085\u2028\u2029\ufeff]/);
    expect(line.isWellFormed()).toBe(true);
    expect(JSON.parse(line).text).toBe(given.toWellFormed());
  });

  test('gives back any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (given, part) => {
          const row = JSON.parse(jsonRow({ text: given, whole: 1, part, is: true }, columns));
          expect(row.text).toBe(given.toWellFormed());
          expect(row.part).toBe(part === 0 ? 0 : part);
        },
      ),
    );
  });

  test('refuses what does not fit its column, which is a bug', () => {
    expect(() => jsonRow({ text: 1, whole: 1, part: 1, is: true }, columns)).toThrow(/column text/);
    expect(() => jsonRow({ text: '', whole: 1.5, part: 1, is: true }, columns)).toThrow(/column whole/);
    expect(() => jsonRow({ text: '', whole: 1, part: Number.NaN, is: true }, columns)).toThrow(/column part/);
  });
});

describe('rows as Parquet', () => {
  test('are read back by another program, hostile text and a row of two megabytes included', async () => {
    const columns: Columns = {
      messages,
      numbers: groupOf({ whole: integer, part: decimal }),
      notes: listOf(text),
      weights: listOf(groupOf({ role: text, weight: { kind: 'integer', isOptional: true } })),
    };
    const path = join(tmpdir(), `parley-rows-${process.pid}.parquet`);
    onTestFinished(() => rm(path, { force: true }));
    const table = createParquetTable(columns, () => path);
    // DuckDB's client drops a mark at the very beginning of a text that it hands over.
    const texts = [...hostile.map((given) => `: ${given}`), 'x'.repeat(2_000_000), ''];
    for (const [index, content] of texts.entries()) {
      const row = {
        messages: [{ role: 'user', content }],
        numbers: { whole: index, part: index === 0 ? null : index / 2 },
        notes: index === 0 ? [] : [content, 'two'],
        weights: [{ role: 'user' }, { role: 'assistant', weight: 1 }],
      };
      table.write(row, content.length);
      if (index === 3) table.flush();
    }
    table.close();
    const rows = (await parquetRows(path)) as unknown as {
      messages: { role: string; content: string }[];
      numbers: { whole: string; part: number | null };
      notes: string[];
      weights: { weight: string | null }[];
    }[];
    expect(rows.map((row) => row.messages[0]?.content)).toEqual(
      texts.map((content) => content.toWellFormed()),
    );
    expect(rows[0]?.numbers).toEqual({ whole: '0', part: null });
    expect(rows[2]?.numbers).toEqual({ whole: '2', part: 1 });
    expect(rows[0]?.notes).toEqual([]);
    expect(rows[1]?.notes).toHaveLength(2);
    expect(rows[1]?.weights.map(({ weight }) => weight)).toEqual([null, '1']);
  });
});
