import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { type Finished, journalOf, parley, temporaryFolder } from '../../e2e/parley.ts';
import { hold } from '../../run/debates.ts';
import { evalLogSchema } from './eval-log-schema.ts';

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, formats: { 'date-time': isTime } });
const isLog = ajv.compile(evalLogSchema);

function isTime(value: string): boolean {
  return /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value));
}

interface Log {
  status: string;
  eval: Record<string, unknown> & { dataset: Record<string, unknown>; config: Record<string, unknown> };
  results: { total_samples: number; completed_samples: number; scores: LogScore[] };
  stats: { model_usage: Record<string, { total_tokens: number; total_cost: number }> };
  samples: LogSample[];
}

interface LogScore {
  name: string;
  metrics: Record<string, { value: number }>;
  scored_samples: number;
  unscored_samples: number;
}

interface LogSample {
  id: string;
  epoch: number;
  uuid: string;
  messages: { role: string; content: string; metadata?: { turn: number; speaker: string } }[];
  output: { completion: string };
  scores: Record<string, { value: number }>;
  events: unknown[];
  error?: { message: string };
}

/** Every log of a folder, each held to Inspect's schema and found under a name that `inspect view` takes. */
async function logsOf(folder: string): Promise<Log[]> {
  const names = await readdir(folder);
  return Promise.all(
    names.sort().map(async (name) => {
      // As in is_log_file of src/inspect_ai/log/_file.py.
      expect(name).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}[:-]\d{2}[:-]\d{2}.*\.json$/);
      const log = JSON.parse(await readFile(join(folder, name), 'utf8'));
      expect(isLog(log), JSON.stringify(isLog.errors?.slice(0, 3))).toBe(true);
      return log as Log;
    }),
  );
}

async function holdIn(cwd: string, name: string, seed: number, strategy = 'plain'): Promise<void> {
  await (await hold({ transcripts: join(cwd, 'transcripts'), name, seed, strategy, rounds: 1 })).result();
}

const inspect = (cwd: string, ...args: string[]): Promise<Finished> =>
  parley(['inspect-log', ...args], { cwd });

describe('parley inspect-log', () => {
  test('the schema of this test refuses a field that Inspect does not know, and one left out', () => {
    const refuses = (change: Record<string, unknown>) => !isLog({ ...emptyLog, ...change });
    expect(isLog(emptyLog)).toBe(true);
    expect(refuses({ sample: [] })).toBe(true);
    expect(refuses({ invalidated: undefined })).toBe(true);
    expect(refuses({ version: 1 })).toBe(true);
  });

  test('writes one log for each strategy, with repeats as epochs of one sample', async () => {
    const cwd = await temporaryFolder();
    await holdIn(cwd, 'one', 1);
    await holdIn(cwd, 'two', 2);
    await holdIn(cwd, 'steel', 1, 'steelman');
    const { code, stderr } = await inspect(cwd);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('inspect view --log-dir logs');
    const logs = await logsOf(join(cwd, 'logs'));
    const plain = logs.find(({ eval: spec }) => spec['solver'] === 'plain') as Log;
    expect(logs.map(({ samples }) => samples.length).sort()).toEqual([1, 2]);
    expect(plain).toMatchObject({
      status: 'success',
      eval: {
        task: 'us-dprk-talks',
        model: 'parley/simulator',
        dataset: { samples: 1 },
        config: { epochs: 2 },
      },
      tags: ['simulated'],
    });
    expect(plain.samples.map(({ uuid, epoch }) => [uuid, epoch])).toEqual([
      ['one', 1],
      ['two', 2],
    ]);
    expect(new Set(plain.samples.map(({ id }) => id)).size).toBe(1);
  });

  test('holds what the journal holds: speeches as messages, readings as scores and notes, usage', async () => {
    const cwd = await temporaryFolder();
    await holdIn(cwd, 'one', 1);
    await inspect(cwd, 'one', '--out', 'here');
    const [log] = await logsOf(join(cwd, 'here'));
    const sample = log?.samples[0] as LogSample;
    const events = await journalOf(join(cwd, 'transcripts'), 'one');
    const turns = events.filter((event) => event.type === 'turn-ended');
    const said = sample.messages.filter(({ metadata }) => metadata);
    expect(said.map(({ metadata }) => metadata?.turn)).toEqual(turns.map(({ turn }) => turn));
    for (const [place, { text, speaker }] of turns.entries()) {
      expect(said[place]?.content).toContain(text);
      expect(said[place]?.role).toBe(speaker === 'moderator' ? 'user' : 'assistant');
    }
    expect(sample.output.completion).toBe(events.find((event) => event.type === 'statement-drafted')?.text);
    const verdict = events.find((event) => event.type === 'verdict-given');
    expect(sample.scores['convergence']?.value).toBe(verdict?.convergence?.principals);
    expect(sample.scores['grounding']?.value).toBeGreaterThan(0.3);
    expect(sample.events).toHaveLength(1);
    const mean = log?.results.scores.find(({ name }) => name === 'convergence')?.metrics['mean']?.value;
    expect(mean).toBeCloseTo(verdict?.convergence?.principals ?? Number.NaN, 12);
    expect(log?.stats.model_usage['parley/simulator']?.total_tokens).toBeGreaterThan(1000);
    expect(log?.stats.model_usage['parley/simulator']?.total_cost).toBe(0);
  });

  test('tells a debate that was cut short as a sample with an error', async () => {
    const cwd = await temporaryFolder();
    await holdIn(cwd, 'whole', 1);
    await holdIn(cwd, 'cut', 2);
    const journal = join(cwd, 'transcripts', 'cut', 'journal.jsonl');
    const lines = (await readFile(journal, 'utf8')).split('\n');
    await truncate(journal, Buffer.byteLength(`${lines.slice(0, 3).join('\n')}\n`));
    await inspect(cwd);
    const [log] = await logsOf(join(cwd, 'logs'));
    expect(log?.status).toBe('success');
    expect(log?.results).toMatchObject({ total_samples: 2, completed_samples: 1 });
    expect(log?.samples.find(({ uuid }) => uuid === 'cut')?.error?.message).toContain('has not ended');
    const convergence = log?.results.scores.find(({ name }) => name === 'convergence');
    expect(convergence).toMatchObject({ scored_samples: 1, unscored_samples: 1 });
  });

  test('takes only the runs that are named or that the filters let pass', async () => {
    const cwd = await temporaryFolder();
    await holdIn(cwd, 'one', 1);
    await holdIn(cwd, 'steel', 1, 'steelman');
    await inspect(cwd, '--strategy', 'steelman');
    const [log, ...others] = await logsOf(join(cwd, 'logs'));
    expect(others).toEqual([]);
    expect(log?.samples.map(({ uuid }) => uuid)).toEqual(['steel']);
    expect((await inspect(cwd, 'nobody')).code).toBe(1);
    expect((await inspect(cwd, '--strategy', 'none')).stderr).toContain('No run was found');
  });

  test('gives the same log the same name and bytes, and leaves one that is there', async () => {
    const cwd = await temporaryFolder();
    await holdIn(cwd, 'one', 1);
    await inspect(cwd);
    const [name = ''] = await readdir(join(cwd, 'logs'));
    const before = await readFile(join(cwd, 'logs', name), 'utf8');
    await inspect(cwd, '--out', 'again');
    expect(await readFile(join(cwd, 'again', name), 'utf8')).toBe(before);
    await writeFile(join(cwd, 'logs', name), 'mine');
    const { code, stderr } = await inspect(cwd);
    expect(code).toBe(0);
    expect(stderr).toContain('already exists');
    expect(await readFile(join(cwd, 'logs', name), 'utf8')).toBe('mine');
    await inspect(cwd, '--force');
    expect(await readFile(join(cwd, 'logs', name), 'utf8')).toBe(before);
  });

  test('says what hinders it from writing', async () => {
    const cwd = await temporaryFolder();
    await holdIn(cwd, 'one', 1);
    await writeFile(join(cwd, 'file'), '');
    const { code, stderr } = await inspect(cwd, '--out', 'file/logs');
    expect(code).toBe(1);
    expect(stderr).toContain('could not be written');
  });
});

const emptyLog = {
  version: 2,
  status: 'success',
  eval: {
    eval_id: 'a',
    run_id: 'b',
    created: '2026-11-01T12:00:00Z',
    task: 't',
    task_id: 'c',
    task_version: 0,
    task_attribs: {},
    task_args: {},
    task_args_passed: {},
    dataset: {},
    model: 'm',
    model_generate_config: {},
    model_args: {},
    config: {},
    packages: {},
  },
  plan: { name: 'plan', steps: [], config: {} },
  stats: {
    started_at: '2026-11-01T12:00:00Z',
    completed_at: '2026-11-01T12:00:00Z',
    model_usage: {},
    role_usage: {},
    connection_limit_history: [],
  },
  invalidated: false,
  tags: [],
  metadata: {},
};
