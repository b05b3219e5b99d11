import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { spawn as spawnTerminal } from '@lydell/node-pty';
import { makeRuns } from './many-runs.ts';
import { type Figure, median } from './measure.ts';

const command = resolve('dist/parley.js');
const runs = 10_000;
const times = 7;

/** Home and the lists over a folder of 10,000 runs whose index is there, as whole processes. */
export async function measure(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-home-'));
  try {
    await makeRuns(join(folder, 'transcripts'), runs);
    const first = timed(folder, 'ls');
    const shown: HomeTimes[] = [];
    for (let time = 0; time < times; time++) shown.push(await homeTimes(folder));
    const of = (key: keyof HomeTimes) => median(shown.map((one) => one[key]));
    const repeated = (name: string) => median(Array.from({ length: times }, () => timed(folder, name)));
    return [
      { what: 'parley ls, 10,000 runs, the first time', value: first, unit: 'ms' },
      { what: 'parley ls, 10,000 runs', value: repeated('ls'), unit: 'ms', aim: { most: 2000 } },
      { what: 'parley stats, 10,000 runs', value: repeated('stats'), unit: 'ms', aim: { most: 2000 } },
      { what: 'home of 10,000 runs: the screen is taken', value: of('taken'), unit: 'ms' },
      {
        what: 'home of 10,000 runs: the runs are there',
        value: of('listed'),
        unit: 'ms',
        aim: { most: 300 },
      },
      {
        what: 'home of 10,000 runs: a key is answered',
        value: of('answered'),
        unit: 'ms',
        aim: { most: 100 },
      },
      {
        what: 'home of 10,000 runs: a letter filters',
        value: of('filtered'),
        unit: 'ms',
        aim: { most: 100 },
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function timed(cwd: string, name: string): number {
  const before = performance.now();
  const { status } = spawnSync(process.execPath, [command, name], { cwd, maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`parley ${name} ended with ${status}`);
  return performance.now() - before;
}

interface HomeTimes {
  taken: number;
  listed: number;
  answered: number;
  filtered: number;
}

/** Milliseconds from the start of the process to the first bytes and to the first run; then those of two keys. */
async function homeTimes(cwd: string): Promise<HomeTimes> {
  const before = performance.now();
  const terminal = spawnTerminal(process.execPath, [command], {
    ...{ cols: 120, rows: 40, cwd },
    env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', HOME: cwd },
  });
  let text = '';
  let taken = Number.NaN;
  let heard = () => {};
  terminal.onData((data) => {
    if (text === '') taken = performance.now() - before;
    text += data;
    heard();
  });
  const until = (wanted: RegExp) =>
    new Promise<number>((done) => {
      heard = () => {
        if (wanted.test(text)) done(performance.now());
      };
      heard();
    });
  const listed = (await until(/round-limit/)) - before;
  await until(/strategies [1-9]/);
  const press = async (key: string, wanted: RegExp) => {
    const at = performance.now();
    text = ' ';
    terminal.write(key);
    return (await until(wanted)) - at;
  };
  await press('G', /copy-|held-/);
  const answered = await press('g', /copy-|held-/);
  await press('/', /takes it away/);
  const filtered = await press('9', /“9”/);
  const over = new Promise<void>((done) => terminal.onExit(() => done()));
  terminal.write('\u0003');
  await over;
  return { taken, listed, answered, filtered };
}
