import { describe, expect, test } from 'vitest';
import { parley, startParley } from '../e2e/parley.ts';
import { errors, startProviderServer } from '../helpers/provider-server.ts';
import { debating, taskOf } from '../run/debates.ts';
import { expectWhole, planFile, storedDebates } from './batch-command.ts';

const overWire = (baseUrl: string) => ['--model', 'openai:scripted', '--base-url', baseUrl, '--yes'];

describe('parley batch', () => {
  test('--dry-run says what a plan would take and writes nothing', async () => {
    const { cwd, transcripts } = await planFile(2);
    const { code, stderr } = await parley(['batch', 'plan.yaml', '--model', 'simulator', '--dry-run'], {
      cwd,
    });
    expect(code).toBe(0);
    expect(stderr).toContain('8 debates (2 arms, 1 scenario, 2 cast orders, 2 repeats)');
    // An opening, four speeches, two readings, a draft and two answers each.
    expect(stderr).toContain('80 calls');
    expect(await storedDebates(transcripts)).toEqual([]);
  });

  test('holds every debate of a plan in its own cast order, and nothing when it is run again', async () => {
    const { cwd, transcripts } = await planFile(1);
    const server = await startProviderServer({ answer: debating });
    const args = ['batch', 'plan.yaml', ...overWire(server.baseUrl)];
    const first = await parley(args, { cwd });
    expect(first.stderr).toContain('4 of 4 debates done');
    expect(first.code).toBe(0);
    const stored = await storedDebates(transcripts);
    expectWhole(stored, 4);
    const firstSpeakers = stored.map(({ debate }) => debate.turns[1]?.speaker).sort();
    expect(firstSpeakers).toEqual([
      'state-department',
      'state-department',
      'think-tank-analyst',
      'think-tank-analyst',
    ]);
    const calls = server.requests.length;
    const again = await parley(args, { cwd });
    expect(again.code).toBe(0);
    expect(again.stderr).toContain('Nothing is left to do');
    expect(server.requests).toHaveLength(calls);
  });

  test('killed three times with -9, it goes on: every debate once, no broken chain, few calls repeated', async () => {
    const { cwd, transcripts } = await planFile(3);
    let onCall = (_calls: number) => {};
    const server = await startProviderServer({
      answer: (request) => {
        onCall(request.number);
        return { text: debating(request), headersAfterMs: 20 };
      },
    });
    const args = ['batch', 'plan.yaml', ...overWire(server.baseUrl), '--concurrency', '4'];
    for (const calls of [25, 55, 85]) {
      const run = startParley(args, { cwd });
      onCall = (number) => {
        if (number >= calls) run.process.kill('SIGKILL');
      };
      const { signal } = await run.finished;
      expect(signal).toBe('SIGKILL');
    }
    onCall = () => {};
    const last = await parley(args, { cwd });
    expect(last.stderr).toContain('12 of 12 debates done');
    expect(last.code).toBe(0);
    const stored = await storedDebates(transcripts);
    expectWhole(stored, 12);
    expect(stored.some(({ debate }) => debate.resumptions.length > 0)).toBe(true);
    // 12 debates of 10 calls; a kill costs what was under way, and of a round's two readings both.
    expect(server.requests.length).toBeLessThanOrEqual(120 + 3 * 8);
  });

  test('a budget stops it with no more than the calls under way beyond it, and a larger one goes on', async () => {
    const { cwd, transcripts } = await planFile(3);
    const server = await startProviderServer({
      answer: (request) => ({
        text: debating(request),
        usage: { input: 900, output: 100 },
        headersAfterMs: 5,
      }),
    });
    const args = ['batch', 'plan.yaml', ...overWire(server.baseUrl), '--concurrency', '4'];
    const first = await parley([...args, '--budget-tokens', '40000'], { cwd });
    expect(first.code).toBe(3);
    expect(first.stderr).toContain('budget of 40000 tokens is used up');
    expect(server.requests.length).toBeGreaterThanOrEqual(40);
    expect(server.requests.length).toBeLessThanOrEqual(40 + 2 * 4);
    const paid = server.requests.length;
    const blocked = await parley([...args, '--budget-tokens', '40000'], { cwd });
    expect(blocked.code).toBe(3);
    expect(server.requests).toHaveLength(paid);
    const last = await parley([...args, '--budget-tokens', '1000000'], { cwd });
    expect(last.code).toBe(0);
    expectWhole(await storedDebates(transcripts), 12);
  });

  // Ten calls of 2,000 tokens in and 2,000 out, at $0.25 and $2 a million: $0.045 a debate.
  test('a budget in dollars finishes the debates it can carry and begins no other; a larger one runs the rest', async () => {
    const { cwd, transcripts } = await planFile(2);
    const server = await startProviderServer({
      answer: (request) => ({ text: debating(request), usage: { input: 2000, output: 2000 } }),
    });
    const args = [
      'batch',
      'plan.yaml',
      ...overWire(server.baseUrl),
      '--price',
      '0.25,2',
      '--concurrency',
      '16',
    ];
    const first = await parley([...args, '--budget', '0.2'], { cwd });
    expect(first.code).toBe(3);
    expect(first.stderr).toContain('4 of 8 debates done, 4 left; $0.18 ');
    expect(first.stderr).toContain(
      'The rest of the budget ($0.02 of $0.20) does not cover another debate; a larger budget continues from here.',
    );
    expect(server.requests).toHaveLength(40);
    expectWhole(await storedDebates(transcripts), 4);

    const none = await parley([...args, '--budget', '0.22'], { cwd });
    expect(none.code).toBe(3);
    expect(server.requests).toHaveLength(40);

    const last = await parley([...args, '--budget', '0.361'], { cwd });
    expect(last.code).toBe(0);
    expect(server.requests).toHaveLength(80);
    expectWhole(await storedDebates(transcripts), 8);
  });

  test('debates dearer than estimated are finished in the order in which they were begun', async () => {
    const { cwd, transcripts } = await planFile(2);
    const server = await startProviderServer({
      answer: (request) => ({
        text: debating(request),
        usage: { input: 20_000, output: 2000 },
        headersAfterMs: 5,
      }),
    });
    // Estimated at some $0.02, a debate takes $0.09: all eight seem to fit.
    const args = [
      'batch',
      'plan.yaml',
      ...overWire(server.baseUrl),
      '--price',
      '0.25,2',
      '--concurrency',
      '16',
    ];
    const { code, stderr } = await parley([...args, '--budget', '0.3'], { cwd });
    expect(code).toBe(3);
    expect(Number(/(\d) of 8 debates done/.exec(stderr)?.[1])).toBeGreaterThanOrEqual(2);
    const over = (await storedDebates(transcripts)).filter(
      ({ debate }) => debate.ended?.reason === 'round-limit',
    );
    expect(over.length).toBeGreaterThanOrEqual(2);
    const usd = (await storedDebates(transcripts)).reduce(
      (sum, { debate }) => sum + debate.totals.costUsd,
      0,
    );
    expect(usd).toBeLessThan(0.3 + 16 * 0.009);
  });

  test('a server that refuses what is too many at once is used to its limit, and no debate fails', async () => {
    const { cwd, transcripts } = await planFile(4);
    let [underWay, refused] = [0, 0];
    const server = await startProviderServer({
      answer: (request) => {
        if (underWay >= 6) {
          refused += 1;
          return { ...errors.rateLimited, headers: { 'retry-after-ms': '50' } };
        }
        underWay += 1;
        void request.closed.then(() => {
          underWay -= 1;
        });
        return { text: debating(request), headersAfterMs: 30 };
      },
    });
    const { code, stderr } = await parley(['batch', 'plan.yaml', ...overWire(server.baseUrl)], { cwd });
    expect(stderr).toContain('16 of 16 debates done');
    expect(code).toBe(0);
    expectWhole(await storedDebates(transcripts), 16);
    expect(refused).toBeGreaterThan(0);
    expect(refused / server.requests.length).toBeLessThan(0.2);
  });

  test('a server that states its limit is asked no faster, so that it hardly ever refuses', async () => {
    const { cwd, transcripts } = await planFile(1);
    const perMinute = 900;
    let [left, at, refused] = [10, performance.now(), 0];
    const server = await startProviderServer({
      answer: (request) => {
        const now = performance.now();
        left = Math.min(10, left + ((now - at) / 60_000) * perMinute);
        at = now;
        const headers = {
          'x-ratelimit-limit-requests': String(perMinute),
          'x-ratelimit-remaining-requests': String(Math.max(0, Math.floor(left - 1))),
          'x-ratelimit-reset-requests': `${Math.ceil(((11 - left) / perMinute) * 60_000)}ms`,
        };
        if (left < 1) {
          refused += 1;
          return { ...errors.rateLimited, headers };
        }
        left -= 1;
        return { text: debating(request), headers };
      },
    });
    const { code } = await parley(['batch', 'plan.yaml', ...overWire(server.baseUrl)], { cwd });
    expect(code).toBe(0);
    expectWhole(await storedDebates(transcripts), 4);
    expect(refused).toBeLessThanOrEqual(2);
  });

  test('failed debates are told with their reason, left alone, and tried again with --retry-failed', async () => {
    const { cwd, transcripts } = await planFile(1);
    let isBroken = true;
    let refused: string | null = null;
    const server = await startProviderServer({
      answer: (request) => {
        const prompt = JSON.stringify(request.messages);
        // However it is put: a server that refuses once may only not know the form of reply that was asked for.
        if (taskOf(request) === 'judge') refused ??= prompt;
        return isBroken && prompt === refused ? errors.badRequest : debating(request);
      },
    });
    const args = ['batch', 'plan.yaml', ...overWire(server.baseUrl)];
    const first = await parley(args, { cwd });
    expect(first.code).toBe(3);
    expect(first.stderr).toMatch(/us-dprk-talks-\w+-\w+ failed: .*reading positions/);
    const calls = server.requests.length;
    isBroken = false;
    const again = await parley(args, { cwd });
    expect(again.code).toBe(3);
    expect(again.stderr).toContain('--retry-failed');
    expect(server.requests).toHaveLength(calls);
    const retried = await parley([...args, '--retry-failed'], { cwd });
    expect(retried.code).toBe(0);
    expectWhole(await storedDebates(transcripts), 4);
  });

  test('a wrong key stops it before it fails every debate', async () => {
    const { cwd, transcripts } = await planFile(10);
    const server = await startProviderServer({ answer: () => errors.wrongKey });
    const { code, stderr } = await parley(['batch', 'plan.yaml', ...overWire(server.baseUrl)], { cwd });
    expect(code).toBe(3);
    expect(stderr).toMatch(/key/i);
    expect((await storedDebates(transcripts)).length).toBeLessThan(20);
  });

  test('Ctrl+C begins nothing new, lets the calls under way end, and saves all', async () => {
    const { cwd, transcripts } = await planFile(3);
    let stop = () => {};
    const server = await startProviderServer({
      answer: (request) => {
        if (request.number === 20) stop();
        return { text: debating(request), headersAfterMs: 200 };
      },
    });
    const args = ['batch', 'plan.yaml', ...overWire(server.baseUrl), '--concurrency', '4'];
    const run = startParley(args, { cwd });
    stop = () => void run.process.kill('SIGINT');
    const { code, stderr } = await run.finished;
    expect(code).toBe(130);
    expect(stderr).toContain('Continue with: parley batch plan.yaml');
    const exchanges = await Promise.all(server.requests.map(({ closed }) => closed));
    expect(exchanges).not.toContain('cut');
    expect(server.requests.length).toBeLessThan(30);
    for (const { debate } of await storedDebates(transcripts)) expect(debate.ended).not.toBeNull();
    expect((await parley(args, { cwd })).code).toBe(0);
    expectWhole(await storedDebates(transcripts), 12);
  });

  test('a second Ctrl+C leaves at once, and what was begun goes on later', async () => {
    const { cwd, transcripts } = await planFile(1);
    const begun = Promise.withResolvers<void>();
    let isSlow = true;
    const server = await startProviderServer({
      answer: (request) => {
        if (request.number === 8) begun.resolve();
        return isSlow && request.number >= 8 ? { silent: true } : debating(request);
      },
    });
    const args = ['batch', 'plan.yaml', ...overWire(server.baseUrl)];
    const run = startParley(args, { cwd });
    await begun.promise;
    run.process.kill('SIGINT');
    await run.says(/Ctrl\+C again/);
    run.process.kill('SIGINT');
    expect((await run.finished).code).toBe(130);
    isSlow = false;
    expect((await parley(args, { cwd })).code).toBe(0);
    expectWhole(await storedDebates(transcripts), 4);
  });

  test('a second process on the same plan is refused by the number of the first', async () => {
    const { cwd } = await planFile(3);
    const begun = Promise.withResolvers<void>();
    const server = await startProviderServer({
      answer: (request) => {
        begun.resolve();
        return { text: debating(request), headersAfterMs: 500 };
      },
    });
    const args = ['batch', 'plan.yaml', ...overWire(server.baseUrl)];
    const first = startParley(args, { cwd });
    await begun.promise;
    const second = await parley(args, { cwd });
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`process ${first.process.pid}`);
  });

  test('spends nothing where there is no one to ask', async () => {
    const { cwd, transcripts } = await planFile(1);
    const server = await startProviderServer({ answer: debating });
    const args = ['batch', 'plan.yaml', '--model', 'openai:scripted', '--base-url', server.baseUrl];
    const { code, stderr } = await parley(args, { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('--yes');
    expect(await storedDebates(transcripts)).toEqual([]);
  });

  test('names every fault of a plan with its line', async () => {
    const { cwd } = await planFile(1, 'modle: simulator');
    const { code, stderr } = await parley(['batch', 'plan.yaml'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/plan\.yaml:8: .*modle.*model/);
  });
});
