import { describe, expect, test } from 'vitest';
import { createFaultLog, reportOn } from '../../src/source/source-fault.ts';
import { readYaml, rememberYaml } from '../../src/source/yaml-source.ts';

function read(text: string) {
  const log = createFaultLog();
  return { source: readYaml(text, 1, reportOn(log, 'a.yaml')), faults: log.faults };
}

describe('YAML', () => {
  test('with a key twice is refused at the line of the second', () => {
    const { source, faults } = read('a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n');
    expect(source).toBeNull();
    expect(faults).toEqual([
      { file: 'a.yaml', line: 5, message: 'YAML: the key "c" stands here a second time' },
    ]);
  });

  test('may use a key again in another mapping, and a number beside its text', () => {
    expect(read('a:\n  c: 1\nb:\n  c: 1\n').source?.value).toEqual({ a: { c: 1 }, b: { c: 1 } });
    expect(read('1: a\n"1": b\n').faults).toEqual([]);
  });

  test('of thirty thousand keys is read in time that grows with their number, and so is each line', () => {
    const text = Array.from({ length: 30_000 }, (_, index) => `key${index}: b`).join('\n');
    const before = process.threadCpuUsage();
    const { source } = read(text);
    for (let index = 0; index < 30_000; index++)
      expect(source?.lineOf([`key${index}`]) === index + 1).toBe(true);
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(5);
  });

  test('longer than any prompt is refused before it is parsed', () => {
    const { source, faults } = read('a: b\n'.repeat(200_000));
    expect(source).toBeNull();
    expect(faults[0]?.message).toContain('1000000 characters');
  });

  test('parsed beforehand is taken as it was, with its lines; with another byte it is parsed', () => {
    rememberYaml([['a: 1\nb: { c: 2 }\n', 'as the build had it', { '': 1, b: 7, 'b\nc': 8 }]]);
    const { source } = read('a: 1\nb: { c: 2 }\n');
    expect(source?.value).toBe('as the build had it');
    expect([['b', 'c', 'none'], ['b', 0], ['none']].map((path) => source?.lineOf(path))).toEqual([8, 7, 1]);
    expect(read('a: 1\nb: { c: 3 }\n').source?.value).toEqual({ a: 1, b: { c: 3 } });
  });
});
