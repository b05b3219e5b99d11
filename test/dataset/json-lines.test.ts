import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
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
import { createLineFile, jsonRow } from '../../src/dataset/write/json-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-lines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const columns: Columns = { text, messages };
const system = { role: 'system', content: 's'.repeat(9000) };
const row = (letters: number, letter = 'a') => ({
  text: letter.repeat(letters),
  messages: [system, { role: 'user', content: letter }, system],
});

describe('a file of lines', () => {
  // Around the buffer of 256 KiB, which holds text of a third as many letters for certain; 15 KB of each row are not its text.
  test.each([
    ['small rows', Array.from({ length: 60 }, (_, number) => row(number * 150))],
    [
      'rows about as large as the buffer',
      [87_000, 87_300, 87_400, 250_000, 262_143, 262_144, 262_145].map((size) => row(size)),
    ],
    ['rows of letters of three bytes', [10, 87_381, 87_382, 100_000, 10].map((size) => row(size, '東'))],
    ['large rows after small ones', [row(10), row(900_000), row(10), row(240_000), row(30_000), row(10)]],
  ])('holds %s as they are, and counts their characters', (name, rows) => {
    const path = join(folder, name.replaceAll(' ', '-'));
    const file = createLineFile(path, columns);
    const counted = createLineFile(null, columns);
    const lines = rows.map((each) => jsonRow(each, columns));
    for (const [place, each] of rows.entries()) {
      expect(file.write(each)).toBe(lines[place]?.length);
      expect(counted.write(each)).toBe(lines[place]?.length);
    }
    file.close();
    counted.close();
    expect(readFileSync(path, 'utf8') === lines.map((line) => `${line}\n`).join('')).toBe(true);
  });

  test('is written piece by piece, and not at the end', () => {
    const path = join(folder, 'pieces');
    const file = createLineFile(path, columns);
    for (let count = 0; count < 10; count++) file.write(row(60_000));
    expect(readFileSync(path).length).toBeGreaterThan(300_000);
    file.close();
  });

  test('is none that was there before', () => {
    createLineFile(join(folder, 'there'), columns).close();
    expect(() => createLineFile(join(folder, 'there'), columns)).toThrow(/EEXIST/);
  });
});

describe('a row', () => {
  const whole: Columns = {
    words: text,
    count: integer,
    maybe: { kind: 'integer', isOptional: true },
    share: decimal,
    is: truth,
    list: listOf(groupOf({ a: integer, b: listOf(text) })),
    none: groupOf({}),
  };
  const good = { words: 'a', count: 1, share: 1, is: true, list: [], none: {} };

  test('is written in the order of its columns, what may lack left out', () => {
    expect(
      jsonRow(
        {
          ...good,
          none: {},
          list: [
            { b: ['x', 'y'], a: 1 },
            { a: 2, b: [] },
          ],
        },
        whole,
      ),
    ).toBe(
      '{"words":"a","count":1,"share":1.0,"is":true,"list":[{"a":1,"b":["x","y"]},{"a":2,"b":[]}],"none":{}}',
    );
    expect(jsonRow({ ...good, maybe: 0, share: null, is: false }, whole)).toBe(
      '{"words":"a","count":1,"maybe":0,"share":null,"is":false,"list":[],"none":{}}',
    );
    expect(jsonRow({ maybe: 3 }, { maybe: { kind: 'integer', isOptional: true } })).toBe('{"maybe":3}');
    expect(jsonRow({}, { maybe: { kind: 'integer', isOptional: true } })).toBe('{}');
  });

  test('keeps the point of decimals', () => {
    const written = [0, 1, -2, 0.5, 1e21, 1e-7, 123456789].map((share) =>
      jsonRow({ share }, { share: decimal }),
    );
    expect(written.map((line) => line.slice(9, -1))).toEqual([
      '0.0',
      '1.0',
      '-2.0',
      '0.5',
      '1e+21',
      '1e-7',
      '123456789.0',
    ]);
  });

  test('escapes what some readers take for the end of a line, and has no half pairs', () => {
    const words = 'a\u0085b\u2028c\u2029d\ufeffe\u007ff\ud800g\nh"i\\';
    const line = jsonRow({ words }, { words: text });
    expect(line).toBe('{"words":"a\\u0085b\\u2028c\\u2029d\\ufeffe\\u007ff\ufffdg\\nh\\"i\\\\"}');
    const long = jsonRow({ words: words.repeat(1000) }, { words: text });
    expect(long).toBe(`{"words":"${line.slice(10, -2).repeat(1000)}"}`);
  });

  test.each([
    ['words', 1],
    ['words', null],
    ['count', 1.5],
    ['count', '1'],
    ['count', undefined],
    ['share', Number.NaN],
    ['share', '1'],
    ['is', 1],
    ['list', {}],
    ['list', [1]],
    ['none', null],
    ['none', 'x'],
  ])('whose column %s would hold %j is refused by name', (name, value) => {
    expect(() => jsonRow({ ...good, [name]: value }, whole)).toThrow(`column ${name} cannot hold`);
  });
});
