import { describe, expect, test } from 'vitest';
import { eventSchema } from '../../src/debate/events.ts';
import { ParleyError } from '../../src/debate/outcome.ts';
import { orderSchema } from '../../src/debate/setup.ts';
import { errors, startProviderServer } from '../helpers/provider-server.ts';
import { debating, held, hold, taskOf } from './debates.ts';

const wire = { model: 'openai:scripted' };

describe('a debate on the simulator', () => {
  test.each(orderSchema.options)(
    'in %s order everyone speaks once a round and it ends by its rules',
    async (order) => {
      const { debate, events } = await held({ order, rounds: 2 });
      for (const round of [1, 2]) {
        const speakers = debate.turns.filter((turn) => turn.kind === 'speech' && turn.round === round);
        expect(new Set(speakers.map((turn) => turn.speaker)).size).toBe(4);
        expect(speakers).toHaveLength(4);
      }
      expect(debate.ended?.reason).toBe('round-limit');
      for (const event of events) expect(eventSchema.safeParse(event).error).toBeUndefined();
    },
  );

  test('marks every call as the simulator’s', async () => {
    const { debate } = await held({ rounds: 1 });
    expect(debate.started.simulated).toBe(true);
    expect(Object.values(debate.models).every((model) => model.simulated)).toBe(true);
  });

  test('a pause lets the turn under way end, says so, and only then is one', async () => {
    const told: string[] = [];
    await held({ rounds: 1 }, (item, running) => {
      if (told.length === 0 && item.type === 'turn-delta') {
        running.pause();
        told.push('asked');
      }
      if (told.length > 0 && item.type !== 'turn-delta') told.push(item.type);
      if (item.type === 'paused') running.resume();
    });
    expect(told.slice(0, 5)).toEqual(['asked', 'pausing', 'turn-ended', 'paused', 'continued']);
  });

  test('the words of a turn’s deltas are the turn', async () => {
    const { events, notices } = await held({ rounds: 1 });
    const spoken = notices.flatMap((notice) => (notice.type === 'turn-delta' ? notice.text : [])).join('');
    const turns = events.flatMap((event) => (event.type === 'turn-ended' ? event.text : []));
    expect(spoken.replace(/\s+/g, '')).toBe(turns.join('').replace(/\s+/g, ''));
  });
});

describe('a debate over the wire', () => {
  test('goes through with one call for each thing to be done', async () => {
    const server = await startProviderServer({ answer: debating });
    const { debate } = await held({ ...wire, baseUrl: server.baseUrl, rounds: 2 });
    const counts = Object.groupBy(server.requests, taskOf);
    const numbers = Object.fromEntries(Object.entries(counts).map(([kind, calls]) => [kind, calls?.length]));
    expect(numbers).toEqual({ open: 1, speak: 8, judge: 6, steer: 1, draft: 1, answer: 2 });
    expect(debate.totals.calls).toBe(19);
    expect(debate.totals.isEstimated).toBe(false);
    expect(debate.ended?.reason).toBe('round-limit');
  });

  test('a reply that breaks off is dropped, told of, and asked for again', async () => {
    let isBroken = false;
    const server = await startProviderServer({
      answer: (request) => {
        if (taskOf(request) !== 'speak' || isBroken) return debating(request);
        isBroken = true;
        return { text: 'Half a thought that', fault: { kind: 'end', after: 3 } };
      },
    });
    const { debate, events, notices } = await held({ ...wire, baseUrl: server.baseUrl, rounds: 1 });
    expect(events.find((event) => event.type === 'attempt-failed')).toMatchObject({
      purpose: 'speak',
      speaker: 'state-department',
      reason: 'incomplete',
    });
    expect(notices.find((notice) => notice.type === 'reply-dropped')).toMatchObject({
      speaker: 'state-department',
    });
    expect(debate.turns.some((turn) => turn.text.includes('Half a thought'))).toBe(false);
    expect(debate.turns[1]?.attempts).toBe(2);
  });

  test('its totals count every call that the provider saw, and no more of them as priceless', async () => {
    let speeches = 0;
    const server = await startProviderServer({
      answer: (request) => {
        if (taskOf(request) === 'speak') speeches += 1;
        if (speeches === 1) return { text: 'Half a thought that', fault: { kind: 'end', after: 3 } };
        return speeches === 3 ? errors.overloaded : debating(request);
      },
    });
    const { debate } = await held({ ...wire, baseUrl: server.baseUrl, rounds: 1 });
    const { calls, failedAttempts, unpricedCalls } = debate.totals;
    expect({ calls, failedAttempts }).toEqual({ calls: server.requests.length, failedAttempts: 2 });
    // One was refused and so used nothing.
    expect(unpricedCalls).toBe(calls - 1);
  });

  test('a reading that is asked for again says which of them waits, why, and for how long', async () => {
    let judged = 0;
    const server = await startProviderServer({
      answer: (request) => {
        if (taskOf(request) === 'judge') judged += 1;
        return taskOf(request) === 'judge' && judged === 2 ? errors.overloaded : debating(request);
      },
    });
    const { notices } = await held({ ...wire, baseUrl: server.baseUrl, rounds: 1 });
    const waits = notices.filter((notice) => notice.type === 'waiting');
    expect(waits).toHaveLength(1);
    expect(waits[0]).toMatchObject({ purpose: 'judge', part: { of: 3 }, reason: 'overloaded' });
    expect([1, 2, 3]).toContain(waits[0]?.part?.number);
    expect(waits[0]?.message).toContain('the provider is overloaded');
  });

  test('a used-up quota ends it as failed at once, and says what happened', async () => {
    const server = await startProviderServer({ replies: ['The debate is open.', errors.outOfQuota] });
    const { debate, events } = await held({ ...wire, baseUrl: server.baseUrl });
    expect(debate.ended?.reason).toBe('failed');
    expect(debate.ended?.detail).toContain('State Department official failed while speaking in round 1');
    expect(events.filter((event) => event.type === 'attempt-failed')).toHaveLength(1);
  });

  test('a judge that writes no JSON gets one repair prompt, then a failed verdict, and the debate goes on', async () => {
    const server = await startProviderServer({
      answer: (request) => {
        const isReading = ['judge', 'repair'].includes(taskOf(request));
        return isReading ? 'They seem quite close, about 80%.' : debating(request);
      },
    });
    const { debate } = await held({ ...wire, baseUrl: server.baseUrl, rounds: 2, judgeSamples: 2 });
    const [first] = debate.verdicts;
    expect(first?.outcome).toBe('failed');
    expect(first?.convergence).toBeNull();
    expect(first?.samples.map((sample) => sample.outcome)).toEqual(['failed', 'failed']);
    const kinds = server.requests.map(taskOf);
    expect(kinds.filter((kind) => kind === 'judge')).toHaveLength(4);
    expect(kinds.filter((kind) => kind === 'repair')).toHaveLength(4);
    expect(debate.verdicts).toHaveLength(2);
    expect(debate.ended?.reason).toBe('round-limit');
  });

  test('one judge sample of three that cannot be read leaves the verdict to the others', async () => {
    let judged = 0;
    const server = await startProviderServer({
      answer: (request) => {
        const kind = taskOf(request);
        if (kind === 'judge') judged += 1;
        return kind === 'repair' || (kind === 'judge' && judged === 2) ? 'no' : debating(request);
      },
    });
    const { debate } = await held({ ...wire, baseUrl: server.baseUrl, rounds: 1 });
    expect(debate.verdicts[0]?.samples.filter((sample) => sample.outcome === 'failed')).toHaveLength(1);
    expect(debate.verdicts[0]?.outcome).toBe('read');
    expect(debate.verdicts[0]?.cells.some((cell) => cell.stand === 'position')).toBe(true);
  });

  test('stopping closes the connection and ends it as stopped', async () => {
    const server = await startProviderServer({
      answer: (request) =>
        taskOf(request) === 'speak' ? { text: 'word '.repeat(500), chunkEveryMs: 20 } : debating(request),
    });
    const { debate } = await held({ ...wire, baseUrl: server.baseUrl }, (item, running) => {
      const isSpeaking = item.type === 'turn-started' && item.speaker === 'state-department';
      if (isSpeaking) setTimeout(() => running.stop(), 200);
    });
    expect(debate.ended?.reason).toBe('stopped');
    expect(debate.turns).toHaveLength(1);
    expect(await server.requests.at(-1)?.closed).toBe('cut');
  });

  test('each role is called with its own model', async () => {
    const server = await startProviderServer({ answer: debating, models: ['a', 'b', 'c'] });
    const models = { moderator: 'openai:b', 'dprk-negotiator': 'openai:c' };
    const { debate } = await held({ model: 'openai:a', models, baseUrl: server.baseUrl, rounds: 1 });
    const modelOf = (kind: string) =>
      new Set(server.requests.filter((call) => taskOf(call) === kind).map((call) => call.model));
    expect(modelOf('judge')).toEqual(new Set(['b']));
    expect(modelOf('speak')).toEqual(new Set(['a', 'c']));
    expect(debate.models['judge']?.spec).toBe('openai:b');
  });
});

describe('what a person does to a debate', () => {
  test('a question is delivered before the next turn, journaled, and put to everyone who speaks afterwards', async () => {
    const server = await startProviderServer({ answer: debating });
    const { events } = await held({ ...wire, baseUrl: server.baseUrl, rounds: 1 }, (item, running) => {
      if (item.type === 'turn-started' && item.speaker === 'state-department')
        running.ask('Who checks the fences?');
    });
    const asked = events.find((event) => event.type === 'question-asked');
    expect(asked).toMatchObject({ text: 'Who checks the fences?', afterTurn: 2 });
    const speeches = server.requests.filter((call) => taskOf(call) === 'speak');
    const heard = speeches.map(({ messages }) =>
      messages.some(({ content }) => content.includes('Who checks the fences?')),
    );
    expect(heard).toEqual([false, true, true, true]);
  });

  test('a paused debate makes no call, and a step makes one', async () => {
    const server = await startProviderServer({ answer: debating });
    const running = await hold({ ...wire, baseUrl: server.baseUrl, rounds: 1 });
    running.pause();
    const result = running.result();
    await new Promise((done) => setTimeout(done, 100));
    expect(server.requests).toHaveLength(0);
    running.step();
    await expect.poll(() => server.requests.length).toBe(1);
    await new Promise((done) => setTimeout(done, 100));
    expect(server.requests).toHaveLength(1);
    running.resume();
    expect((await result).ended?.reason).toBe('round-limit');
  });
});

describe('limits', () => {
  test('a used-up budget of tokens ends it before the next call, with a notice beforehand', async () => {
    const { debate, notices } = await held({ budgetTokens: 12_000 });
    expect(debate.ended?.reason).toBe('budget');
    expect(notices.some((notice) => notice.type === 'budget-near')).toBe(true);
  });

  // An opening, four speeches, three readings, a draft and two answers, of 1,000 tokens each.
  test.each([
    { budgetTokens: 10_000, usedShare: 0.8 },
    { budgetTokens: 10_100, usedShare: 9000 / 10_100 },
    { budgetTokens: 6000, usedShare: 5000 / 6000 },
    { budgetTokens: 14_000, usedShare: null },
  ])(
    'of $budgetTokens tokens a notice comes once eight in ten are used, and once only',
    async ({ budgetTokens, usedShare }) => {
      const server = await startProviderServer({
        answer: (request) => ({ text: debating(request), usage: { input: 900, output: 100 } }),
      });
      const options = { ...wire, baseUrl: server.baseUrl, rounds: 1, judgeSamples: 3, budgetTokens };
      const { notices } = await held(options);
      const near = notices.filter((notice) => notice.type === 'budget-near');
      expect(near).toEqual(usedShare === null ? [] : [{ type: 'budget-near', usedShare }]);
    },
  );

  test('a speech below the grounding minimum is asked for once more, and both are journaled', async () => {
    let isFirst = true;
    const server = await startProviderServer({
      answer: (request) => {
        if (taskOf(request) !== 'speak' || !isFirst) return debating(request);
        isFirst = false;
        return 'In 1987 Norway paid 400 dollars [P99], as Vox wrote "nothing of the kind at all, ever" in its pages.';
      },
    });
    const options = { ...wire, baseUrl: server.baseUrl, rounds: 1, strategy: 'evidence-first' };
    const { debate, events } = await held(options);
    const failed = events.find((event) => event.type === 'attempt-failed' && event.reason === 'ungrounded');
    expect(failed).toMatchObject({ speaker: 'state-department' });
    expect(failed && 'message' in failed ? failed.message : '').toContain('[P99]');
    expect(debate.turns[1]?.text).not.toContain('Norway');
  });
});

describe('what is refused before a debate begins', () => {
  test.each([
    ['an unknown scenario', { scenario: 'nowhere' }, 'unknown-scenario'],
    ['an unknown role', { models: { nobody: 'simulator' } }, 'unknown-role'],
    ['a spec that names no model', { model: 'openai' }, 'bad-spec'],
    ['a missing key', { model: 'openai:gpt-6-luna' }, 'missing-key'],
    ['settings out of bounds', { rounds: 0 }, 'bad-option'],
  ])('%s', async (_title, options, reason) => {
    const error = await hold(options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ParleyError);
    expect((error as ParleyError).reason).toBe(reason);
  });
});
