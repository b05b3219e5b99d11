import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import type { runDebate as RunDebate } from '../src/index.ts';
import { piecesOf } from '../test/helpers/provider-server/reply.ts';
import { type Figure, median } from './measure.ts';
import { bareLoop, type Calls, callsOfADebate, startServer } from './orchestration.ts';
import { answer } from './scripted-debate.ts';

type Run = typeof RunDebate;

const isQuick = process.argv.includes('--quick');
const settings = { rounds: 2, stopEarly: false, judgeSamples: 1, seed: 1, model: 'openai:scripted' };
const turns = 9;
const paceMs = 20;

/** Many debates in one process, each with its journal, beside the bare SDK that makes the very same calls. */
export async function measure(): Promise<Figure[]> {
  const { runDebate } = (await import('../dist/index.js' as string)) as { runDebate: Run };
  const calls = await callsOfADebate(runDebate, settings);
  const figures: Figure[] = [];
  for (const atOnce of isQuick ? [1, 20] : [1, 50, 500]) {
    figures.push(...(await beside(runDebate, calls, atOnce)));
  }
  return [...figures, ...(await paced(runDebate, calls, isQuick ? 50 : 500))];
}

async function beside(runDebate: Run, calls: Calls, atOnce: number): Promise<Figure[]> {
  const { baseUrl, stop } = await startServer();
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  const client = new OpenAI({ baseURL: baseUrl, apiKey: 'none', maxRetries: 0 });
  const [bare, parley]: [number[], number[]] = [[], []];
  const runs = atOnce === 1 && !isQuick ? 12 : 4;
  try {
    for (let run = 0; run < runs; run++) {
      const bareMs = await timed(() => together(atOnce, () => bareLoop(client, calls)));
      const parleyMs = await timed(() =>
        together(atOnce, () => debate(runDebate, baseUrl, folder, atOnce > 1)),
      );
      if (run === 0) continue;
      bare.push(bareMs / turns / atOnce);
      parley.push(parleyMs / turns / atOnce);
    }
  } finally {
    stop();
    await rm(folder, { recursive: true });
  }
  const ratios = parley.map((value, index) => value / (bare[index] ?? Number.NaN));
  const of = `${atOnce} debate${atOnce === 1 ? '' : 's'} at once, no delay`;
  return [
    { what: `${of}: a turn with its journal`, value: median(parley), unit: 'ms' },
    { what: `${of}: against the bare SDK`, value: median(ratios), unit: 'x', aim: { most: 1.3 } },
  ];
}

/** All debates at once on a server that says a word every 20 ms, and the bare SDK beside; ideal is the time its words take. */
async function paced(runDebate: Run, calls: Calls, atOnce: number): Promise<Figure[]> {
  const { baseUrl, stop } = await startServer([String(paceMs)]);
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  const client = new OpenAI({ baseURL: baseUrl, apiKey: 'none', maxRetries: 0 });
  const ideal = calls.reduce(
    (sum, group) =>
      sum + Math.max(...group.map((messages) => piecesOf(answer({ messages })).length - 1)) * paceMs,
    0,
  );
  const of = `${atOnce} debates on streams of ${paceMs} ms a token`;
  try {
    const bare = await timed(() => together(atOnce, () => bareLoop(client, calls)));
    const total = await timed(() => together(atOnce, () => debate(runDebate, baseUrl, folder, true)));
    return [
      {
        what: `${of}, journal on: total time against the ideal`,
        value: total / ideal,
        unit: 'x',
        aim: { most: 1.3 },
      },
      { what: 'the same calls in bare loops on the openai SDK', value: bare / ideal, unit: 'x' },
    ];
  } finally {
    stop();
    await rm(folder, { recursive: true });
  }
}

/** As a batch holds them: many runs are spread over folders and share their prompt files. */
async function debate(runDebate: Run, baseUrl: string, transcripts: string, sharded: boolean): Promise<void> {
  const run = await runDebate({ ...settings, baseUrl, transcripts, sharded });
  await run.result();
}

async function together(times: number, work: () => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: times }, work));
}

async function timed(work: () => Promise<void>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}
