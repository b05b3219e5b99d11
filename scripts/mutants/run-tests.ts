/**
 * Runs the tests of one source file over and over, each time with one place of the file changed; started by
 * scripts/mutants.ts. A line of JSON in names a change, a line of JSON out says what the tests made of it. vitest stays
 * loaded, so that a mutant costs its tests and not the start of a process.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createVitest } from 'vitest/node';
import { slow } from '../../vitest.config.ts';
import type { Place } from './mutants-of.ts';

const [file = '', tests = '', leftOut = ''] = process.argv.slice(2);
const original = readFileSync(file, 'utf8');
let text = original;

const vitest = await createVitest(
  'test',
  {
    config: false,
    watch: false,
    bail: 1,
    related: [file],
    passWithNoTests: true,
    reporters: [{}],
    include: [`${tests}/**/*.test.{ts,tsx}`],
    exclude: leftOut === '' ? [] : [...slow, leftOut],
    maxWorkers: 1,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // What vitest keeps of a file it transformed before would hide the change.
    fsModuleCache: false,
    env: { OPENAI_API_KEY: '', ANTHROPIC_API_KEY: '', OLLAMA_HOST: '', NO_COLOR: '', FORCE_COLOR: '' },
  },
  {
    plugins: [
      {
        name: 'mutant',
        enforce: 'pre',
        load: (id: string) => (id.split('?')[0] === file ? text : null),
      },
    ],
  },
);
const specifications = await vitest.getRelevantTestSpecifications();
const answer = (mutants: object) => console.log(JSON.stringify({ mutants }));
answer({ tests: specifications.length });

for await (const line of createInterface({ input: process.stdin })) {
  const { start, end, replacement } = JSON.parse(line) as Place;
  text = original.slice(0, start) + replacement + original.slice(end);
  vitest.invalidateFile(file);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  const passed = unhandledErrors.length === 0 && testModules.every((module) => module.ok());
  answer({ passed });
}
await vitest.close();
