import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { exportDataset } from '../src/dataset/export-dataset.ts';
import { listRuns, runDebate } from '../src/index.ts';
import { openFileStore } from '../src/journal/file-store.ts';
import { systemClock } from '../src/run/system-clock.ts';
import { exportRequest } from '../test/helpers/export-request.ts';
import { makeRuns } from './many-runs.ts';
import { type Figure, median } from './measure.ts';
import { startServer } from './orchestration.ts';

const isQuick = process.argv.includes('--quick');
const repeats = isQuick ? 1 : 5;
const bundled = join(import.meta.dirname, '..', 'prompts', 'scenarios', 'us-dprk-talks');

/** A kind of work in several sizes, and how the processor time of a run of it may grow at most. */
interface Workload {
  what: string;
  sizes: readonly number[];
  /** The largest exponent; where it is above 1, why. */
  most: number;
  prepare(size: number, folder: string): Promise<(run: number) => Promise<unknown>>;
}

/**
 * How the processor time of each kind of work grows with its size: the exponent of a power fitted through the medians of
 * runs that alternate over the sizes (least squares on logarithms). 1 is linear, 2 quadratic.
 */
export async function measure(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const workload of workloads) {
    const folder = await mkdtemp(join(tmpdir(), 'parley-bench-growth-'));
    try {
      figures.push(...(await grown(workload, folder)));
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }
  stopServer();
  return figures;
}

async function grown({ what, sizes, most, prepare }: Workload, folder: string): Promise<Figure[]> {
  const works = new Map<number, (run: number) => Promise<unknown>>();
  for (const size of sizes) works.set(size, await prepare(size, join(folder, String(size))));
  const spent = new Map<number, number[]>(sizes.map((size) => [size, []]));
  for (let run = 0; run <= repeats; run++) {
    for (const [size, work] of works) {
      const before = process.cpuUsage();
      await work(run);
      const { user, system } = process.cpuUsage(before);
      // The first run of all warms up.
      if (run > 0) spent.get(size)?.push((user + system) / 1000);
    }
  }
  const points = sizes.map((size) => ({ size, ms: median(spent.get(size) ?? []) }));
  return [
    ...points.map(({ size, ms }): Figure => ({ what: `${what}: ${size}`, value: ms, unit: 'ms' })),
    { what: `${what}: exponent of growth`, value: exponent(points), unit: 'share', aim: { most } },
  ];
}

/** The slope of the line through the logarithms. */
function exponent(points: readonly { size: number; ms: number }[]): number {
  const logs = points.map(({ size, ms }) => ({ x: Math.log(size), y: Math.log(ms) }));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(logs.map((point) => point.x)), mean(logs.map((point) => point.y))];
  const over = logs.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0);
  return over / logs.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
}

const simulated = (options: object) => async (run: number) => {
  const debate = await runDebate({ rounds: 3, seed: 1 + run, stopEarly: false, ...options });
  return await debate.result();
};

let server: ReturnType<typeof startServer> | null = null;
function stopServer(): void {
  server?.then(({ stop }) => stop());
}

/** Noise of a shared machine, on top of what is linear. */
const slack = 0.1;

const workloads: readonly Workload[] = [
  {
    // A prompt holds the whole history, so what is sent grows with the square; prefixes are rendered and hashed once.
    what: 'a simulated debate of so many rounds of four, CPU',
    sizes: [3, 6, 12, 24],
    most: 1.6,
    prepare: async (rounds) => simulated({ rounds }),
  },
  {
    // As many speeches more, each read beside all others: pairs of speakers are compared.
    what: 'a simulated debate of so many speakers, three rounds, CPU',
    sizes: [4, 6, 8],
    most: 1.6,
    prepare: async (speakers, folder) => simulated({ scenario: withSpeakers(speakers, folder) }),
  },
  {
    what: 'a simulated debate over so many issues, three rounds, CPU',
    sizes: [2, 4, 6],
    most: 1 + slack,
    prepare: async (issues, folder) => simulated({ scenario: withIssues(issues, folder) }),
  },
  {
    what: 'listing so many runs, CPU',
    sizes: isQuick ? [50, 100] : [250, 500, 1000, 2000],
    most: 1 + slack,
    prepare: async (runs, folder) => {
      await makeRuns(folder, runs);
      return async () => {
        let count = 0;
        for await (const _ of listRuns({ transcripts: folder })) count += 1;
        return count;
      };
    },
  },
  {
    what: 'exporting so many debates of four rows, CPU',
    sizes: isQuick ? [50, 100] : [250, 500, 1000],
    most: 1 + slack,
    prepare: async (runs, folder) => {
      await makeRuns(folder, runs);
      const store = openFileStore({ directory: folder, clock: systemClock });
      return async (run) => {
        const made = await exportDataset(exportRequest({ store, out: `${folder}-out-${run}` }));
        if (!made.ok) throw new Error(made.failure.message);
      };
    },
  },
  {
    what: 'so many debates at once on a scripted server, CPU',
    sizes: isQuick ? [5, 10] : [25, 50, 100, 200],
    most: 1 + slack,
    prepare: async (debates, folder) => {
      server ??= startServer();
      const { baseUrl } = await server;
      const options = { rounds: 2, judgeSamples: 1, stopEarly: false, model: 'openai:scripted', baseUrl };
      const one = async (seed: number) =>
        (await runDebate({ ...options, seed, transcripts: folder, sharded: true })).result();
      return () => Promise.all(Array.from({ length: debates }, (_, seed) => one(seed)));
    },
  },
];

/** The bundled scenario with more speakers: what a persona says under another's name. */
function withSpeakers(count: number, folder: string): string {
  cpSync(bundled, folder, { recursive: true });
  const personas = join(folder, 'personas');
  const files = readdirSync(personas).sort();
  const scenario = parse(readFileSync(join(folder, 'scenario.yaml'), 'utf8'));
  for (let place = files.length; place < count; place++) {
    const text = readFileSync(join(personas, files[place % files.length] ?? ''), 'utf8');
    const id = `guest-${place}`;
    const named = text
      .replace(/^id: .*$/m, `id: ${id}`)
      .replace(/^name: .*$/m, `name: Guest ${place}`)
      .replace(/^short: .*$/m, `short: Guest${place}`)
      .replace(/^aliases: .*\n/m, '')
      .replace(/^principal: .*$/m, 'principal: false');
    writeFileSync(join(personas, `${id}.md`), named);
    scenario.cast.push(id);
  }
  writeFileSync(join(folder, 'scenario.yaml'), stringify(scenario));
  return folder;
}

/** The bundled scenario with the first of its issues, at weights that sum to 1. */
function withIssues(count: number, folder: string): string {
  mkdirSync(folder, { recursive: true });
  cpSync(bundled, folder, { recursive: true });
  const scenario = parse(readFileSync(join(folder, 'scenario.yaml'), 'utf8'));
  const dropped: string[] = scenario.agenda.slice(count).map(({ id }: { id: string }) => id);
  scenario.agenda = scenario.agenda.slice(0, count);
  for (const issue of scenario.agenda) issue.weight = 1 / count;
  for (const id of dropped) delete scenario.facts?.[id];
  // Those at hand name issues that are gone, and nobody asks for them here.
  rmSync(join(folder, 'facts.yaml'), { force: true });
  writeFileSync(join(folder, 'scenario.yaml'), stringify(scenario));
  const personas = join(folder, 'personas');
  for (const file of readdirSync(personas)) {
    let text = readFileSync(join(personas, file), 'utf8');
    for (const id of dropped) {
      text = text
        .replace(new RegExp(`^  ${id}: .*\\n`, 'm'), '')
        .replace(new RegExp(`^  - issue: ${id}\\n(?:    .*\\n)*`, 'gm'), '')
        .replace(new RegExp(`^### ${id}\\n[\\s\\S]*?(?=^##|(?![\\s\\S]))`, 'gm'), '');
    }
    writeFileSync(join(personas, file), text);
  }
  return folder;
}
