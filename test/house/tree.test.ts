import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.ts';

const files = globSync('src/**/*.{ts,tsx}').sort();

/** The files of src that a file imports, types included. */
function importsOf(file: string): string[] {
  const specifiers = readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g);
  return [...specifiers].map(([, specifier = '']) => normalize(join(dirname(file), specifier)));
}

/** Groups of files that import one another in a circle: the strongly connected components with more than one file (Tarjan 1972). */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const visit = (file: string) => {
    index.set(file, index.size);
    low.set(file, index.get(file) as number);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!index.has(next)) visit(next);
      const reached = stack.includes(next) ? (low.get(next) as number) : Number.POSITIVE_INFINITY;
      low.set(file, Math.min(low.get(file) as number, reached));
    }
    if (low.get(file) !== index.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1) circles.push(circle.sort());
  };
  for (const file of graph.keys()) if (!index.has(file)) visit(file);
  return circles;
}

describe('the tree of src', () => {
  test('has no file name twice, but index and types', () => {
    const places = new Map<string, string[]>();
    for (const file of files) places.set(basename(file), [...(places.get(basename(file)) ?? []), file]);
    const twice = [...places].filter(([name, all]) => all.length > 1 && !/^(index|types)\.tsx?$/.test(name));
    expect(Object.fromEntries(twice)).toEqual({});
  });

  test('has no circle between files, types included', () => {
    expect(circlesIn(new Map(files.map((file) => [file, importsOf(file)])))).toEqual([]);
  });

  test('a circle would be found', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['a', 'd']],
      ['d', []],
    ]);
    expect(circlesIn(graph)).toEqual([['a', 'b', 'c']]);
  });

  test('speaks of no option outside the command line', async () => {
    const options = await Promise.all(
      commands.map(async ({ load }) => Object.values((await load()).options)),
    );
    const flags = new Set(options.flat().flatMap((option) => option.flags.match(/--[a-z-]+/g) ?? []));
    const named = files
      // A data set's card says how to make another one.
      .filter((file) => !file.startsWith('src/cli/') && !file.startsWith('src/dataset/describe/'))
      .flatMap((file) => {
        const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
        // Custom properties of a style sheet look the same.
        const found = code.matchAll(/(?<![\w(-])(--[a-z][a-z-]+)(?!:)\b/g);
        return [...found].flatMap(([, flag = '']) => (flags.has(flag) ? [`${file}: ${flag}`] : []));
      });
    expect(named).toEqual([]);
  });
});
