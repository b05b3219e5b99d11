import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type PostgresServer, startPostgres } from '../test/helpers/postgres-server.ts';
import { listen } from '../test/helpers/provider-server/listen.ts';
import type { Figure } from './measure.ts';
import { answer } from './scripted-debate.ts';

const command = resolve('dist/parley.js');
const run = promisify(execFile);

/** A provider that thinks for half a second a call, and takes four calls at once of each worker. */
const [thinkingMs, concurrency, debates] = [500, 4, 24];

/** Two workers against one, on debates that wait for their provider. */
export async function measure(): Promise<Figure[]> {
  const postgres = await startPostgres();
  try {
    const alone = await heldBy(1, postgres);
    const together = await heldBy(2, postgres);
    const what = `${debates} debates whose provider takes ${thinkingMs} ms a call: two workers against one`;
    return [{ what, value: alone / together, unit: 'x', aim: { least: 1.9 } }];
  } finally {
    await postgres.dispose();
  }
}

/** Milliseconds from the first call to the last; the workers wait at the ready before the plan is submitted. */
async function heldBy(workers: number, postgres: PostgresServer): Promise<number> {
  let [first, last] = [0, 0];
  const server = await listen({
    keep: false,
    answer: (request) => {
      last = performance.now();
      first ||= last;
      return { text: answer(request), headersAfterMs: thinkingMs };
    },
  });
  const address = await postgres.createDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-workers-'));
  const crew: ChildProcess[] = [];
  try {
    await run(process.execPath, [command, 'migrate', address]);
    for (let number = 0; number < workers; number++) crew.push(startWorker(address, server.baseUrl));
    await wait(3000);
    await submit(address, folder, server.baseUrl);
    while ((await doneIn(address)) < debates) await wait(500);
    return last - first;
  } finally {
    await Promise.all(crew.map(ended));
    await server.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function startWorker(address: string, baseUrl: string): ChildProcess {
  const limits = ['--concurrency', String(concurrency), '--lease', '2'];
  return spawn(process.execPath, [command, 'worker', address, '--base-url', baseUrl, ...limits], {
    stdio: 'ignore',
  });
}

async function submit(address: string, folder: string, baseUrl: string): Promise<void> {
  const plan = join(folder, 'plan.yaml');
  await writeFile(
    plan,
    `arms: [{ id: plain, strategy: plain }]\nscenarios: [us-dprk-talks]\ndebate: { rounds: 1, judgeSamples: 1, stopEarly: false }\nrepeats: ${debates}\n`,
  );
  const over = ['--model', 'openai:scripted', '--base-url', baseUrl, '--yes'];
  await run(process.execPath, [command, 'batch', plan, '--on', address, ...over]);
}

async function doneIn(address: string): Promise<number> {
  const { stdout } = await run(process.execPath, [command, 'status', address, '--json']);
  return JSON.parse(stdout).plans[0]?.counts.done ?? 0;
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}
