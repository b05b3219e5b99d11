import { execFile } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { runBatch } from '../../src/batch/run-batch.ts';
import { startProviderServer } from '../helpers/provider-server.ts';
import { PseudoTerminal } from '../helpers/pseudo-terminal.ts';
import { debating } from '../run/debates.ts';
import { command, journalOf, parley, temporaryFolder } from './parley.ts';

const short = ['--rounds', '1', '--judge-samples', '1', '--name', 'one'];

async function server() {
  const provider = await startProviderServer({ answer: debating });
  return { provider, model: ['--model', 'openai:scripted', '--base-url', provider.baseUrl, '--no-probe'] };
}

describe('what a debate would cost', () => {
  test('is said without a call and without a run by --dry-run', async () => {
    const cwd = await temporaryFolder();
    const { provider, model } = await server();
    const told = await parley(['run', ...short, ...model, '--price', '1,10', '--dry-run'], { cwd });
    expect(told).toMatchObject({ code: 0, stdout: '' });
    expect(told.stderr).toMatch(
      /^Model: openai:scripted, as chosen with --model\.\nIt takes about \d+ calls, \S+ tokens in and \S+ out, \$\d+\.\d+ before cache discounts, if it runs all its rounds\.\n$/,
    );
    expect(provider.requests).toEqual([]);
    expect(await readdir(cwd)).toEqual([]);
  });

  test('of a resumed one is what is left of it, and its journal stays as it is', async () => {
    const cwd = await temporaryFolder();
    const { provider, model } = await server();
    const priced = [...model, '--price', '1,10'];
    await parley(['run', ...short, ...priced, '--no-stop-early', '--plain'], { cwd });
    const before = await journalOf(join(cwd, 'transcripts'), 'one');
    const calls = provider.requests.length;
    const tellRest = async (rounds: string) => {
      const { stderr } = await parley(['resume', 'one', ...priced, '--rounds', rounds, '--dry-run'], { cwd });
      return Number(/It takes about (\d+) calls/.exec(stderr)?.[1]);
    };
    const [two, three] = [await tellRest('2'), await tellRest('3')];
    const whole = await parley(['run', ...short, ...priced, '--rounds', '3', '--dry-run'], { cwd });
    expect(Number(/It takes about (\d+) calls/.exec(whole.stderr)?.[1])).toBeGreaterThan(three);
    // A round more is four speeches, a reading and the moderator's word.
    expect(three - two).toBe(6);
    expect(provider.requests).toHaveLength(calls);
    expect(await journalOf(join(cwd, 'transcripts'), 'one')).toEqual(before);
  }, 60_000);

  test('is asked about in a terminal above a stated sum, and no means no', async () => {
    const cwd = await temporaryFolder();
    const { provider, model } = await server();
    const args = ['run', ...short, ...model, '--price', '1000,1000', '--transcripts', cwd, '--ui', 'plain'];
    const terminal = new PseudoTerminal(process.execPath, [command, ...args], { columns: 140 });
    await terminal.until('Go on? [y/N]');
    terminal.press('n\r');
    expect((await terminal.exited).exitCode).toBe(0);
    expect(terminal.output).toContain('Nothing was started.');
    expect(provider.requests).toEqual([]);
    expect(await readdir(cwd)).toEqual([]);

    const agreed = new PseudoTerminal(process.execPath, [command, ...args, '--yes'], { columns: 140 });
    expect((await agreed.exited).exitCode).toBe(0);
    expect(agreed.output).not.toContain('Go on?');
    expect(await readdir(cwd)).toContain('one');
  }, 60_000);

  test('is said without a question below that sum', async () => {
    const cwd = await temporaryFolder();
    const { model } = await server();
    const args = ['run', ...short, ...model, '--price', '0.1,0.1', '--transcripts', cwd, '--ui', 'plain'];
    const terminal = new PseudoTerminal(process.execPath, [command, ...args], { columns: 140 });
    expect((await terminal.exited).exitCode).toBe(0);
    expect(terminal.output).toMatch(/It takes about \d+ calls/);
    expect(terminal.output).not.toContain('Go on?');
  }, 60_000);
});

describe('a budget in dollars without a known price', () => {
  test.each([
    ['run', [...short, '--budget', '5']],
    ['resume', ['one', '--budget', '5']],
  ])(
    'is refused by %s with what to give, before any call',
    async (name, args) => {
      const cwd = await temporaryFolder();
      const { provider, model } = await server();
      if (name === 'resume')
        await parley(['run', '--model', 'simulator', ...short, '--budget-tokens', '3000'], { cwd });
      const { stderr, code } = await parley([name, ...args, ...model], { cwd });
      expect(stderr).toContain('none is known for openai:scripted.');
      expect(stderr).toMatch(/Give --price INPUT,OUTPUT .*or --budget-tokens N/);
      expect(code).toBe(1);
      expect(provider.requests).toEqual([]);
      const priced = await parley([name, ...args, ...model, '--price', '1,1'], { cwd });
      expect(priced.code).toBe(0);
    },
    60_000,
  );
});

test('a plan with a dollar budget is refused too, from the command line and a program, where a price is unknown', async () => {
  const cwd = await temporaryFolder();
  const { provider, model } = await server();
  const plan = join(cwd, 'plan.yaml');
  await writeFile(
    plan,
    'arms: [{ id: a, strategy: plain }, { id: b, strategy: steelman }]\nscenarios: [tram-line]\ndebate: { rounds: 1 }\n',
  );
  for (const name of ['batch', 'compare']) {
    const { stderr, code } = await parley([name, plan, ...model, '--budget', '5', '--yes'], { cwd });
    expect(stderr).toMatch(/none is known for openai:scripted\. Give --price .*or --budget-tokens N/);
    expect(code).toBe(1);
  }
  const asked = {
    ...{ plan, model: 'openai:scripted', baseUrl: provider.baseUrl, budgetUsd: 5 },
    ...{ transcripts: join(cwd, 'runs'), environment: { OPENAI_API_KEY: 'sk-test' } },
  };
  await expect(runBatch(asked)).rejects.toMatchObject({ reason: 'no-price' });
  expect(provider.requests).toEqual([]);
});

test('a full disk behind standard output is a failure that says why', async () => {
  const cwd = await temporaryFolder();
  const options = ['--model', 'simulator', ...short];
  for (const what of [`run ${options.join(' ')} --plain`, 'report one', 'ls']) {
    const line = `"${process.execPath}" "${command}" ${what} >/dev/full`;
    const failed = await promisify(execFile)('sh', ['-c', line], {
      cwd,
      env: { OLLAMA_HOST: '127.0.0.1:9' },
    }).then(
      () => null,
      (error: { code: number; stderr: string }) => error,
    );
    expect(failed?.code).toBe(1);
    expect(failed?.stderr).toContain('parley: standard output could not be written (no space is left there)');
  }
}, 60_000);
