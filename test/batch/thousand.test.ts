import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parley, startParley, temporaryFolder } from '../e2e/parley.ts';
import { storedDebates } from './batch-command.ts';

/** A thousand with PARLEY_TEST_LONG; the usual run does the same with a dozen. */
const isLong = process.env['PARLEY_TEST_LONG'] === '1';
const debates = isLong ? 1000 : 12;

test(`${debates} debates that are killed twice and resumed come out as those that never were: on the disk, exported and compared`, {
  timeout: isLong ? 3_600_000 : 120_000,
}, async () => {
  const whole = await thePlan();
  const killed = await thePlan();
  expect((await hold(whole)).code).toBe(0);
  for (const share of [0.3, 0.6]) await killAfter(killed, Math.ceil(share * debates));
  const last = await hold(killed);
  expect(last.stderr).toContain(`${debates.toLocaleString('en-US')} of`);
  expect(last.code).toBe(0);

  expect(await saidIn(killed)).toEqual(await saidIn(whole));
  expect(await exported(killed)).toEqual(await exported(whole));
  expect(await compared(killed)).toEqual(await compared(whole));
});

async function thePlan(): Promise<string> {
  const cwd = await temporaryFolder();
  const lines = [
    'model: simulator',
    'arms:',
    '  - { id: plain, strategy: plain }',
    '  - { id: steel, strategy: steelman }',
    'scenarios: [us-dprk-talks]',
    'debate: { rounds: 2, judgeSamples: 2 }',
  ];
  await writeFile(join(cwd, 'plan.yaml'), lines.join('\n'));
  return cwd;
}

function args(): string[] {
  return ['batch', 'plan.yaml', '--count', String(debates), '--yes'];
}

const hold = (cwd: string) => parley(args(), { cwd });

/** Ends the command with -9 once so many debates are begun. */
async function killAfter(cwd: string, begun: number): Promise<void> {
  const run = startParley(args(), { cwd });
  const timer = setInterval(async () => {
    if ((await runsIn(cwd)) >= begun) run.process.kill('SIGKILL');
  }, 20);
  const { signal } = await run.finished;
  clearInterval(timer);
  expect(signal).toBe('SIGKILL');
}

async function runsIn(cwd: string): Promise<number> {
  const folders = await readdir(join(cwd, 'transcripts'), { recursive: true }).catch(() => []);
  return folders.filter((path) => path.endsWith('journal.jsonl') && !path.includes('.new-')).length;
}

/** What was said, read and signed in every debate, with all that depends on time and on kills left out. */
async function saidIn(cwd: string): Promise<Record<string, string>> {
  const said: Record<string, string> = {};
  for (const { debate } of await storedDebates(join(cwd, 'transcripts'))) {
    const { started, turns, verdicts, answers, ended } = debate;
    const words = turns.map(({ turn, speaker, text }) => [turn, speaker, text]);
    const readings = verdicts.map(({ cells, convergence }) => [cells, convergence]);
    const signed = answers.map(({ persona, answer, reason }) => [persona, answer, reason]);
    const whole = JSON.stringify([words, readings, signed, ended?.reason]);
    said[started.debate] = createHash('sha256').update(whole).digest('hex');
  }
  expect(Object.keys(said)).toHaveLength(debates);
  return said;
}

/** The rows of an export. */
async function exported(cwd: string): Promise<Record<string, string>> {
  const format = ['--format', 'sft', '--include-simulated'];
  const { code, stderr } = await parley(['export', 'data', ...format], { cwd });
  expect(stderr).not.toMatch(/damaged/);
  expect(code).toBe(0);
  const paths = await readdir(join(cwd, 'data'), { recursive: true });
  const rows: Record<string, string> = {};
  for (const path of paths.filter((path) => path.endsWith('.jsonl')).sort()) {
    rows[path] = timeless(await readFile(join(cwd, 'data', path), 'utf8'));
  }
  expect(Object.values(rows).join('').length).toBeGreaterThan(1000);
  return rows;
}

/** The result of the comparison, as JSON. */
async function compared(cwd: string): Promise<unknown> {
  const { code, stdout, stderr } = await parley(
    ['compare', 'plan.yaml', '--count', String(debates), '--json'],
    {
      cwd,
    },
  );
  expect(stderr).not.toContain('Go on with');
  expect(code).toBe(0);
  expect(stdout).toContain('steel');
  return timeless(stdout);
}

function timeless(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'a time');
}
