import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { shardedPlace } from '../../src/journal/run-folder.ts';
import { parley, startParley } from '../e2e/parley.ts';
import { type BatchServer, type JobRequest, startBatchServer } from '../helpers/batch-server.ts';
import { debating } from '../run/debates.ts';
import { expectWhole, planFile, storedDebates } from './batch-command.ts';

/** All orders and moments with PARLEY_TEST_LONG; the usual run takes those that have most in them. */
const isLong = process.env['PARLEY_TEST_LONG'] !== undefined;
const answer = ({ messages }: JobRequest) => debating({ messages, number: 1 });
const over = ({ baseUrl }: BatchServer) => [
  ...['batch', 'plan.yaml', '--openai-batch', '--look-every', '0.02', '--yes'],
  ...['--model', 'openai:scripted', '--base-url', baseUrl, '--price', '10,20'],
];
const callsOf = ({ jobs }: BatchServer) => jobs.flatMap(({ requests }) => requests.map(({ id }) => id));
const paidTwice = ({ paid }: BatchServer) => [...paid].filter(([, times]) => times > 1);

describe('parley batch --openai-batch', () => {
  test('advances all debates together: one job for each turn, whatever the speaking order', async () => {
    const { cwd, transcripts } = await planFile(2);
    const server = await startBatchServer({ answer });
    const { code, stderr } = await parley(over(server), { cwd });
    expect(stderr).toContain('8 of 8 debates done');
    expect(code).toBe(0);
    const stored = await storedDebates(transcripts);
    expectWhole(stored, 8);
    // An opening, four speeches, the readings together, a draft, two answers.
    expect(server.jobs.map(({ requests }) => requests.length)).toEqual([8, 8, 8, 8, 8, 16, 8, 8, 8]);
    expect(paidTwice(server)).toEqual([]);
    // A tenth of a cent for a hundred tokens in, two tenths for a hundred out, and half of it for a job.
    for (const { debate } of stored) {
      const { inputTokens, outputTokens, costUsd } = debate.totals;
      expect(costUsd).toBeCloseTo((inputTokens * 5 + outputTokens * 10) / 1_000_000, 9);
    }
  });

  test.each(isLong ? ['moderator', 'bidding'] : ['bidding'])(
    'holds debates in which %s decides who speaks next',
    async (order) => {
      const { cwd, transcripts } = await planFile(1);
      const server = await startBatchServer({ answer });
      await changePlan(cwd, (plan) => plan.replace('rounds: 1,', `rounds: 1, order: ${order},`));
      expect((await parley(over(server), { cwd })).code).toBe(0);
      expectWhole(await storedDebates(transcripts), 4);
      expect(paidTwice(server)).toEqual([]);
    },
  );

  test('collects what an expired job finished and asks again for the rest only', async () => {
    const { cwd, transcripts } = await planFile(1);
    const server = await startBatchServer({
      answer,
      end: (_, number) => (number === 2 ? { status: 'expired', answered: 1 } : {}),
    });
    expect((await parley(over(server), { cwd })).code).toBe(0);
    expectWhole(await storedDebates(transcripts), 4);
    const idsOf = (job: number) => server.jobs[job]?.requests.map(({ id }) => id) ?? [];
    // The one that was answered goes on with its next call; the others ask the same again.
    expect(idsOf(2)).toEqual(expect.arrayContaining(idsOf(1).slice(1)));
    expect(idsOf(2)).not.toContain(idsOf(1)[0]);
    expect(paidTwice(server)).toEqual([]);
  });

  test('gives up a request that job after job leaves unanswered, and says why', async () => {
    const { cwd } = await planFile(1);
    const server = await startBatchServer({ answer, end: () => ({ status: 'expired', answered: 0 }) });
    const { code, stderr } = await parley(over(server), { cwd });
    expect(code).toBe(3);
    expect(stderr).toMatch(/failed: .*4 jobs left it unanswered.*not executed/);
  });

  test('mends a partial failure: a passing error is asked again, a lasting one fails its debate alone', async () => {
    const { cwd } = await planFile(1);
    const busy = new Set<string>();
    const server = await startBatchServer({
      answer: (request, job) => {
        const place = job.requests.indexOf(request);
        const isOpening = server.jobs.indexOf(job) === 0;
        if (isOpening && place === 0) return { status: 400, body: { error: { message: 'Invalid value' } } };
        if (isOpening && place === 1 && !busy.has(request.id)) {
          busy.add(request.id);
          return { status: 500, body: { error: { message: 'The server had an error' } } };
        }
        return answer(request);
      },
    });
    const { code, stderr } = await parley(over(server), { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain('3 of 4 debates done, 1 failed');
    expect(stderr).toMatch(/failed: .*Invalid value/);
    expect(callsOf(server).filter((id) => busy.has(id))).toHaveLength(2);
    const again = await parley([...over(server), '--retry-failed'], { cwd });
    expect(again.code).toBe(0);
    expect(paidTwice(server)).toEqual([]);
  });

  test('makes smaller jobs where the queue of a model takes no more', async () => {
    const { cwd, transcripts } = await planFile(1);
    const server = await startBatchServer({
      answer,
      refuse: ({ requests }) =>
        requests.length > 2
          ? { code: 'token_limit_exceeded', message: 'Enqueued token limit reached' }
          : null,
    });
    expect((await parley(over(server), { cwd })).code).toBe(0);
    expectWhole(await storedDebates(transcripts), 4);
    expect(paidTwice(server)).toEqual([]);
  });

  test('tells why a job was not begun', async () => {
    const { cwd } = await planFile(1);
    const server = await startBatchServer({
      answer,
      refuse: () => ({
        code: 'model_not_found',
        message: 'The provided model is not supported by the Batch API.',
      }),
    });
    const { code, stderr } = await parley(over(server), { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain('not supported by the Batch API');
    expect(server.jobs).toHaveLength(1);
  });

  test('stops when somebody cancels a job there, keeps what it answered, and goes on when run again', async () => {
    const { cwd, transcripts } = await planFile(1);
    const server = await startBatchServer({
      answer,
      end: (_, number) => (number === 3 ? { status: 'cancelled', answered: 2 } : {}),
    });
    const { code, stderr } = await parley(over(server), { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain('was cancelled at the provider');
    // What was answered is in the journals: nothing would be paid for twice.
    const singly = over(server).filter((word) => word !== '--openai-batch');
    const foretold = await parley([...singly, '--dry-run'], { cwd });
    expect(foretold.stderr).toContain('4 to continue');
    expect(foretold.stderr).not.toContain('went to OpenAI');
    expect((await parley(over(server), { cwd })).code).toBe(0);
    expectWhole(await storedDebates(transcripts), 4);
    expect(paidTwice(server)).toEqual([]);
  });

  test('a budget lets no job begin that it does not pay for', async () => {
    const { cwd, transcripts } = await planFile(2);
    const server = await startBatchServer({ answer });
    const short = await parley([...over(server), '--budget-tokens', '60000'], { cwd });
    expect(short.code).toBe(3);
    const used = (await storedDebates(transcripts)).map(({ debate: { totals } }) => totals);
    const tokens = used.reduce((sum, { inputTokens, outputTokens }) => sum + inputTokens + outputTokens, 0);
    expect(tokens).toBeGreaterThan(20_000);
    expect(tokens).toBeLessThanOrEqual(60_000);
    expect((await parley([...over(server), '--budget-tokens', '10000000'], { cwd })).code).toBe(0);
    expectWhole(await storedDebates(transcripts), 8);
    expect(paidTwice(server)).toEqual([]);
  });

  const moments = [
    ['the making of a job and hearing of it', 'POST /batches', 'after'],
    ['a job’s end and its results', 'GET /files/ID/content', 'before'],
    ['an upload and the making of its job', 'POST /files', 'after'],
    ['hearing of a job and looking at it', 'GET /batches/ID', 'before'],
  ] as const;
  test.each(isLong ? moments : moments.slice(0, 2))(
    'killed with -9 between %s, pays for no request twice',
    async (_, call, when) => {
      const { cwd, transcripts } = await planFile(1);
      let [run, seen]: [ReturnType<typeof startParley> | null, number] = [null, 0];
      const kill = (happening: string) => {
        if (happening !== call || run === null) return null;
        seen += 1;
        // In the first, the fourth and the readings' job.
        if (seen === 1 || seen === 4 || seen === 6) run.process.kill('SIGKILL');
        return null;
      };
      const server = await startBatchServer({ answer, looks: 2, [when]: kill });
      let kills = 0;
      while (true) {
        run = startParley(over(server), { cwd });
        const { code, signal, stderr } = await run.finished;
        if (signal !== 'SIGKILL') {
          expect(stderr).toContain('4 of 4 debates done');
          expect(code).toBe(0);
          break;
        }
        kills += 1;
      }
      expect(kills).toBe(3);
      expectWhole(await storedDebates(transcripts), 4);
      expect(paidTwice(server)).toEqual([]);
      expect(new Set(callsOf(server)).size).toBe(callsOf(server).length);
    },
  );

  test('Ctrl+C leaves a job to the provider, and running it again collects it', async () => {
    const { cwd, transcripts } = await planFile(1);
    let [looks, stop] = [0, () => {}];
    const server = await startBatchServer({
      answer,
      looks: 3,
      before: (call) => {
        if (call === 'GET /batches/ID' && ++looks === 10) stop();
        return null;
      },
    });
    const run = startParley(over(server), { cwd });
    stop = () => void run.process.kill('SIGINT');
    const { code, stderr } = await run.finished;
    expect(code).toBe(130);
    expect(stderr).toContain('collects them');
    expect((await parley(over(server), { cwd })).code).toBe(0);
    expectWhole(await storedDebates(transcripts), 4);
    expect(new Set(callsOf(server)).size).toBe(callsOf(server).length);
  });

  test('while jobs are with the provider, none of their calls is made and paid for by itself', async () => {
    const { cwd, transcripts } = await planFile(1);
    let [looks, stop] = [0, () => {}];
    const server = await startBatchServer({
      answer,
      looks: 3,
      before: (call) => {
        if (call === 'GET /batches/ID' && ++looks === 10) stop();
        return null;
      },
    });
    const run = startParley(over(server), { cwd });
    stop = () => void run.process.kill('SIGINT');
    expect((await run.finished).code).toBe(130);
    const jobsBefore = server.jobs.length;

    const singly = over(server).filter((word) => word !== '--openai-batch');
    const message = /4 calls of these debates went to OpenAI in jobs.*Add --openai-batch.*delete transcripts/;
    for (const command of [singly, singly.with(0, 'compare')]) {
      const refused = await parley(command, { cwd });
      expect(refused.stderr.replaceAll('\n', ' ')).toMatch(message);
      expect(refused.code).toBe(1);
    }
    const foretold = await parley([...singly, '--dry-run'], { cwd });
    expect(foretold).toMatchObject({ code: 0, stderr: expect.stringMatching(/went to OpenAI/) });
    const elsewhere = await parley([...singly, '--on', 'postgres://127.0.0.1:9/none'], { cwd });
    expect(elsewhere).toMatchObject({ code: 1, stderr: expect.stringMatching(/went to OpenAI/) });
    const name = await someRun(cwd);
    for (const run of [name, shardedPlace(transcripts, name)]) {
      expect(await parley(['resume', run, '--plain'], { cwd })).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/1 call of us-dprk-\S+ went to OpenAI in jobs of a batch.*--pay-again/),
      });
    }
    expect(server.jobs).toHaveLength(jobsBefore);

    expect((await parley(over(server), { cwd })).code).toBe(0);
    expectWhole(await storedDebates(transcripts), 4);
    expect(paidTwice(server)).toEqual([]);
    expect(await parley(singly, { cwd })).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('Nothing is left'),
    });
  });

  test('says what to do where the record of its jobs is damaged, and pays for nothing', async () => {
    const { cwd, transcripts } = await planFile(1);
    const server = await startBatchServer({ answer, end: () => ({ status: 'cancelled', answered: 2 }) });
    expect((await parley(over(server), { cwd })).code).toBe(3);
    const [batch = ''] = await readdir(join(transcripts, '.batches'));
    await writeFile(join(transcripts, '.batches', batch, 'jobs', 'state.json'), '{"v":1');
    const { code, stderr } = await parley(over(server), { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/record of the jobs in transcripts\S+jobs cannot be read.*Restore it/);
    const resume = ['resume', await someRun(cwd), '--plain', '--model', 'simulator'];
    expect(await parley(resume, { cwd })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/belongs to a batch whose record of jobs.*cannot be read/),
    });
    expect((await parley([...resume, '--pay-again'], { cwd })).code).toBe(0);
    await parley(
      ['run', '--model', 'simulator', '--rounds', '1', '--budget-tokens', '9000', '--name', 'alone'],
      { cwd },
    );
    expect((await parley(['resume', 'alone', '--budget-tokens', '900000', '--plain'], { cwd })).code).toBe(0);
    expect(server.jobs).toHaveLength(1);
  });

  test('waits out a provider that is away for a while', async () => {
    const { cwd, transcripts } = await planFile(1);
    let calls = 0;
    const server = await startBatchServer({
      answer,
      before: (call) => (call !== 'GET /models' && ++calls % 3 === 0 ? 503 : null),
    });
    expect((await parley(over(server), { cwd })).code).toBe(0);
    expectWhole(await storedDebates(transcripts), 4);
    expect(paidTwice(server)).toEqual([]);
  });

  test('--dry-run tells the jobs, the wait and the saving', async () => {
    const { cwd } = await planFile(2);
    const args = ['--openai-batch', '--model', 'openai:gpt-6-luna', '--dry-run'];
    const env = { OPENAI_API_KEY: 'sk-none' };
    const { code, stderr } = await parley(['batch', 'plan.yaml', ...args], { cwd, env });
    expect(code).toBe(0);
    expect(stderr).toMatch(/9 jobs one after another/);
    expect(stderr).toMatch(/in place of \$/);
  });

  test('is refused where no model of the plan takes jobs', async () => {
    const { cwd } = await planFile(1);
    const { code, stderr } = await parley(['batch', 'plan.yaml', '--openai-batch', '--model', 'simulator'], {
      cwd,
    });
    expect(code).toBe(1);
    expect(stderr).toContain('--openai-batch');
  });
});

async function someRun(cwd: string): Promise<string> {
  const [row = ''] = (await parley(['ls', '--ending', 'stopped'], { cwd })).stdout.split('\n');
  return row.split(' ')[0] ?? '';
}

async function changePlan(cwd: string, change: (plan: string) => string): Promise<void> {
  const path = join(cwd, 'plan.yaml');
  await writeFile(path, change(await readFile(path, 'utf8')));
}
