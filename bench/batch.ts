import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listen } from '../test/helpers/provider-server/listen.ts';
import { errors, type Reply } from '../test/helpers/provider-server/reply.ts';
import type { Figure } from './measure.ts';
import { answer } from './scripted-debate.ts';

const command = join(import.meta.dirname, '..', 'dist', 'parley.js');

interface Told {
  code: number;
  milliseconds: number;
  /** User and system time of the process. */
  cpuMs: number;
  peakMb: number;
}

/** Ten thousand debates with `--long`; the usual run looks at how the cost of one grows from few to many, `--quick` only tries. */
export async function measure(): Promise<Figure[]> {
  const [few, many] = sizes();
  const small = await simulated(few);
  const large = await simulated(many);
  const of = `${many.toLocaleString('en-US')} simulator debates of 24 turns, journal on`;
  return [
    { what: `${of}: debates`, value: (many / large.milliseconds) * 1000, unit: 'per second' },
    {
      what: `${of}: turns`,
      value: ((many * 24) / large.milliseconds) * 1000,
      unit: 'per second',
    },
    {
      what: `${of}: turns for a second of processor time`,
      value: ((many * 24) / large.cpuMs) * 1000,
      unit: 'per second',
      aim: { least: 400 },
    },
    { what: `${of}: peak memory`, value: large.peakMb, unit: 'MB', aim: { most: 200 } },
    {
      what: `processor time of a debate among ${many} against one among ${few}`,
      value: large.cpuMs / many / (small.cpuMs / few),
      unit: 'x',
      aim: { most: 1.1 },
    },
    ...(await againstRateLimit(false)),
    ...(await againstRateLimit(true)),
  ];
}

function sizes(): [few: number, many: number] {
  if (process.argv.includes('--long')) return [1000, 10_000];
  return process.argv.includes('--quick') ? [8, 16] : [30, 120];
}

const perMinute = 600;

/**
 * A server that takes 600 requests a minute from a bucket of ten, and says so in its replies or lets it be found out; for
 * one minute of warm-up and one that counts.
 */
async function againstRateLimit(isStated: boolean): Promise<Figure[]> {
  const phaseMs = process.argv.includes('--quick') ? 10_000 : 60_000;
  const taken: number[] = [];
  const refused: number[] = [];
  let [left, at] = [10, performance.now()];
  const server = await listen({
    keep: false,
    answer: (request): Reply | string | Promise<Reply | string> => {
      const now = performance.now();
      left = Math.min(10, left + ((now - at) / 60_000) * perMinute);
      at = now;
      const isTaken = left >= 1;
      if (isTaken) left -= 1;
      const headers = isStated ? stated(left) : {};
      (isTaken ? taken : refused).push(now);
      if (isTaken) return { text: answer(request), headers };
      return { ...errors.rateLimited, headers: { 'retry-after-ms': '200', ...headers } };
    },
  });
  const began = performance.now();
  const args = ['--model', 'openai:scripted', '--base-url', server.baseUrl];
  await held(1000, args, 2 * phaseMs + 5000);
  await server.close();
  const counted = (times: number[]) =>
    times.filter((time) => time > began + phaseMs && time <= began + 2 * phaseMs).length;
  const [used, turnedAway] = [counted(taken), counted(refused)];
  return [
    {
      what: `a server of 600 requests a minute${isStated ? ' that states them' : ''}: share used after warm-up`,
      value: (used / perMinute) * (60_000 / phaseMs) * 100,
      unit: 'percent',
      aim: { least: 95 },
    },
    {
      what: 'the same: share of calls refused',
      value: (turnedAway / Math.max(1, used + turnedAway)) * 100,
      unit: 'percent',
      aim: { most: 2 },
    },
  ];
}

function stated(left: number): Record<string, string> {
  return {
    'x-ratelimit-limit-requests': String(perMinute),
    'x-ratelimit-remaining-requests': String(Math.floor(left)),
    'x-ratelimit-reset-requests': `${Math.ceil(((10 - left) / perMinute) * 60_000)}ms`,
  };
}

async function simulated(debates: number): Promise<Told> {
  const told = await held(debates, ['--model', 'simulator'], null);
  if (told?.code !== 0) throw new Error(`a batch of ${debates} debates ended with code ${told?.code}`);
  return told;
}

/** Holds so many debates of a scenario in a folder of their own; null where they were ended before their time. */
async function held(debates: number, more: readonly string[], mostMs: number | null): Promise<Told | null> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-batch-'));
  const plan = join(folder, 'plan.yaml');
  await writeFile(
    plan,
    'arms: [{ id: plain, strategy: plain }]\nscenarios: [us-dprk-talks]\ndebate: { stopEarly: false }\n',
  );
  const args = [
    plan,
    '--count',
    String(debates),
    '--yes',
    '--transcripts',
    join(folder, 'transcripts'),
    ...more,
  ];
  const peak = join(folder, 'peak');
  const began = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', join(import.meta.dirname, 'batch-child.ts'), command, 'batch', ...args],
    { stdio: 'ignore', env: { ...process.env, PARLEY_BENCH_PEAK: peak } },
  );
  const timer = mostMs === null ? null : setTimeout(() => child.kill('SIGKILL'), mostMs);
  const code = await new Promise<number | null>((resolve) => void child.once('exit', resolve));
  const milliseconds = performance.now() - began;
  const told = code === null ? null : { code, milliseconds, ...JSON.parse(await readFile(peak, 'utf8')) };
  if (timer) clearTimeout(timer);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return told;
}
