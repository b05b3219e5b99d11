import { describe, expect, test } from 'vitest';
import { createRowReader, NumberToken, type ReadRow } from '../../src/dataset/check/read-row.ts';

const long = (letter: string, letters = 5000) => letter.repeat(letters);

function readAll(lines: readonly (string | Buffer)[]): ReadRow[] {
  const read = createRowReader();
  return lines.map((line, place) => read(Buffer.from(line), place === 0));
}

/** As slowly and as plainly as it can be done. */
function plainly(line: string): unknown {
  return JSON.parse(line, (_key, value, ...rest: unknown[]) =>
    typeof value === 'number' ? new NumberToken((rest[0] as { source: string }).source) : value,
  );
}

const lines = [
  `{"messages":[{"role":"system","content":"${long('a')}"},{"role":"user","content":"one"}],"n":1}`,
  `{"messages":[{"role":"system","content":"${long('a')}"},{"role":"user","content":"two"}],"n":1.0}`,
  `{"messages":[{"role":"system","content":"${long('a')} more"},{"role":"user","content":"three"}],"n":-2}`,
  `{"messages":[{"role":"system","content":"${long('a')}\\" and more"}],"n":[1,2.50,3e1,{"m":0}]}`,
  `{"messages":[{"role":"system","content":"${long('a')}"}],"mark":"parley: a text read before","n":1E5}`,
  `{"messages":[{"role":"system","content":"${long('b')}\\\\"},{"role":"user","content":"[7] {8} \\"9\\" \\\\"}]}`,
  `{"messages":[{"role":"system","content":"${long('b')}\\\\"},{"role":"user","content":"five"}],"n":1.50}`,
  `{"messages":[{"role":"system","content":"${long('c')}\\\\\\""},{"role":"user","content":"six"}]}`,
  `{"messages":[{"role":"system","content":"${long('c')}\\\\\\""},{"role":"user","content":"seven"}]}`,
  `{"${long('k')}":"a key","n":5}`,
  `{"${long('k')}":"another","n":5.0}`,
  `{"10":1.0,"9":2,"n":3.0}`,
  `{"n":1,"n":2.0}`,
  `{"text":"${long('é', 3000)}","n":[0.1,[],{}]}`,
  `{"text":"${long('é', 3000)}","n":[10,[1],{"a":2.0}]}`,
  '{"a":null,"b":true,"c":false,"d":"", "e" : [ 1 , 2.0 ] }',
];

describe('rows of JSON lines', () => {
  test('are read as they are written, whatever stood in lines before', () => {
    const reference = lines.map(plainly);
    expect(readAll(lines).map((read) => read.ok && read.row)).toEqual(reference);
    expect(readAll([...lines, ...lines].reverse()).map((read) => read.ok && read.row)).toEqual(
      [...reference, ...reference].reverse(),
    );
  });

  test('share the text with which many of them begin', () => {
    const [first, second] = readAll([lines[0] ?? '', lines[1] ?? '']);
    const contentOf = (read: ReadRow | undefined) =>
      read?.ok ? (read.row['messages'] as { content: string }[])[0]?.content : null;
    expect(contentOf(first)).toBe(long('a'));
    expect(contentOf(second)).toBe(long('a'));
  });

  test('are read right though more texts come than are remembered', () => {
    const many = Array.from(
      { length: 300 },
      (_, number) => `{"text":"${number} ${long('z')}","n":${number}.0}`,
    );
    const twice = [...many, ...many.slice(0, 3), ...many.slice(-3)];
    expect(readAll(twice).map((read) => read.ok && read.row)).toEqual(twice.map(plainly));
  });

  const begun = `{"text":"${long('a')}"`;
  test.each<[string, string | Buffer, string, string?]>([
    ['cut short', `${begun},"n":1`, 'bad-json'],
    ['with a NUL', `${begun},"n":"\0"}`, 'nul-bytes'],
    ['with U+2028', `${begun},"n":"\u2028"}`, 'line-separator'],
    ['with U+2029', `${begun},"n":"\u2029"}`, 'line-separator'],
    ['with U+0085', `${begun},"n":"\u0085"}`, 'line-separator'],
    [
      'that is no UTF-8',
      Buffer.concat([Buffer.from(`${begun},"n":"`), Buffer.from([0xff, 0x22, 0x7d])]),
      'not-utf-8',
    ],
    ['with half a pair', `${begun},"n":[{"m":"\\ud800"}]}`, 'lone-surrogate', 'n.0.m holds'],
    ['with half a pair in a text of its own', '{"n":"\\udc00"}', 'lone-surrogate', 'n holds'],
    ['that is blank', '  ', 'blank-line'],
    ['that is a list', '[1]', 'not-a-row'],
    ['that is a number', '1', 'not-a-row'],
    ['that is null', 'null', 'not-a-row'],
    ['of more than ten megabytes', `{"text":"${long('a', 10_000_000)}"}`, 'too-large', '10.0 MB'],
  ])('are refused %s, though the line begins like one before', (_, line, reason, words = '') => {
    const [, read] = readAll([`${begun},"n":"x"}`, line]);
    expect(read).toMatchObject({ ok: false, reason });
    expect(read?.ok === false && read.message).toContain(words);
  });

  test('of just ten megabytes are read', () => {
    const line = `{"text":"${long('a', 10_000_000 - 11)}"}`;
    expect(readAll([line])[0]?.ok).toBe(true);
  });

  test('may have a byte order mark anywhere but at the beginning of the file', () => {
    const marked = '\ufeff{"n":1}';
    expect(readAll([marked])[0]).toMatchObject({ ok: false, reason: 'byte-order-mark' });
    expect(readAll(['{"n":1}', marked])[1]).toMatchObject({ ok: false, reason: 'bad-json' });
  });
});

test('a number is whole as it is written', () => {
  const whole = ['0', '-1', '12'];
  const others = ['1.0', '-0.5', '1e3', '1E-3'];
  expect(whole.map((source) => new NumberToken(source).isWhole)).toEqual([true, true, true]);
  expect(others.map((source) => new NumberToken(source).isWhole)).toEqual([false, false, false, false]);
});
