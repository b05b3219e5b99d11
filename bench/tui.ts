import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'rolldown';
import { asShipped } from '../scripts/quick-start.js';
import { debateEvents, sampleCast } from '../test/helpers/debate-events.ts';
import { type Figure, median } from './measure.ts';

/** What one process of tui-child.ts tells. */
interface Told {
  tokens: number;
  cpuMs: number;
  wallMs: number;
  bytes: number;
  writes: number;
  frames: number;
  renderMs: number;
  rssMb: number;
  firstWriteMs: number;
  firstFrameMs: number;
}

const runs = 3;
const seconds = 5;

/** Four personas streaming 200 tokens a second on a screen of 120 by 40; each run in a process of its own, bundled as parley is. */
export async function measure(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  try {
    const program = join(folder, 'tui-child.mjs');
    await bundle(program);
    const [few, many] = await Promise.all([10, 500].map((turns) => storeDebate(folder, turns)));
    const short = repeat(program, [few, 10, seconds, 'streaming']);
    const long = repeat(program, [many, 500, seconds, 'streaming']);
    const paused = repeat(program, [few, 10, seconds, 'paused']);
    return figures(short, long, paused);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function figures(short: readonly Told[], long: readonly Told[], paused: readonly Told[]): Figure[] {
  const of = (told: readonly Told[], value: (one: Told) => number) => median(told.map(value));
  const cpu = (told: readonly Told[]) => of(told, ({ cpuMs, tokens }) => (cpuMs / tokens) * 1000);
  return [
    { what: 'CPU for 1,000 streamed tokens', value: cpu(short), unit: 'ms', aim: { most: 800 } },
    {
      what: 'written for each token',
      value: of(short, ({ bytes, tokens }) => bytes / tokens),
      unit: 'bytes',
      aim: { most: 149 },
    },
    {
      what: 'frames a second while streaming',
      value: of(short, ({ frames, wallMs }) => (frames / wallMs) * 1000),
      unit: 'fps',
      aim: { least: 30 },
    },
    { what: 'drawing a frame', value: of(short, ({ renderMs }) => renderMs), unit: 'ms', aim: { most: 8 } },
    {
      what: 'CPU with 500 turns behind, against 10',
      value: cpu(long) / cpu(short),
      unit: 'x',
      aim: { most: 1.2 },
    },
    {
      what: 'memory with 500 turns (RSS)',
      value: of(long, ({ rssMb }) => rssMb),
      unit: 'MB',
      aim: { most: 150 },
    },
    {
      what: 'writes while paused',
      value: of(paused, ({ writes, wallMs }) => (writes / wallMs) * 1000),
      unit: 'per second',
      aim: { most: 0 },
    },
    {
      what: 'CPU while paused',
      value: of(paused, ({ cpuMs, wallMs }) => (cpuMs / wallMs) * 100),
      unit: 'percent',
      aim: { most: 3 },
    },
    {
      what: 'first line on the screen',
      value: of(short, ({ firstWriteMs }) => firstWriteMs),
      unit: 'ms',
      aim: { most: 300 },
    },
    {
      what: 'first whole frame',
      value: of(short, ({ firstFrameMs }) => firstFrameMs),
      unit: 'ms',
      aim: { most: 300 },
    },
  ];
}

/** A debate some rounds longer than what is behind at the start; making it up takes longer than a first frame. */
async function storeDebate(folder: string, turns: number): Promise<string> {
  const rounds = Math.ceil(turns / (sampleCast.length + 1)) + 4;
  const events = debateEvents({ rounds, words: 150, end: null, settings: { rounds: 100 } });
  const path = join(folder, `${turns}-turns.json`);
  await writeFile(path, JSON.stringify(events));
  return path;
}

function repeat(program: string, args: readonly (string | number | undefined)[]): Told[] {
  // parley keeps its compiled code as well; the bundle's folder is new, so that the first run fills the cache.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(dirname(program), 'compiled') };
  return Array.from({ length: runs }, () => {
    const child = spawnSync(process.execPath, [program, ...args.map(String)], { encoding: 'utf8', env });
    if (child.status !== 0) throw new Error(`the measurement failed: ${child.stderr}`);
    return JSON.parse(child.stdout) as Told;
  });
}

function bundle(outfile: string): Promise<unknown> {
  const output = { file: outfile, codeSplitting: false };
  return build({ ...asShipped, input: 'bench/tui-child.ts', output });
}
