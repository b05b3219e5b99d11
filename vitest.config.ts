import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Most of a test is waiting for processes it started, so two take turns on two cores.
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // A developer's own keys and settings must never reach a test.
    env: { OPENAI_API_KEY: '', ANTHROPIC_API_KEY: '', OLLAMA_HOST: '', NO_COLOR: '', FORCE_COLOR: '' },
  },
});
