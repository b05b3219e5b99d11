import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { type DebateEvent, eventSchema } from '../../src/debate/events.ts';
import { runInProcess } from './in-process.ts';

/** The built command, as a person's shell would start it. `npm test` builds it first. */
export const command = resolve('dist/parley.js');

export interface Finished {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Started {
  process: ChildProcess;
  finished: Promise<Finished>;
  /** Resolves once stdout or stderr has matched; rejects when the process ends before. */
  says(pattern: RegExp): Promise<void>;
}

export interface StartOptions {
  cwd?: string;
  env?: Record<string, string>;
  input?: string | Uint8Array;
  /** Options for Node itself. */
  nodeArgs?: readonly string[];
}

/** Environment of a test's process: nothing of the developer's own, no key, no Ollama. */
const bareEnvironment = { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), OLLAMA_HOST: '127.0.0.1:9' };

export function startParley(args: readonly string[], options: StartOptions = {}): Started {
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), command, ...args], {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...bareEnvironment, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  const heard = () => {
    for (const check of waiting) check();
  };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
    heard();
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
    heard();
  });
  child.stdin.on('error', () => {});
  child.stdin.end(options.input);
  const finished = new Promise<Finished>((done) => {
    child.on('close', (code, signal) => done({ code, signal, stdout, stderr }));
  });
  const says = (pattern: RegExp) =>
    new Promise<void>((done, fail) => {
      const check = () => {
        if (!pattern.test(stdout) && !pattern.test(stderr)) return;
        waiting.delete(check);
        done();
      };
      waiting.add(check);
      check();
      void finished.then(() => fail(new Error(`ended without saying ${pattern}: ${stdout}\n${stderr}`)));
    });
  return { process: child, finished, says };
}

/**
 * The built command, to its end: within this process, unless options for Node ask for one of its own. What only a
 * process shows (signals, kills, a terminal, that it ends by itself) starts one with `startParley`.
 */
export function parley(args: readonly string[], options: StartOptions = {}): Promise<Finished> {
  const { cwd = process.cwd(), env = {}, input = '', nodeArgs } = options;
  if (nodeArgs) return startParley(args, options).finished;
  return runInProcess(args, { cwd, variables: { ...bareEnvironment, ...env }, input });
}

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-e2e-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The events of a run's journal, each checked against the schema. */
export async function journalOf(folder: string, run: string): Promise<DebateEvent[]> {
  const text = await readFile(join(folder, run, 'journal.jsonl'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => eventSchema.parse(JSON.parse(line)));
}

/** The built code that processes loaded whose NODE_V8_COVERAGE was the folder, as one text. */
export async function codeLoaded(coverage: string): Promise<string> {
  const reports = await Promise.all(
    (await readdir(coverage)).map((file) => readFile(join(coverage, file), 'utf8')),
  );
  const urls = reports.flatMap((report) => JSON.parse(report).result as { url: string }[]);
  const files = new Set(urls.map(({ url }) => url).filter((url) => url.includes('/dist/')));
  const texts = await Promise.all([...files].map((url) => readFile(fileURLToPath(url), 'utf8')));
  return texts.join('\n');
}

/** Words of the code that draws on a screen: React's, and those of the screen of a batch or of workers. */
export const screenCode = ['react.transitional.element', 'finishes the calls in progress, saves'];
