import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { postgresForFile } from '../helpers/postgres.ts';
import { startProviderServer } from '../helpers/provider-server.ts';
import { PseudoTerminal } from '../helpers/pseudo-terminal.ts';
import { debating } from '../run/debates.ts';
import { codeLoaded, command, parley, screenCode, startParley, temporaryFolder } from './parley.ts';

const postgres = postgresForFile();
const isLong = Boolean(process.env['PARLEY_TEST_LONG']);
let address = '';
let cwd = '';

beforeEach(async () => {
  address = await postgres().createDatabase();
  cwd = await temporaryFolder();
});

function inTerminal(
  args: readonly string[],
  { size = { columns: 120, rows: 40 }, env = {} as Record<string, string> } = {},
): PseudoTerminal {
  const set = Object.entries({ OPENAI_API_KEY: 'sk-test', ...env }).map((entry) => entry.join('='));
  const line = ['-C', cwd, ...set, process.execPath, command, ...args];
  const terminal = new PseudoTerminal('/usr/bin/env', line, size);
  onTestFinished(() => terminal.kill());
  return terminal;
}

/** Puts a plan of two arms into the database. */
async function submit({ repeats = 500, model = 'simulator', more = [] as string[] } = {}): Promise<void> {
  await mkdir(cwd, { recursive: true });
  const plan = [
    `model: ${model}`,
    'arms: [{ id: plain, strategy: plain }, { id: steel, strategy: steelman }]',
    'scenarios: [us-dprk-talks]',
    `repeats: ${repeats}`,
    'debate: { rounds: 1, judgeSamples: 1, stopEarly: false }',
  ];
  await writeFile(join(cwd, 'plan.yaml'), plan.join('\n'));
  const env = { OPENAI_API_KEY: 'sk-test' };
  const submitted = await parley(['batch', 'plan.yaml', '--on', address, '--yes', ...more], { cwd, env });
  expect(submitted.stderr).toContain('new.');
  expect(submitted.code).toBe(0);
}

describe('a worker in a real terminal', () => {
  test('shows its plans, what it holds and its lease, and ends well on Ctrl+C', async () => {
    await submit({ repeats: 500, more: ['--budget', '20', '--rpm', '1000000'] });
    const terminal = inTerminal(['worker', address, '--lease', '6']);
    const seen = await terminal.until(/[1-9]\d* of 1,000 done · \d+ running · \d+ left/u, 60_000);
    expect(terminal.terminal.isAlternate).toBe(true);
    expect(seen).toMatch(/parley {2}\S+:\d+ on postgres:\/\/postgres@\S+ +SIMULATED: not a language model/u);
    expect(seen).toMatch(/here +[1-9]\d* done here/u);
    expect(seen).toMatch(/\$0\.00 of \$20\.00/u);
    expect(seen).toMatch(/lease +6 s · confirmed (just now|\d s ago)/u);
    expect(seen).toMatch(/limits +simulator 1,000,000 requests a minute, all workers together/u);
    expect(seen).toContain('returns its debates and quits');
    await terminal.until(/us-dprk-talks\/(plain|steel)\/simulator #\d+ +round \d\/1/u);
    expect(terminal.output).not.toContain(postgres().password);
    terminal.press('\u0003');
    expect((await terminal.exited).exitCode).toBe(130);
    const after = await terminal.until(/\d+ debates done here\./u);
    expect(await terminal.leftBehind()).toEqual([]);
    expect(after).toContain('The worker was stopped.');
    const { workers, plans } = JSON.parse((await parley(['status', address, '--json'])).stdout);
    expect(workers).toEqual([]);
    const done = Number(/(\d+) debates done here\./u.exec(after)?.[1]);
    expect(plans[0].counts).toMatchObject({ done, underWay: 0, waiting: 1000 - done });
  });

  test('says on SIGTERM what it still waits for, and leaves at once on a second signal', async () => {
    const server = await startProviderServer({ answer: () => ({ silent: true }) });
    await submit({
      repeats: 2,
      model: 'openai:scripted',
      more: ['--base-url', server.baseUrl, '--price', '1,1'],
    });
    const terminal = inTerminal(['worker', address, '--base-url', server.baseUrl, '--lease', '60']);
    await terminal.until('openai  4 of 8 calls at once');
    await terminal.until('waiting for Moderator (opening the debate)');
    process.kill(terminal.process.pid, 'SIGTERM');
    await terminal.until('Finishing 4 calls of 4 debates, then all is saved. Ctrl+C again leaves at once.');
    process.kill(terminal.process.pid, 'SIGTERM');
    expect((await terminal.exited).exitCode).toBe(143);
    await terminal.until('Left at once. What was finished is saved; others take its debates after 60 s.');
    expect(await terminal.leftBehind()).toEqual([]);
  });

  test('tells which debates failed and are tried again, with nothing that acts on the terminal', async () => {
    const failing = { status: 400, body: { error: { message: 'no \u001b[2Jsuch thing' } } };
    const server = await startProviderServer({ answer: () => failing });
    await submit({
      repeats: 1,
      model: 'openai:scripted',
      more: ['--base-url', server.baseUrl, '--price', '1,1'],
    });
    const terminal = inTerminal(['worker', address, '--base-url', server.baseUrl, '--lease', '600']);
    const seen = await terminal.until(/0 done here · 2 failed and retried/u);
    expect(seen).toMatch(/WENT WRONG 2[\s\S]*✗ [\s\S]*no +such thing/u);
    terminal.press('\u0003');
    expect((await terminal.exited).exitCode).toBe(130);
    const after = await terminal.until('0 debates done here, 2 failed and retried.');
    expect(after.replaceAll('\n', '')).toMatch(
      /us-dprk-talks-\w+-[0-9a-f]{16} failed and will be retried: /u,
    );
  });

  test.runIf(isLong)('shows that the database is away, and goes on once it is back', async () => {
    await submit({ repeats: 500 });
    const terminal = inTerminal(['worker', address, '--lease', '2'], { size: { columns: 80, rows: 18 } });
    await terminal.until(/[1-9]\d* done here/u, 60_000);
    await postgres().stop();
    const away = await terminal.until('the database does not answer (').finally(() => postgres().start());
    const before = Number(/(\d+) of 1,000 done/u.exec(away)?.[1]);
    await expect
      .poll(async () => Number(/(\d+) of 1,000 done/u.exec(await terminal.text())?.[1]), { timeout: 30_000 })
      .toBeGreaterThan(before + 8);
    await terminal.until(/lease 2 s · confirmed/u);
    terminal.press('\u0003');
    expect((await terminal.exited).exitCode).toBe(130);
  });

  test('is told in lines with --plain, under a build server, for a screen reader and in a dumb terminal', async () => {
    await submit({ repeats: 1 });
    const kinds: [string[], Record<string, string>][] = [
      [['--plain'], {}],
      [[], { CI: 'true' }],
      [[], { ACCESSIBLE: '1' }],
      [[], { TERM: 'dumb' }],
    ];
    const workers = kinds.map(([more, env]) =>
      inTerminal(['worker', address, '--until-empty', ...more], { env }),
    );
    const watchers = kinds.map(([more, env]) => inTerminal(['status', address, '--watch', ...more], { env }));
    const all = [...workers, ...watchers];
    expect(await Promise.all(all.map(({ exited }) => exited))).toEqual(
      all.map(() => expect.objectContaining({ exitCode: 0 })),
    );
    for (const worker of workers) await expect.poll(() => worker.output).toContain('done here.');
    for (const watcher of watchers) await expect.poll(() => watcher.output).toContain('2 of 2 debates done');
    for (const { output } of all) expect(output).not.toContain('\u001b');
  });
});

describe('parley status --watch', () => {
  test('shows plans and workers in a terminal until all is done, and leaves the result behind', async () => {
    const server = await startProviderServer({
      answer: (request) => ({ text: debating(request), headersAfterMs: 60 }),
    });
    const priced = ['--base-url', server.baseUrl, '--price', '1,1'];
    await submit({ repeats: 3, model: 'openai:scripted', more: priced });
    const terminal = inTerminal(['status', address, '--watch']);
    await terminal.until('none is running');
    await terminal.until('Ctrl+C quits; workers continue');
    const env = { OPENAI_API_KEY: 'sk-test' };
    const args = ['worker', address, '--base-url', server.baseUrl, '--concurrency', '2', '--until-empty'];
    const worker = startParley(args, { cwd, env });
    const seen = await terminal.until(
      /WORKERS 1\n ▸ \S+:\d+ +[1-9] debates? +at work for 0:\d\d, heard of/u,
      30_000,
    );
    expect(seen).toMatch(/\d of 6 done · \d running · \d left/u);
    expect((await terminal.exited).exitCode).toBe(0);
    expect((await worker.finished).code).toBe(0);
    await terminal.until('6 of 6 debates done');
    expect(await terminal.leftBehind()).toEqual([]);
  });

  test('says in a pipe what has changed, ends once all is done, and loads neither the screen nor Ink', async () => {
    await submit({ repeats: 1 });
    const coverage = join(cwd, 'coverage');
    const env = { NODE_V8_COVERAGE: coverage };
    const watching = startParley(['status', address, '--watch'], { cwd, env });
    const objects = startParley(['status', address, '--watch', '--json'], { cwd });
    await watching.says(/plan-\w+: 0 of 2 debates done, 0 under way, 2 left/u);
    expect((await parley(['worker', address, '--until-empty'], { cwd })).code).toBe(0);
    const { code, stdout } = await watching.finished;
    expect(code).toBe(0);
    expect(stdout).toMatch(/2 of 2 debates done, 0 under way, 0 left.*\nNo worker is running\.\n$/u);
    const json = await objects.finished;
    const seen = json.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).plans[0].counts.done);
    expect([json.code, seen[0], seen.at(-1)]).toEqual([0, 0, 2]);
    const loaded = await codeLoaded(coverage);
    expect(loaded).toContain('debates done');
    for (const words of screenCode) expect(loaded).not.toContain(words);
  });

  test('ends with 3 where a budget is used up before all is done, and says how to go on', async () => {
    await submit({ repeats: 20, more: ['--budget-tokens', '30000'] });
    expect((await parley(['worker', address, '--until-empty'], { cwd })).code).toBe(3);
    const { code, stdout } = await parley(['status', address, '--watch']);
    expect(stdout).toMatch(
      /The budget of plan-\w+ is used up\. Continue with a larger one: parley batch plan\.yaml/u,
    );
    expect(code).toBe(3);
  });

  test.runIf(isLong)('names workers that are gone, and what becomes of their debates', async () => {
    const server = await startProviderServer({ answer: () => ({ silent: true }) });
    await submit({
      repeats: 1,
      model: 'openai:scripted',
      more: ['--base-url', server.baseUrl, '--price', '1,1'],
    });
    const env = { OPENAI_API_KEY: 'sk-test' };
    const worker = startParley(['worker', address, '--base-url', server.baseUrl, '--lease', '1'], {
      cwd,
      env,
    });
    const terminal = inTerminal(['status', address, '--watch']);
    await terminal.until(/▸ \S+ +2 debates/u, 30_000);
    worker.process.kill('SIGKILL');
    await terminal.until(/✗ \S+ +2 debates +silent for \d+ s; its debates go to others/u, 30_000);
    terminal.press('\u0003');
    expect((await terminal.exited).exitCode).toBe(130);
    const after = await terminal.until('Start one with: parley worker');
    expect(after.replaceAll('\n', '')).toMatch(
      /No longer responding: \S+ \(\d+ s\)\. Their debates go to the next worker/u,
    );
  });
});

test.each(['status', 'worker', 'migrate', 'pull'])(
  '%s ends at once where a password is wanted, and shows none that was typed into something else',
  async (name) => {
    const { pathname, host } = new URL(address);
    const asked = await parley([name, `postgres://postgres@${host}${pathname}`], { cwd });
    expect(asked).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('it asks for a password. Put one'),
    });
    const wrong = await parley([name, 'postgress://me:hush@example.org/debates'], { cwd });
    expect(wrong.stderr).toContain(
      '"postgress://example.org/debates" is not a database address. Write it as',
    );
    expect(wrong.code).toBe(1);
  },
  20_000,
);
