import { fork } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listen } from '../test/helpers/provider-server/listen.ts';
import { errors, type Reply } from '../test/helpers/provider-server/reply.ts';
import type { Figure } from './measure.ts';
import { answer } from './scripted-debate.ts';

interface Told {
  code: number;
  milliseconds: number;
  peakMb: number;
}

/** A thousand debates and more with `--long`; the usual run looks at how the cost of one grows from few to many. */
export async function measure(): Promise<Figure[]> {
  const [few, many] = process.argv.includes('--long') ? [1000, 10_000] : [30, 120];
  const small = await simulated(few);
  const large = await simulated(many);
  const of = `${many.toLocaleString('en-US')} simulator debates of 24 turns, journal on`;
  return [
    { what: `${of}: debates`, value: (many / large.milliseconds) * 1000, unit: 'per second' },
    { what: `${of}: turns`, value: ((many * 24) / large.milliseconds) * 1000, unit: 'per second' },
    { what: `${of}: peak memory`, value: large.peakMb, unit: 'MB', aim: { most: 300 } },
    {
      what: `time of a debate among ${many} against one among ${few}`,
      value: large.milliseconds / many / (small.milliseconds / few),
      unit: 'x',
      aim: { most: 1.1 },
    },
    ...(await againstRateLimit()),
  ];
}

const perMinute = 600;

/** A server that takes 600 requests a minute from a bucket of ten, for one minute of warm-up and one that counts. */
async function againstRateLimit(): Promise<Figure[]> {
  const taken: number[] = [];
  const refused: number[] = [];
  let [left, at] = [10, performance.now()];
  const server = await listen({
    keep: false,
    answer: (request): Reply | string | Promise<Reply | string> => {
      const now = performance.now();
      left = Math.min(10, left + ((now - at) / 60_000) * perMinute);
      at = now;
      if (left < 1) {
        refused.push(now);
        return { ...errors.rateLimited, headers: { 'retry-after-ms': '200' } };
      }
      left -= 1;
      taken.push(now);
      return answer(request);
    },
  });
  const began = performance.now();
  const args = ['--model', 'openai:scripted', '--base-url', server.baseUrl];
  await held(1000, args, 125_000);
  await server.close();
  const counted = (times: number[]) =>
    times.filter((time) => time > began + 60_000 && time <= began + 120_000).length;
  const [used, turnedAway] = [counted(taken), counted(refused)];
  return [
    {
      what: 'a server of 600 requests a minute: share of them used after warm-up',
      value: (used / perMinute) * 100,
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
  const child = fork(join(import.meta.dirname, 'batch-child.ts'), args, {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const timer = mostMs === null ? null : setTimeout(() => child.kill('SIGKILL'), mostMs);
  const told = await new Promise<Told | null>((resolve) => {
    child.once('message', (message) => resolve(message as Told));
    child.once('exit', () => resolve(null));
  });
  if (timer) clearTimeout(timer);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return told;
}
