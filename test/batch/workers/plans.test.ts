import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { DebateEvent } from '../../../src/debate/events.ts';
import { openPostgresStore } from '../../../src/journal/postgres/postgres-store.ts';
import { systemClock } from '../../../src/run/system-clock.ts';
import { parley, temporaryFolder } from '../../e2e/parley.ts';
import { postgresForFile } from '../../helpers/postgres.ts';
import { databaseOf } from '../../helpers/postgres-server.ts';
import { errors, startProviderServer } from '../../helpers/provider-server.ts';
import { startCollector } from '../../integrations/opentelemetry/collector.ts';
import { debating } from '../../run/debates.ts';
import { expectWhole, planFile, storedDebates } from '../batch-command.ts';
import { callsOfDebate, expectAllHeld, gatherFleet, milestones, secretKey } from './fleet.ts';

const postgres = postgresForFile();

describe('plans in a database', () => {
  test('the same plan submitted twice, even at once, makes no second debate', async () => {
    const server = await startProviderServer({ answer: debating });
    const fleet = await gatherFleet({ address: await postgres().createDatabase(), server, repeats: 2 });
    await Promise.all([fleet.submit(), fleet.submit()]);
    const workers = [fleet.startWorker(), fleet.startWorker()];
    await fleet.submit();
    for (const { finished } of workers) expect((await finished).code).toBe(0);
    await expectAllHeld(fleet, 4);
    expect(server.requests).toHaveLength(4 * callsOfDebate);
    expect(await fleet.submit()).toContain('4 debates, 0 of them new');
    expect((await fleet.startWorker().finished).code).toBe(0);
    expect(server.requests).toHaveLength(4 * callsOfDebate);
  });

  test('two workers begin no debate that the budget cannot carry, finish those they began, and a larger one goes on', async () => {
    const server = await startProviderServer({
      answer: (request) => ({
        text: debating(request),
        usage: { input: 900, output: 100 },
        headersAfterMs: 10,
      }),
    });
    const address = await postgres().createDatabase();
    const fleet = await gatherFleet({ address, server, repeats: 3, concurrency: 3 });
    // Nine calls of 1,000 tokens a debate: three fit.
    await fleet.submit('--budget-tokens', '30000');
    for (const { finished } of [fleet.startWorker(), fleet.startWorker()]) {
      const { code, stderr } = await finished;
      expect(stderr).toMatch(/budget of \S+ is used up/);
      expect(code).toBe(3);
    }
    expect(server.requests).toHaveLength(3 * callsOfDebate);
    const [plan] = (await fleet.status()).plans;
    expect(plan).toMatchObject({ isUsedUp: true, tokens: 27_000 });
    expect(plan?.counts).toMatchObject({ done: 3, setAside: 0, underWay: 0, waiting: 3 });
    expectWhole(
      (await fleet.debates()).map((debate) => ({ debate })),
      3,
    );

    await fleet.submit('--budget-tokens', '1000000');
    expect((await fleet.startWorker().finished).code).toBe(0);
    await expectAllHeld(fleet, 6);
    // Stopping between two calls repeats none.
    expect(server.requests).toHaveLength(6 * callsOfDebate);
  });

  // Nine calls of 2,000 tokens in and 2,000 out, at $0.25 and $2 a million: $0.0405 a debate.
  test('two workers finish what a budget in dollars can carry and begin nothing else', async () => {
    const server = await startProviderServer({
      answer: (request) => ({ text: debating(request), usage: { input: 2000, output: 2000 } }),
    });
    const address = await postgres().createDatabase();
    const fleet = await gatherFleet({ address, server, repeats: 4, concurrency: 8 });
    await fleet.submit('--price', '0.25,2', '--budget', '0.2');
    for (const { finished } of [fleet.startWorker(), fleet.startWorker()]) {
      expect((await finished).code).toBe(3);
    }
    const debates = await fleet.debates();
    expect(debates.map(({ ended }) => ended?.reason)).toEqual(Array(4).fill('round-limit'));
    expect(server.requests).toHaveLength(4 * callsOfDebate);
    const [plan] = (await fleet.status()).plans;
    expect(plan).toMatchObject({ isUsedUp: true, counts: { done: 4, waiting: 4 } });
  });

  test('a budget holds where one of two workers is killed half way, and a larger one finishes what was begun', async () => {
    const calls = milestones();
    const server = await startProviderServer({
      answer: (request) => {
        calls.seen(request.number);
        return { text: debating(request), usage: { input: 2000, output: 2000 }, headersAfterMs: 20 };
      },
    });
    const address = await postgres().createDatabase();
    const fleet = await gatherFleet({ address, server, repeats: 4, concurrency: 2, lease: 3 });
    // Some five debates of $0.0405.
    await fleet.submit('--price', '0.25,2', '--budget', '0.22');
    const [victim, survivor] = [fleet.startWorker(), fleet.startWorker()];
    await calls.reached(2 * callsOfDebate);
    victim.process.kill('SIGKILL');
    await victim.finished;
    expect((await survivor.finished).code).toBe(3);
    const [plan] = (await fleet.status()).plans;
    expect(plan).toMatchObject({ isUsedUp: true });
    expect(plan?.counts).toMatchObject({ setAside: 0, underWay: 0 });
    expect(plan?.counts.done).toBe(5);
    // Of each debate of the worker that died, the call under way and the turn that was not written yet are paid for again.
    expect(server.requests.length).toBeLessThanOrEqual(5 * callsOfDebate + 4);
    const before = server.requests.length;

    await fleet.submit('--price', '0.25,2', '--budget', '5');
    expect((await fleet.startWorker().finished).code).toBe(0);
    await expectAllHeld(fleet, 8);
    expect(server.requests.length - before).toBe(3 * callsOfDebate);
  });

  test('a debate that fails five times is set aside with its reason, and tried again when asked', async () => {
    let isBroken = true;
    let refusals = 0;
    const server = await startProviderServer({
      answer: (request) => {
        const isTold = JSON.stringify(request.messages).includes('Spend it on finding out');
        if (!isBroken || !isTold) return debating(request);
        refusals += 1;
        return errors.badRequest;
      },
    });
    const address = await postgres().createDatabase();
    const fleet = await gatherFleet({ address, server, repeats: 1, lease: 1 });
    await fleet.submit();
    const { code, stderr } = await fleet.startWorker().finished;
    expect(
      stderr.match(/us-dprk-talks-turns-left-\w+ failed and will be retried: .*Invalid value/g),
    ).toHaveLength(4);
    expect(stderr).toMatch(/us-dprk-talks-turns-left-\w+ is set aside: .*Invalid value/);
    expect(code).toBe(3);
    expect(refusals).toBe(5);
    const [plan] = (await fleet.status()).plans;
    expect(plan?.counts).toMatchObject({ done: 1, setAside: 1, waiting: 0 });
    expect(plan?.setAside).toMatchObject([
      { arm: 'turns-left', why: expect.stringContaining('Invalid value') },
    ]);
    expect((await parley(['status', address])).stdout).toContain('set aside: us-dprk-talks-turns-left-');

    isBroken = false;
    await fleet.submit('--retry-failed');
    expect((await fleet.startWorker().finished).code).toBe(0);
    await expectAllHeld(fleet, 2);
  });

  test('SIGTERM lets the calls under way end, gives the debates back, and repeats no call', async () => {
    const calls = milestones();
    const server = await startProviderServer({
      answer: (request) => {
        calls.seen(request.number);
        return { text: debating(request), headersAfterMs: 150 };
      },
    });
    const fleet = await gatherFleet({ address: await postgres().createDatabase(), server, repeats: 2 });
    await fleet.submit();
    const worker = fleet.startWorker();
    await calls.reached(8);
    worker.process.kill('SIGTERM');
    const { code, stderr } = await worker.finished;
    expect(stderr).toContain('Stopping');
    expect(code).toBe(143);
    expect(await Promise.all(server.requests.map(({ closed }) => closed))).not.toContain('cut');
    const { plans, workers } = await fleet.status();
    expect(plans[0]?.counts).toMatchObject({ underWay: 0, setAside: 0 });
    expect(workers).toEqual([]);
    expect((await fleet.startWorker().finished).code).toBe(0);
    await expectAllHeld(fleet, 4);
    expect(server.requests).toHaveLength(4 * callsOfDebate);
  });

  test('a key that is missing keeps a worker from a plan, and it says which', async () => {
    const server = await startProviderServer({ answer: debating });
    const address = await postgres().createDatabase();
    const fleet = await gatherFleet({ address, server, repeats: 1 });
    await fleet.submit();
    const env = { OPENAI_API_KEY: '' };
    const { code, stderr } = await parley(['worker', address, '--until-empty'], { env });
    expect(stderr).toMatch(
      /plan-\w+ cannot be run here: openai:scripted needs a key of OpenAI\. Set OPENAI_API_KEY here, and start the worker again\./,
    );
    expect(stderr).toMatch(/plan-\w+: 0 of 2 debates done, 0 under way, 2 left\./);
    expect(code).toBe(3);
  });

  test('a key that is refused ends the worker and blames no debate', async () => {
    const server = await startProviderServer({ answer: debating, key: 'another key' });
    const fleet = await gatherFleet({ address: await postgres().createDatabase(), server, repeats: 2 });
    await fleet.submit();
    const { code, stderr } = await fleet.startWorker().finished;
    expect(code).toBe(1);
    expect(stderr).toMatch(/OPENAI_API_KEY|key/);
    expect((await fleet.status()).plans[0]?.counts).toMatchObject({ waiting: 4, setAside: 0 });
  });

  test('no more requests a minute begin over two workers than were set, and no key is stored or told', async () => {
    const server = await startProviderServer({ answer: debating });
    const address = await postgres().createDatabase();
    const fleet = await gatherFleet({ address, server, repeats: 1 });
    const perMinute = 300;
    const told = [await fleet.submit('--rpm', String(perMinute))];
    const began = performance.now();
    const workers = [fleet.startWorker(), fleet.startWorker()];
    for (const { finished } of workers) {
      const { code, stdout, stderr } = await finished;
      expect({ code, stderr }).toMatchObject({ code: 0 });
      told.push(stdout, stderr);
    }
    const seconds = (performance.now() - began) / 1000;
    await expectAllHeld(fleet, 2);
    // A window holds a second's worth, and the first one is had at once.
    expect(server.requests.length).toBeLessThanOrEqual((seconds + 1) * (perMinute / 60));

    const database = databaseOf(address);
    const tables = await postgres().run(
      database,
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_schema in ('parley', 'parley_queue')`,
    );
    expect(tables.length).toBeGreaterThan(10);
    for (const { name } of tables) {
      const rows = await postgres().run(database, `select t::text as row from ${name} t`);
      for (const { row } of rows) expect(row).not.toContain(secretKey);
    }
    expect(await postgres().run(database, 'select key from parley.rate_limits')).toMatchObject([
      { key: expect.stringMatching(/^[0-9a-f]{32}:requests$/) },
    ]);
    for (const text of told) {
      expect(text).not.toContain(secretKey);
      expect(text).not.toContain(postgres().password);
    }
  });

  test.each([
    [['status', 'transcripts'], 'postgres://USER@HOST/DATABASE'],
    [
      ['worker', 'postgres://nobody@127.0.0.1:9/none'],
      'postgres://nobody@127.0.0.1:9/none cannot be reached',
    ],
    [['worker', 'postgres://me:secret#1@127.0.0.1/none'], 'Percent-encode'],
    [['worker', 'postgres://127.0.0.1:9/none', '--lease', '0'], '--lease 0 must be from 1 to 3600'],
  ])('%j is told plainly', async (args, message) => {
    const { code, stderr } = await parley(args);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('secret');
    expect(code).toBe(args.includes('--lease') ? 2 : 1);
  });

  test('hold the very debates that a batch on files holds, but for times', async () => {
    const address = await postgres().createDatabase();
    const { cwd, transcripts } = await planFile(1);
    const batch = ['batch', 'plan.yaml', '--model', 'simulator'];
    const foretold = await parley([...batch, '--on', address, '--dry-run'], { cwd });
    expect(foretold).toMatchObject({ code: 0, stderr: expect.stringContaining('4 debates') });
    expect(await parley([...batch, '--on', address, '--cache'], { cwd })).toMatchObject({ code: 2 });
    expect((await parley(batch, { cwd })).code).toBe(0);
    expect((await parley([...batch, '--on', address], { cwd })).code).toBe(0);
    // Elsewhere: all a worker needs is in the database.
    expect((await parley(['worker', address, '--until-empty'], { cwd: await temporaryFolder() })).code).toBe(
      0,
    );
    const inDatabase = openPostgresStore({ connection: address, clock: systemClock });
    const stored = await storedDebates(transcripts);
    expect(stored).toHaveLength(4);
    for (const { debate, events } of stored) {
      const twin = await inDatabase.read(debate.started.debate);
      expect(twin.ok && twin.value.events.map(withoutTimes)).toEqual(events.map(withoutTimes));
    }
    await inDatabase.close();
  });

  test('an arm of controls is held like any other and told from the others, and every debate is a trace', async () => {
    const address = await postgres().createDatabase();
    const cwd = await temporaryFolder();
    const plan = [
      'model: simulator',
      'arms:',
      '  - { id: plain, strategy: plain }',
      '  - { id: alone, strategy: plain, control: no-debate }',
      'scenarios: [us-dprk-talks]',
      'debate: { rounds: 1, judgeSamples: 1, poll: true }',
    ];
    await writeFile(join(cwd, 'plan.yaml'), plan.join('\n'));
    expect((await parley(['batch', 'plan.yaml', '--on', address, '--yes'], { cwd })).code).toBe(0);
    const collector = await startCollector();
    const worker = await parley(['worker', address, '--until-empty'], {
      cwd: await temporaryFolder(),
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
    });
    expect(collector.spans.filter(({ parent }) => parent === null)).toHaveLength(2);
    expect(worker.stderr).toContain('2 debates done here.');
    expect(worker.code).toBe(0);
    const { stdout } = await parley(['ls', '--control', 'no-debate', '--transcripts', address]);
    expect(stdout).toMatch(/^us-dprk-talks-\S+ .*\(alone\) .*control no-debate\n$/);
    const noted = `update parley.plan_debates set summary = summary - 'control'`;
    await postgres().run(databaseOf(address), noted);
    expect((await parley(['ls', '--control', 'any', '--transcripts', address])).stdout).toBe(stdout);
    const compared = await parley(['compare', 'plan.yaml', '--json', '--transcripts', address], { cwd });
    expect(compared.stdout).toContain('The arm alone is a control (no-debate)');
  });

  test('a worker goes on waiting for plans until it is told to end', async () => {
    const server = await startProviderServer({ answer: debating });
    const address = await postgres().createDatabase();
    const fleet = await gatherFleet({ address, server, repeats: 1 });
    expect(await parley(['worker', address])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('parley migrate'),
    });
    await fleet.submit();
    const worker = fleet.startWaitingWorker();
    for (let look = 0; look < 300 && (await fleet.status()).plans[0]?.counts.done !== 2; look++)
      await wait(100);
    await expectAllHeld(fleet, 2);
    await fleet.submit('--count', '4');
    for (let look = 0; look < 300 && (await fleet.status()).plans[0]?.counts.done !== 4; look++)
      await wait(100);
    worker.process.kill('SIGINT');
    expect((await worker.finished).code).toBe(130);
    await expectAllHeld(fleet, 4);
  });
});

function withoutTimes(event: DebateEvent): unknown {
  return JSON.parse(
    JSON.stringify(event, (key, value) => (key === 'at' || key === 'timing' ? undefined : value)),
  );
}
