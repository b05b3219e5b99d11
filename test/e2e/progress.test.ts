import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startProviderServer } from '../helpers/provider-server.ts';
import { PseudoTerminal } from '../helpers/pseudo-terminal.ts';
import { codeLoaded, command, parley, screenCode, startParley, temporaryFolder } from './parley.ts';

interface Asked {
  args: readonly string[];
  size?: { columns: number; rows: number };
  env?: Record<string, string>;
}

function inTerminal(
  cwd: string,
  { args, size = { columns: 120, rows: 40 }, env = {} }: Asked,
): PseudoTerminal {
  const where = ['--transcripts', join(cwd, 'transcripts')];
  // A pseudo-terminal sets TERM itself, so what a test sets is set after it.
  const set = Object.entries({ OLLAMA_HOST: '127.0.0.1:9', ...env }).map((entry) => entry.join('='));
  const line = [...set, process.execPath, command, ...args, ...where];
  const terminal = new PseudoTerminal('/usr/bin/env', line, size);
  onTestFinished(() => terminal.kill());
  return terminal;
}

/** A plan with a title, in a folder that is gone after the test; a thousand debates take longer than any test. */
async function planIn(cwd: string, { repeats = 500, model = 'simulator' } = {}): Promise<string> {
  const file = join(cwd, 'plan.yaml');
  await mkdir(cwd, { recursive: true });
  await writeFile(
    file,
    [
      'title: Night run',
      `model: ${model}`,
      'arms: [{ id: plain, strategy: plain }, { id: steel, strategy: steelman }]',
      'scenarios: [us-dprk-talks]',
      `repeats: ${repeats}`,
      'debate: { rounds: 2, judgeSamples: 2 }',
    ].join('\n'),
  );
  return file;
}

describe('a batch in a real terminal', () => {
  test('is seen while it runs, ends well on Ctrl+C, and goes on from there', async () => {
    const cwd = await temporaryFolder();
    const plan = await planIn(cwd);
    const terminal = inTerminal(cwd, { args: ['batch', plan, '--yes'] });
    const seen = await terminal.until(/[1-9]\d* of 1,000 done · \d+ running · \d+ left/u, 60_000);
    expect(terminal.terminal.isAlternate).toBe(true);
    expect(seen).toMatch(/parley {2}Night run +SIMULATED: not a language model/u);
    await terminal.until(/us-dprk-talks\/(plain|steel)\/simulator #\d+ +round \d\/2/u);
    expect(seen).toMatch(/simulator +\d of 8 calls at once/u);
    terminal.press('\u0003');
    expect((await terminal.exited).exitCode).toBe(130);
    // The last words may arrive after the news that the process has ended.
    const after = await terminal.until('Continue with: parley batch');
    expect(await terminal.leftBehind()).toEqual([]);
    expect(after).toContain('Night run: 1,000 debates');
    expect(after).toContain('The person running the batch stopped it.');
    const done = Number(/(\d+) of 1,000 debates done, \d+ left/u.exec(after)?.[1]);
    expect(done).toBeGreaterThan(0);
    const again = await parley(['batch', plan, '--dry-run', '--transcripts', join(cwd, 'transcripts')]);
    expect(again.stderr).toContain(`${done} done already`);
  });

  test('opens a debate, pauses, takes another budget, and ends with what came of each arm', async () => {
    const cwd = await temporaryFolder();
    const plan = await planIn(cwd);
    const terminal = inTerminal(cwd, { args: ['batch', plan, '--yes'] });
    await terminal.until(/[1-9]\d* of 1,000 done/u, 60_000);
    // A simulated debate takes a second; paused, and once calls that were under way have ended some, the chosen one stays in the list.
    terminal.press('p');
    await terminal.until(/PAUSED[\s\S]*go on/u);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    terminal.press('j');
    await terminal.until(/>. us-dprk-talks/u);
    terminal.press('\r');
    const opened = await terminal.until(/T\d+, (opening|round)[\s\S]*Esc back/u, 30_000);
    terminal.press('g');
    await terminal.until('T1, opening');
    terminal.press('G');
    expect(opened).toMatch(/C (0\.\d\d|–) · \$0\.00 · (running|round-limit)/u);
    terminal.press('\u001b');
    await terminal.until(/of 1,000 done/u);
    const paused = await terminal.until(/PAUSED/u);
    const done = /([\d,]+) of 1,000 done/u.exec(paused)?.[1];
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const still = await terminal.until(/PAUSED/u);
    expect(/([\d,]+) of 1,000 done/u.exec(still)?.[1]).toBe(done);
    terminal.press('b');
    await terminal.until('New budget in US dollars');
    terminal.press('2');
    terminal.press('5');
    terminal.press('\r');
    await terminal.until('$0.00 of $25.00');
    terminal.press('p');
    await terminal.until(/[1-9]\d* of 1,000 done(?![\s\S]*PAUSED)/u);
    terminal.press('\u0003');
    expect((await terminal.exited).exitCode).toBe(130);
    const after = await terminal.until('Continue with: parley batch');
    expect(after).toMatch(/plain: \d+ debates? over, mean C 0\.\d\d; \d+ [a-z-]+/u);
    expect(await terminal.leftBehind()).toEqual([]);
  });

  test('says how many calls are still under way, and leaves at once on a second Ctrl+C', async () => {
    const server = await startProviderServer({ answer: () => ({ silent: true }) });
    const cwd = await temporaryFolder();
    const plan = await planIn(cwd, { model: 'openai:scripted' });
    const terminal = inTerminal(cwd, {
      args: ['batch', plan, '--yes', '--no-probe', '--base-url', server.baseUrl],
      env: { OPENAI_API_KEY: 'sk-test' },
    });
    await terminal.until('openai  8 of 8 calls at once');
    await terminal.until('waiting for Moderator (opening the debate)');
    terminal.press('\u0003');
    await terminal.until('Finishing 8 calls of 8 debates, then all is saved. Ctrl+C again leaves at once.');
    terminal.press('\u0003');
    expect((await terminal.exited).exitCode).toBe(130);
    await terminal.until('Left at once. What was finished is saved.');
    expect(await terminal.leftBehind()).toEqual([]);
  });

  test('says why a debate waits, and leaves on the normal screen what went wrong', async () => {
    const failing = { status: 400, body: { error: { message: 'no \u001b[2Jsuch thing' } } };
    const busy = { status: 429, headers: { 'retry-after': '30' }, body: { error: { message: 'slow down' } } };
    const server = await startProviderServer({
      answer: ({ number }) => (number === 1 ? failing : number === 2 ? busy : { silent: true }),
    });
    const cwd = await temporaryFolder();
    const plan = await planIn(cwd, { repeats: 1, model: 'openai:scripted' });
    const terminal = inTerminal(cwd, {
      args: ['batch', plan, '--yes', '--no-probe', '--base-url', server.baseUrl],
      env: { OPENAI_API_KEY: 'sk-test' },
    });
    const seen = await terminal.until(/waits \d+ s for openai \(429: too many calls at once\)/u);
    expect(seen).toMatch(/openai +0 of \d calls at once.*1 refused; fell from 8 to 5/u);
    await terminal.until(/WENT WRONG 1[\s\S]*✗ [\s\S]*no +such thing/u);
    terminal.press('\u0003');
    expect((await terminal.exited).exitCode).toBe(130);
    const after = await terminal.until('Continue with: parley batch');
    // The terminal breaks lines wherever its width ends.
    expect(after.replaceAll('\n', '')).toMatch(/us-dprk-talks-\w+-[0-9a-f]{16}: .*no such thing/u);
    expect(await terminal.leftBehind()).toEqual([]);
  });

  test('fits a window of 40 columns, follows it as it grows, and keeps to NO_COLOR', async () => {
    const cwd = await temporaryFolder();
    const plan = await planIn(cwd);
    const args = ['batch', plan, '--yes'];
    const size = { columns: 40, rows: 12 };
    const terminal = inTerminal(cwd, { args, size, env: { NO_COLOR: '1' } });
    const small = await terminal.until(/of 1,000 done[\s\S]*Ctrl\+C stops cleanly/u, 60_000);
    expect(small).toContain('SIMULATED');
    expect(small).not.toContain('PROVIDERS');
    terminal.resize(110, 30);
    await terminal.until(/PROVIDERS[\s\S]*RUNNING \d/u);
    terminal.resize(60, 5);
    await terminal.until(/^ parley.*\n \d+ of 1,000 done/u);
    terminal.press('\u0003');
    expect((await terminal.exited).exitCode).toBe(130);
    await expect.poll(() => terminal.output).toContain('Continue with: parley batch');
    expect(await terminal.leftBehind()).toEqual([]);
    expect(terminal.output).not.toMatch(/\u001b\[[0-9;]*(?:3[0-7]|4[0-7]|9[0-7]|38|48)[;m]/u);
  });

  test('ends by itself once all is done, with the result on the normal screen', async () => {
    const cwd = await temporaryFolder();
    const plan = await planIn(cwd, { repeats: 2 });
    const terminal = inTerminal(cwd, { args: ['compare', plan, '--yes'] });
    expect((await terminal.exited).exitCode).toBe(0);
    await expect.poll(() => terminal.output.split('\u001b[?1049l')[1]).toContain('steel');
    expect(await terminal.leftBehind()).toEqual([]);
  });

  test.each<[string, string[], Record<string, string>]>([
    ['with --plain', ['--plain'], {}],
    ['under a build server', [], { CI: 'true' }],
    ['for a screen reader', [], { ACCESSIBLE: '1' }],
    ['in a dumb terminal', [], { TERM: 'dumb' }],
  ])('is told in lines %s', async (_, more, env) => {
    const cwd = await temporaryFolder();
    const plan = await planIn(cwd, { repeats: 1 });
    const terminal = inTerminal(cwd, { args: ['batch', plan, '--yes', ...more], env });
    expect((await terminal.exited).exitCode).toBe(0);
    await expect.poll(() => terminal.output).toContain('2 of 2 debates done');
    expect(terminal.output).not.toContain('\u001b');
  });
});

test('a batch in a pipe loads neither the screen nor Ink', async () => {
  const cwd = await temporaryFolder();
  const plan = await planIn(cwd, { repeats: 1 });
  const coverage = join(cwd, 'coverage');
  const args = ['batch', plan, '--yes', '--transcripts', join(cwd, 'transcripts')];
  const { code } = await startParley(args, { env: { NODE_V8_COVERAGE: coverage } }).finished;
  expect(code).toBe(0);
  const loaded = await codeLoaded(coverage);
  expect(loaded).toContain('debates done');
  for (const words of screenCode) expect(loaded).not.toContain(words);
});
