import { describe, expect, test } from 'vitest';
import { mutantsOf, withReach } from '../../scripts/mutants/mutants-of.ts';

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

describe('the parts of a file', () => {
  const text = [
    'const double = (n) => n * 2;',
    'function sign(n) { if (n < 0) { return -1; } return () => ({ one: (m) => m + 1 }); }',
    'return { double, sign };',
  ].join('\n');
  const written = withReach('a.js', `const file = () => { ${text} }; `).replaceAll('globalThis', 'place');

  /** What `code` makes with the marked file, and the parts that run for it. */
  function run(code: string): [unknown, ...string[]] {
    const partsReached = new Set<string>();
    const result = new Function('place', `${written} const { double, sign } = file(); return ${code};`);
    return [result({ partsReached }), ...partsReached];
  }

  test('tell when they run, and do what they did before', () => {
    expect(run('null')).toEqual([null, 'a.js#0', 'a.js#1']);
    expect(run('double(4)')).toEqual([8, 'a.js#0', 'a.js#1', 'a.js#2']);
    expect(run('sign(-2)')).toEqual([-1, 'a.js#0', 'a.js#1', 'a.js#3', 'a.js#4']);
    expect(run('sign(2)().one(3)')).toEqual([4, 'a.js#0', 'a.js#1', 'a.js#3', 'a.js#5', 'a.js#6']);
  });

  test('are named by the mutants in them', () => {
    const places = mutantsOf('a.js', `const file = () => { ${text} }; `).map(({ change, part }) => [
      change,
      part,
    ]);
    expect(places).toContainEqual(['`*` to `/`', 'a.js#2']);
    expect(places).toContainEqual(['`<` to `<=`', 'a.js#3']);
    expect(places).toContainEqual(['`-` to nothing', 'a.js#4']);
    expect(places).toContainEqual(['`+` to `-`', 'a.js#6']);
  });
});
