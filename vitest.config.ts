import { defineConfig } from 'vitest/config';

/** Tests that start processes, servers or browsers, or sweep over much: `npm run test:fast` leaves them to `npm test`. */
export const slow = [
  'test/crash/**',
  'test/docs/{contributing,run-commands}.test.ts',
  'test/e2e/**',
  'test/article/hostile-text.test.ts',
  'test/batch/{batch,kept-articles,list-runs,openai-batch,thousand}.test.ts',
  'test/batch/workers/**',
  'test/compare/{null-calibration,stored-runs}.test.ts',
  'test/convergence/interval-coverage.test.ts',
  'test/grounding/linear-time.test.ts',
  'test/{compare/html,report}/browser.test.ts',
  'test/helpers/postgres.test.ts',
  'test/integrations/**',
  'test/journal/{kept-files,lock}.test.ts',
  'test/journal/postgres/**',
  'test/models/{call-deadlines,quiet}.test.ts',
  'test/run/{real-replies,run-debate}.test.ts',
  'test/simulator/bundled-scenarios.test.ts',
  'test/terminal/{pseudo-terminal,emoji-widths,sanitize-property}.test.ts',
  'test/terminal/tui/screens.test.ts',
  'test/terminal/setup/**',
  'test/validate/**',
];

/** Those of them that measure their own time, or put something in the place of a module: each in a worker of its own. */
const apart = [
  'test/article/hostile-text.test.ts',
  'test/convergence/interval-coverage.test.ts',
  'test/grounding/linear-time.test.ts',
  'test/journal/kept-files.test.ts',
  'test/models/{call-deadlines,quiet}.test.ts',
];

const installed = '**/node_modules/**';
const testsIn = (globs: readonly string[]) =>
  globs.map((glob) => glob.replace(/\*\*$/, '**/*.test.{ts,tsx}'));

export default defineConfig({
  test: {
    // Most of a test is waiting for processes it started, so three take turns on two cores.
    maxWorkers: 3,
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // The built command is loaded as it is, and not transformed.
    server: { deps: { external: [/\/dist\//] } },
    // A developer's own keys and settings must never reach a test.
    env: { OPENAI_API_KEY: '', ANTHROPIC_API_KEY: '', OLLAMA_HOST: '', NO_COLOR: '', FORCE_COLOR: '' },
    // Most share their modules, which loading costs more than most of the tests. Projects run in the order of their
    // names: short tests at the end leave no worker without one. `npm run test:fast` runs the fast ones alone.
    projects: [
      { extends: true, test: { name: 'apart', include: testsIn(apart) } },
      {
        extends: true,
        test: { name: 'costly', include: testsIn(slow), exclude: [...apart, installed], isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...slow, installed],
          isolate: false,
        },
      },
    ],
  },
});
