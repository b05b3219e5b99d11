import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { callKey } from '../../../src/batch/lockstep/job-files.ts';
import { createLockstep } from '../../../src/batch/lockstep/lockstep.ts';
import { createModel } from '../../../src/models/create-models.ts';
import type { CallRequest, JobService, JobStatus, ModelHandle } from '../../../src/models/types.ts';
import { systemClock as clock } from '../../../src/run/system-clock.ts';

const request: CallRequest = {
  messages: [{ role: 'user', content: 'Speak.' }],
  maxOutputTokens: 100,
  temperature: null,
  seed: 7,
};

const ended: JobStatus = {
  ...{ id: 'batch-1', state: 'completed', settled: 1, of: 1, resultFiles: ['file-1'] },
  failure: { code: '', message: '' },
};

function answerOf(id: string): string {
  const body = { choices: [{ message: { content: `an answer to ${id}` }, finish_reason: 'stop' }] };
  return JSON.stringify({ custom_id: id, response: { status_code: 200, body } });
}

/** A folder with one job that an earlier process left with the provider, and a provider that has its results ready. */
async function leftJob(keys: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'parley-lockstep-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(folder, { recursive: true });
  const lines = keys.map((key) => JSON.stringify({ custom_id: key }));
  await writeFile(join(folder, '00001-requests.jsonl'), lines.join('\n'));
  const job = {
    ...{
      number: 1,
      mark: 'mark',
      spec: 'openai:scripted',
      phase: 'submitted',
      file: 'file-0',
      id: 'batch-1',
    },
    ...{ requests: keys.length, writtenAt: 0 },
  };
  await writeFile(join(folder, 'state.json'), JSON.stringify({ v: 1, next: 2, jobs: [job] }));
  const made: string[] = [];
  const service: JobService = {
    upload: async () => 'file-2',
    create: async (file) => {
      made.push(file);
      return { ...ended, id: 'batch-2', state: 'working' };
    },
    find: async () => null,
    look: async (id) => (id === 'batch-1' ? ended : { ...ended, id, state: 'working' }),
    download: (_, path) => writeFile(path, `${keys.map(answerOf).join('\n')}\n`),
    remove: async () => {},
  };
  return { folder, service, made };
}

function handleOver(service: JobService): ModelHandle {
  const environment = { OPENAI_API_KEY: 'sk-test' };
  const handle = createModel(
    { provider: 'openai', name: 'scripted' },
    { environment, baseUrl: 'http://127.0.0.1:9/v1' },
  );
  if (!handle.ok || !handle.value.jobs) throw new Error('no jobs');
  return { ...handle.value, jobs: { ...handle.value.jobs, service: async () => service } };
}

test('a debate that comes back while the answers of its job are read is given its answer, and pays for no second one', async () => {
  const others = Array.from({ length: 20_000 }, (_, index) => `other-${index}.${'0'.repeat(20)}`);
  const key = callKey('late', 'openai:scripted', request);
  const { folder, service, made } = await leftJob([...others, key]);
  const handle = handleOver(service);
  const lockstep = createLockstep({
    ...{ folder, clock, pollMs: 1, isOver: () => false, left: () => ({ usd: null, tokens: null }) },
    handles: new Map([[handle.spec, handle]]),
    stop: (why) => {
      throw new Error(why);
    },
  });
  onTestFinished(() => lockstep.close());
  await lockstep.start();
  while (lockstep.state.collected === 0) await turn();
  const seat = lockstep.enter('late');
  const chunks = await (await seat.inJobs(handle).chatModel(request)).stream(request.messages, {});
  const said: string[] = [];
  for await (const { text } of chunks) said.push(String(text));
  expect(said).toEqual([`an answer to ${key}`]);
  expect(made).toEqual([]);
}, 20_000);
