import { describe, expect, test } from 'vitest';
import { mutantsOf } from '../../scripts/mutants/mutants-of.ts';

/** The text of a file with each of its mutants applied. */
function mutated(text: string): string[] {
  return mutantsOf('sample.ts', text).map(
    ({ start, end, replacement }) => text.slice(0, start) + replacement + text.slice(end),
  );
}

describe('mutants of a file', () => {
  test('comparisons move by one step and are turned round', () => {
    expect(mutated('export const a = (x: number, y: number) => x < y;')).toEqual([
      'export const a = (x: number, y: number) => x <= y;',
    ]);
    expect(mutated('export const a = (x: string) => x === y;')).toEqual([
      'export const a = (x: string) => x !== y;',
    ]);
  });

  test('a condition is held always and never', () => {
    expect(mutated('if (ready) go = now;')).toEqual(['if (true) go = now;', 'if (false) go = now;']);
  });

  test('a call that stands by itself is left out', () => {
    expect(mutated('settle();')).toEqual([';']);
  });

  test('numbers change, and a zero becomes a one', () => {
    expect(mutated('const a = 0.8;')).toEqual(['const a = (0.8 * 2);']);
    expect(mutated('const a = 0;')).toEqual(['const a = 1;']);
    expect(mutated('const a = 3;')).toEqual(['const a = (3 * 2);', 'const a = 2;']);
  });

  test('types, imports, joined words and thrown errors have none', () => {
    const text = [
      "import { a } from './3.ts';",
      'type B = 1 | 2;',
      "const c = 'one' + two;",
      'throw new Error(String(1 + 2));',
    ].join('\n');
    expect(mutated(text)).toEqual([]);
  });

  test('a mutant names its line', () => {
    expect(mutantsOf('sample.ts', '\n\nconst ok = !done;')).toMatchObject([
      { line: 3, change: '`!` to nothing' },
    ]);
  });
});
