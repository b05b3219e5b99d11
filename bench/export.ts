import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { heapFlags } from '../src/cli/small-heap.ts';
import { rewardOf } from '../src/dataset/code-reward.ts';
import { rewardContextOf } from '../src/dataset/reward-context.ts';
import { runDebate } from '../src/index.ts';
import { makeRuns } from './many-runs.ts';
import { type Figure, median } from './measure.ts';

const run = promisify(execFile);

/** Exports simulator-made debates to JSON lines and Parquet, reading them back included; `--long` takes 100,000. */
export async function measure(): Promise<Figure[]> {
  const figures = [...(await rewards()), ...(await measured(1000))];
  if (process.argv.includes('--long')) figures.push(...(await measured(100_000)));
  return figures;
}

/** Rewards of speeches that differ, in one process: several passes over the speeches of a few debates, the median of them. */
async function rewards(): Promise<Figure[]> {
  const debates = await Promise.all(
    [1, 2, 3, 4].map(async (seed) => (await runDebate({ rounds: 6, seed, stopEarly: false })).result()),
  );
  const [first] = debates;
  if (!first) return [];
  const speeches = debates.flatMap(({ turns }) => turns.map(({ text }) => text));
  const context = rewardContextOf(first, first.started.cast[0]?.id ?? '', 9, true);
  const rates = Array.from({ length: 12 }, (_, pass) => {
    const before = process.cpuUsage();
    for (const speech of speeches) rewardOf(`${speech} ${pass}.`, context);
    const { user, system } = process.cpuUsage(before);
    return (speeches.length / (user + system)) * 1e6;
  });
  const what = 'completions rewarded for a second of processor time';
  return [{ what, value: median(rates.slice(2)), unit: 'per second', aim: { least: 2000 } }];
}

async function measured(debates: number): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-export-'));
  try {
    const transcripts = join(folder, 'transcripts');
    await makeRuns(transcripts, debates);
    const { stdout } = await run(process.execPath, [
      ...heapFlags,
      join(import.meta.dirname, 'export-child.ts'),
      transcripts,
      join(folder, 'dataset'),
    ]);
    const { rows, milliseconds, cpuMs, peakMb } = JSON.parse(stdout);
    const of = `${debates.toLocaleString('en-US')} debates of one round to sft, JSON lines and Parquet, both read back`;
    return [
      { what: `${of}: rows`, value: (rows / milliseconds) * 1000, unit: 'per second' },
      {
        what: `${of}: rows for a second of processor time`,
        value: (rows / cpuMs) * 1000,
        unit: 'per second',
        aim: { least: 2000 },
      },
      { what: `${of}: peak memory`, value: peakMb, unit: 'MB', aim: { most: 300 } },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
