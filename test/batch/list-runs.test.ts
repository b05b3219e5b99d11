import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shardedPlace } from '../../src/journal/run-folder.ts';
import { parley, temporaryFolder } from '../e2e/parley.ts';
import { type DebateEventsOptions, debateEvents } from '../helpers/debate-events.ts';
import { planFile } from './batch-command.ts';

async function store(
  cwd: string,
  name: string,
  { isSharded = false, ...options }: DebateEventsOptions & { isSharded?: boolean },
): Promise<void> {
  const transcripts = join(cwd, 'transcripts');
  const folder = isSharded ? shardedPlace(transcripts, name) : join(transcripts, name);
  await mkdir(folder, { recursive: true });
  const lines = debateEvents(options).map((event) => `${JSON.stringify(event)}\n`);
  await writeFile(join(folder, 'journal.jsonl'), lines.join(''));
}

/** A debate and a control of one batch. */
async function batchWithControl() {
  const cwd = await temporaryFolder();
  const plan = [
    'model: simulator',
    'arms:',
    '  - { id: plain, strategy: plain }',
    '  - { id: alone, strategy: plain, control: no-debate }',
    'scenarios: [us-dprk-talks]',
    'debate: { rounds: 1, judgeSamples: 1 }',
  ];
  await writeFile(join(cwd, 'plan.yaml'), plan.join('\n'));
  expect((await parley(['batch', 'plan.yaml', '--yes'], { cwd })).code).toBe(0);
  const transcripts = join(cwd, 'transcripts');
  const [batch = ''] = await readdir(join(transcripts, '.batches'));
  const [real] = names((await parley(['ls', '--arm', 'plain'], { cwd })).stdout);
  const [control] = names((await parley(['ls', '--arm', 'alone'], { cwd })).stdout);
  return { cwd, transcripts, batch, real, control };
}

const names = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ')[0]);

test('ls lists runs of both kinds of places and filters by ending and model', async () => {
  const cwd = await temporaryFolder();
  await store(cwd, 'whole', { seed: 1 });
  await store(cwd, 'cut', { seed: 2, end: null });
  await store(cwd, 'paid', { isSharded: true, seed: 3, model: 'openai:scripted' });
  expect(names((await parley(['ls'], { cwd })).stdout)).toEqual(['cut', 'whole', 'paid']);
  expect(names((await parley(['ls', '--ending', 'unfinished'], { cwd })).stdout)).toEqual(['cut']);
  expect(names((await parley(['ls', '--model', 'scripted'], { cwd })).stdout)).toEqual(['paid']);
});

test('--json gives each run’s figures, and the convergence bounds part them', async () => {
  const cwd = await temporaryFolder();
  await store(cwd, 'one', { seed: 1 });
  const { stdout } = await parley(['ls', '--json'], { cwd });
  const row = JSON.parse(stdout);
  expect(row).toMatchObject({ run: 'one', rounds: 2, ending: 'round-limit', simulated: true });
  const above = await parley(['ls', '--min-convergence', String(row.convergence + 0.01)], { cwd });
  expect(above.stdout).toBe('');
  const below = await parley(['ls', '--max-convergence', String(row.convergence)], { cwd });
  expect(names(below.stdout)).toEqual(['one']);
});

test('stats adds up what the runs used', async () => {
  const cwd = await temporaryFolder();
  await store(cwd, 'whole', { seed: 1 });
  await store(cwd, 'cut', { seed: 2, end: null });
  const rows = (await parley(['ls', '--json'], { cwd })).stdout.trimEnd().split('\n');
  const calls = rows.map((line) => JSON.parse(line).calls).reduce((sum, value) => sum + value, 0);
  const { all } = JSON.parse((await parley(['stats', '--json'], { cwd })).stdout);
  expect(all).toMatchObject({ runs: 2, calls, endings: { 'round-limit': 1, unfinished: 1 } });
});

test('debates of a batch are found by their arm, and again from their journals once the manifest is gone', async () => {
  const { cwd } = await planFile(1);
  expect((await parley(['batch', 'plan.yaml', '--model', 'simulator'], { cwd })).code).toBe(0);
  const ofArm = names((await parley(['ls', '--arm', 'steel'], { cwd })).stdout);
  expect(ofArm).toHaveLength(2);
  for (const name of ofArm) expect(name).toContain('steelman');
  const figures = (stdout: string) => stdout.replace(/"arms":\[[^\]]*\],/g, '');
  const noted = (await parley(['ls', '--json'], { cwd })).stdout;
  const [batch = ''] = await readdir(join(cwd, 'transcripts', '.batches'));
  await writeFile(join(cwd, 'transcripts', '.batches', batch, 'manifest.jsonl'), '{"torn');
  expect(figures((await parley(['ls', '--json'], { cwd })).stdout)).toBe(figures(noted));
});

test('controls are told from debates like others: in a row, counted apart, and let through or not', async () => {
  const { cwd, transcripts, batch, real, control } = await batchWithControl();
  const rows = (await parley(['ls'], { cwd })).stdout.trimEnd().split('\n');
  expect(rows.filter((row) => row.endsWith('simulator             control no-debate'))).toHaveLength(1);
  expect(rows).toHaveLength(2);
  const { stdout } = await parley(['ls', '--json'], { cwd });
  const controls = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).control);
  expect(controls.sort()).toEqual(['no-debate', null]);
  const passing = async (kind: string) => names((await parley(['ls', '--control', kind], { cwd })).stdout);
  expect(await passing('none')).toEqual([real]);
  expect(await passing('any')).toEqual([control]);
  expect(await passing('no-debate')).toEqual([control]);
  expect(await passing('neutral')).toEqual(['']);
  const counted = await parley(['stats'], { cwd });
  expect(counted.stdout).toContain('us-dprk-talks, plain, simulator: 1 run;');
  expect(counted.stdout).toContain('us-dprk-talks, plain, simulator, control no-debate: 1 run;');
  const { groups } = JSON.parse((await parley(['stats', '--json'], { cwd })).stdout);
  expect(groups).toMatchObject([{ control: null }, { control: 'no-debate' }]);

  // Notes of a parley that knew no controls are read where there is no index, and what they lack is found in the journals.
  await rm(join(transcripts, '.runs.v1.jsonl'));
  const manifest = join(transcripts, '.batches', batch, 'manifest.jsonl');
  const noted = await readFile(manifest, 'utf8');
  expect(noted).toContain('"control":"no-debate"');
  await writeFile(
    manifest,
    noted.replace(/"control":[^,]*,/g, '').replaceAll('"strategy":"plain"', '"strategy":"noted"'),
  );
  expect(names((await parley(['ls', '--control', 'any', '--strategy', 'noted'], { cwd })).stdout)).toEqual([
    control,
  ]);
  expect(names((await parley(['ls', '--control', 'none', '--strategy', 'noted'], { cwd })).stdout)).toEqual([
    real,
  ]);
});

test.each([
  ['--ending', 'won', 'converged'],
  ['--control', 'no-debates', 'no-debate, same-persona, shuffled-turns, neutral, any, none'],
])('an unknown %s is refused with those there are', async (option, value, known) => {
  const { code, stderr } = await parley(['ls', option, value], { cwd: await temporaryFolder() });
  expect(code).toBe(2);
  expect(stderr).toContain(known);
});
