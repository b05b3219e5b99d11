import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startProviderServer } from '../helpers/provider-server.ts';

const run = promisify(execFile);
const fixtures = new URL('../fixtures/models/', import.meta.url).pathname;
const quiet = ['--disable-warning=ExperimentalWarning'];

test.each(['openai:scripted', 'anthropic:claude-haiku-4-5', 'ollama:llama3.2'])(
  'no library of %s writes to the terminal, whatever the server sends',
  async (spec) => {
    const garbage = { text: 'one two', fault: { kind: 'garbage', after: 1 } } as const;
    const server = await startProviderServer({
      replies: [garbage, { status: 500, body: '<html>oops' }, { status: 503, body: {} }, 'Hello'],
    });
    const { stdout, stderr } = await run(process.execPath, [
      ...quiet,
      `${fixtures}one-call.ts`,
      spec,
      server.origin,
    ]);
    expect(stdout).toBe('outcome: finished');
    expect(stderr).toBe('');
  },
);

test('choosing and making models loads nothing of LangChain', async () => {
  const { stdout } = await run(process.execPath, [...quiet, `${fixtures}what-is-loaded.ts`]);
  expect(stdout.split(' ').sort()).toEqual(
    ['fastest-levenshtein', 'zod'].filter((name) => stdout.includes(name)),
  );
});
