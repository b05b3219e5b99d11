import { readFileSync } from 'node:fs';
import { mergeConfig } from 'vitest/config';
import usual from './vitest.config.ts';

const [path = '', start = '0', end = '0', replacement = ''] = JSON.parse(
  process.env['PARLEY_MUTANT'] ?? '[]',
) as string[];

/** Hands vitest one source file with one place changed (npm run mutants). */
const { projects: _, ...usualTest } = usual.test ?? {};
const base = { ...usual, test: { ...usualTest, include: [] } };

export default mergeConfig(base, {
  plugins: [
    {
      name: 'mutant',
      enforce: 'pre' as const,
      load(id: string) {
        if (id.split('?')[0] !== path) return null;
        const text = readFileSync(path, 'utf8');
        return text.slice(0, Number(start)) + replacement + text.slice(Number(end));
      },
    },
  ],
  test: {
    include: [`${process.env['PARLEY_MUTANT_TESTS'] ?? 'test'}/**/*.test.{ts,tsx}`],
    maxWorkers: 1,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    isolate: false,
    // What vitest keeps of a file it transformed before would hide the change.
    fsModuleCache: false,
  },
});
