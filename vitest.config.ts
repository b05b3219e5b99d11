import { defineConfig } from 'vitest/config';

/** Tests that start processes, servers or browsers, or sweep over much: `npm run test:fast` leaves them to `npm test`. */
const slow = [
  'test/crash/**',
  'test/docs/run-commands.test.ts',
  'test/e2e/**',
  'test/batch/{batch,list-runs,openai-batch,thousand}.test.ts',
  'test/batch/workers/**',
  'test/compare/null-calibration.test.ts',
  'test/{compare/html,report}/browser.test.ts',
  'test/helpers/postgres.test.ts',
  'test/integrations/**',
  'test/journal/lock.test.ts',
  'test/journal/postgres/**',
  'test/models/call-deadlines.test.ts',
  'test/terminal/{pseudo-terminal,emoji-widths}.test.ts',
  'test/terminal/setup/**',
];

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: process.env['PARLEY_TEST_FAST'] === '1' ? slow : [],
    // Most of a test is waiting for processes it started, so three take turns on two cores.
    maxWorkers: 3,
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // A developer's own keys and settings must never reach a test.
    env: { OPENAI_API_KEY: '', ANTHROPIC_API_KEY: '', OLLAMA_HOST: '', NO_COLOR: '', FORCE_COLOR: '' },
  },
});
