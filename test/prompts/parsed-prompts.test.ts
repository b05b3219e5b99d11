import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parsedPrompts } from '../../scripts/parsed-prompts.js';
import { createFaultLog, reportOn } from '../../src/source/source-fault.ts';
import { readYaml, type YamlParsedBefore } from '../../src/source/yaml-source.ts';

const prompts = join(import.meta.dirname, '../../prompts');

test('the build parses the YAML of every prompt file, and as the program does', () => {
  const files = readdirSync(prompts, { recursive: true, encoding: 'utf8' });
  const withYaml = files.filter(
    (name) =>
      name.endsWith('.yaml') ||
      (name.endsWith('.md') && readFileSync(join(prompts, name), 'utf8').startsWith('---\n')),
  );
  const built: YamlParsedBefore[] = JSON.parse(parsedPrompts(prompts));
  expect(built).toHaveLength(withYaml.length);
  let paths = 0;
  for (const [text, value, lines] of built) {
    const log = createFaultLog();
    const source = readYaml(text, 1, reportOn(log, ''));
    expect(log.faults).toEqual([]);
    expect(source?.value).toEqual(value);
    const read = pathsIn(value).map((path) => [path.join('\n'), source?.lineOf(path)]);
    expect(lines).toEqual(Object.fromEntries(read));
    paths += read.length;
  }
  expect(paths).toBeGreaterThan(1000);
});

function pathsIn(value: unknown, above: readonly string[] = []): (readonly string[])[] {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [above, ...entries.flatMap(([step, inner]) => pathsIn(inner, [...above, step]))];
}
