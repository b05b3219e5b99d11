import { describe, expect, test } from 'vitest';
import { createFunding, createSpending } from '../../src/batch/funding.ts';
import type { Plan } from '../../src/batch/plan.ts';
import type { DebateEvent } from '../../src/debate/events.ts';
import { seededRandom } from '../../src/debate/seeded-random.ts';
import type { RunSummary } from '../../src/run/catalogue/run-summary.ts';
import type { DebateEstimate } from '../../src/run/estimate.ts';
import { isSettled } from './step-clock.ts';

/** A debate of so many calls at so much each, of 1,000 tokens. */
function estimateOf(calls: number, usd: number): DebateEstimate {
  return {
    ...{ calls, steps: calls, inputTokens: 900 * calls, outputTokens: 100 * calls, costUsd: calls * usd },
    course: Array.from({ length: calls + 1 }, (_, made) => ({ usd: made * usd, tokens: made * 1000 })),
  };
}

/** The event of one speech that cost so much, or whose price is not known. */
function speech(usd: number | null): DebateEvent {
  const usage = { inputTokens: 900, outputTokens: 100, cachedTokens: 0, estimated: false };
  const call = { model: 'openai:x', usage, costUsd: usd, milliseconds: 1, firstTokenMs: 1, attempts: 1 };
  return { type: 'turn-ended', ...call, call } as unknown as DebateEvent;
}

interface Run {
  budget: Plan['budget'];
  debates: number;
  calls: number;
  /** US dollars a call: as it was estimated, and as it is. */
  estimated: number;
  real(debate: number): number;
  /** Debates under way at once, at most. */
  atOnce: number;
}

/** Runs debates in turns of one call each, as a batch does; how many were finished, begun, and what was spent. */
async function runAll({ budget, debates, calls, estimated, real, atOnce }: Run) {
  const spending = createSpending(budget);
  const funding = createFunding(budget, spending);
  const estimate = estimateOf(calls, estimated);
  const running = new Map<
    number,
    { share: ReturnType<typeof funding.begin>; made: number; isWaiting: boolean }
  >();
  let [begun, finished] = [0, 0];
  const passed: number[] = [];
  const settle = () => new Promise<void>((resolve) => void setImmediate(resolve));
  while (spending.usedUp() === null) {
    while (begun < debates && running.size < atOnce && funding.carries(estimate, null)) {
      running.set(begun++, { share: funding.begin(estimate, null), made: 0, isWaiting: false });
    }
    if (running.size === 0) break;
    for (const [debate, own] of running) {
      if (own.isWaiting) continue;
      own.isWaiting = true;
      void own.share.gate.pass({} as never, undefined).then(() => passed.push(debate));
    }
    await settle();
    for (const debate of passed.splice(0)) {
      const own = running.get(debate);
      if (!own || spending.usedUp() !== null) continue;
      own.isWaiting = false;
      const event = speech(real(debate));
      spending.addEvent(event);
      own.share.take(event);
      own.made += 1;
      if (own.made < calls) continue;
      running.delete(debate);
      finished += 1;
      own.share.end(true);
    }
  }
  return { finished, begun, usd: spending.usd, tokens: spending.tokens };
}

describe('a budget', () => {
  const base = { debates: 8, calls: 10, atOnce: 16, budget: { usd: 0.2, tokens: null } };

  test('of $0.20 finishes four debates of $0.045 and begins no fifth, whatever they were estimated at', async () => {
    for (const estimated of [0.0015, 0.003, 0.0045, 0.009]) {
      const { finished, begun, usd } = await runAll({ ...base, estimated, real: () => 0.0045 });
      expect({ estimated, finished, begun }).toEqual({ estimated, finished: 4, begun: 4 });
      expect(usd).toBeCloseTo(0.18, 10);
    }
  });

  test('that is spent to the last cent finishes what fits exactly', async () => {
    const budget = { usd: 0.18, tokens: null };
    expect(await runAll({ ...base, budget, estimated: 0.0045, real: () => 0.0045 })).toMatchObject({
      finished: 4,
      begun: 4,
    });
    const tokens = { usd: null, tokens: 40_000 };
    expect(await runAll({ ...base, budget: tokens, estimated: 0, real: () => 0 })).toMatchObject({
      finished: 4,
      begun: 4,
    });
  });

  test('carries all debates at once where it is large', async () => {
    const run = { ...base, budget: { usd: 100, tokens: null }, estimated: 0.0045, real: () => 0.0045 };
    expect(await runAll(run)).toMatchObject({ finished: 8, begun: 8 });
  });

  test('that cannot carry half a debate begins none', async () => {
    const run = { ...base, budget: { usd: 0.02, tokens: null }, estimated: 0.0045, real: () => 0.0045 };
    expect(await runAll(run)).toMatchObject({ finished: 0, begun: 0 });
  });

  test('leaves few unfinished and little unspent, of debates that differ and of estimates that are far off', async () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = seededRandom('funding', seed);
      const costs = Array.from({ length: 40 }, () => 0.002 + 0.004 * random());
      const estimated = 0.004 * (0.4 + 1.6 * random());
      const usd = 0.1 + 0.8 * random();
      const dearest = 10 * Math.max(...costs);
      const budget = { usd, tokens: null };
      const real = (debate: number) => costs[debate] as number;
      const run = await runAll({ debates: 40, calls: 10, atOnce: 12, budget, estimated, real });
      expect(run.usd).toBeLessThan(usd + 12 * 0.006);
      expect(run.begun - run.finished).toBeLessThanOrEqual(3);
      expect(run.finished).toBeGreaterThanOrEqual(Math.floor(usd / dearest) - 2);
    }
  });
});

/** What an earlier run of a debate used; of its tokens a quarter were of replies. */
function used(calls: number, costUsd: number, tokens: number): RunSummary {
  return { calls, costUsd, inputTokens: 0.75 * tokens, outputTokens: 0.25 * tokens } as RunSummary;
}

type Funding = ReturnType<typeof createFunding>;
const unlimited: Plan['budget'] = { usd: null, tokens: null };
/** Ten calls of a cent and 1,000 tokens each. */
const ten = estimateOf(10, 0.01);
const unpriced: DebateEstimate = {
  ...{ calls: 10, steps: 10, inputTokens: 9000, outputTokens: 1000, costUsd: null },
  course: Array.from({ length: 11 }, (_, made) => ({ usd: 0, tokens: made * 1000 })),
};

/** Checks that a debate is carried by exactly this budget: by a little less it is not. */
function expectNeed(
  kind: 'usd' | 'tokens',
  need: number,
  { estimate = ten, before = null as RunSummary | null, prepare = (_funding: Funding) => {} } = {},
) {
  for (const [limit, carries] of [
    [need * 1.0001, true],
    [need * 0.9999, false],
  ] as const) {
    const budget = { ...unlimited, [kind]: limit };
    const funding = createFunding(budget, createSpending(budget));
    prepare(funding);
    expect({ limit, carries: funding.carries(estimate, before) }).toEqual({ limit, carries });
  }
}

describe('before any debate is over, a budget carries', () => {
  test('a first debate where half of its estimate is left', () => {
    expectNeed('usd', 0.05);
    expectNeed('tokens', 5000);
  });

  test('exactly what it holds, though dollars are not exact', () => {
    const budget = { usd: 0.3, tokens: null };
    const funding = createFunding(budget, createSpending(budget));
    funding.learn(estimateOf(10, 0.01), used(10, 0.1, 10_000));
    for (const estimate of [estimateOf(3, 0.1), estimateOf(1, 0.1 + 0.2)])
      expect(funding.carries(estimate, null)).toBe(true);
  });

  test('a second one where three times the estimates of both are left', () => {
    const prepare = (funding: Funding) => void funding.begin(ten, null);
    expectNeed('usd', 0.6, { prepare });
    expectNeed('tokens', 60_000, { prepare });
    expectNeed('usd', 0.3 + 3 * 0.05, { prepare, before: used(5, 0.05, 5000) });
  });

  test('a second one by how far the first is off its estimate', () => {
    // Half of 0.1 is used twice as fast; three times the estimate counts as a quarter of a debate.
    const scale = (0.025 * 3 + 0.1) / (0.025 + 0.05);
    const inTokens = (2500 * 3 + 5000) / (2500 + 5000);
    const taken = (funding: Funding) => {
      const share = funding.begin(ten, null);
      for (let call = 0; call < 5; call++) share.take(speech(0.02));
    };
    const earlier = (funding: Funding) => void funding.begin(ten, used(5, 0.1, 5000));
    for (const prepare of [taken, earlier]) {
      expectNeed('usd', (0.05 + 0.1) * scale, { prepare });
      expectNeed('tokens', 15_000 * inTokens, { prepare });
    }
  });

  test('a call without a price as one that cost nothing', () => {
    const prepare = (funding: Funding) => funding.begin(ten, null).take(speech(null));
    expectNeed('usd', (0.09 + 0.1) * (0.075 / 0.035), { prepare });
  });

  test('any debate without a price, and takes it for nothing beside others', () => {
    const budget = { usd: 0.001, tokens: null };
    const funding = createFunding(budget, createSpending(budget));
    funding.begin(ten, null);
    expect(funding.carries(unpriced, null)).toBe(false);
    const prepare = (funding: Funding) => void funding.begin(unpriced, null);
    expectNeed('usd', 0.3, { prepare });
  });

  test('what has made all its calls and more', () => {
    const budget = { usd: 0.0001, tokens: 1 };
    const funding = createFunding(budget, createSpending(budget));
    expect(funding.carries(ten, used(10, 0, 0))).toBe(true);
    expect(funding.carries(ten, used(99, 0, 0))).toBe(true);
    expect(funding.carries(unpriced, null)).toBe(false);
    expect(createFunding({ ...budget, tokens: null }, createSpending(budget)).carries(unpriced, null)).toBe(
      true,
    );
  });

  test('nothing that one of its limits does not carry', () => {
    const budget = { usd: 100, tokens: 4000 };
    expect(createFunding(budget, createSpending(budget)).carries(ten, null)).toBe(false);
    const other = { usd: 0.04, tokens: 1_000_000 };
    expect(createFunding(other, createSpending(other)).carries(ten, null)).toBe(false);
    expect(createFunding(unlimited, createSpending(unlimited)).carries(ten, null)).toBe(true);
  });
});

describe('once debates are over, a budget carries', () => {
  test('what the dearest of them makes of an estimate', () => {
    const dear = (funding: Funding) => {
      funding.learn(ten, used(10, 0.2, 15_000));
      funding.learn(ten, used(10, 0.1, 10_000));
    };
    expectNeed('usd', 0.2, { prepare: dear });
    expectNeed('tokens', 15_000, { prepare: dear });
    expectNeed('usd', 0.2, { prepare: (funding) => funding.learn(ten, used(5, 0.1, 0)) });
  });

  test('what it would have carried before, where they cost nothing that was estimated', () => {
    expectNeed('usd', 0.05, { prepare: (funding) => funding.learn(unpriced, used(10, 0, 10_000)) });
  });

  test('by those that came to an end of their own, and not by those that were stopped', () => {
    const run = (isOver: boolean) => (funding: Funding) => {
      const share = funding.begin(ten, null);
      for (let call = 0; call < 10; call++) share.take(speech(0.02));
      share.end(isOver);
    };
    expectNeed('usd', 0.2, { prepare: run(true) });
    expectNeed('usd', 0.05, { prepare: run(false) });
  });

  test('beside those that are still under way', () => {
    const prepare = (funding: Funding) => {
      const first = funding.begin(ten, null);
      funding.begin(ten, null);
      first.end(false);
    };
    expectNeed('usd', 0.6, { prepare });
  });
});

describe('calls of debates under way', () => {
  function under(budget: Plan['budget'], estimates = [ten, ten]) {
    const spending = createSpending(budget);
    const funding = createFunding(budget, spending);
    const shares = estimates.map((estimate) => funding.begin(estimate, null));
    const calls = shares.map((share) => share.gate.pass({} as never, undefined));
    return { budget, spending, funding, shares, calls, passes: () => Promise.all(calls.map(isSettled)) };
  }

  test('begin where the budget covers what they and the debates before them need', async () => {
    expect(await under({ usd: 0.601, tokens: null }).passes()).toEqual([true, true]);
    expect(await under({ usd: 0.599, tokens: null }).passes()).toEqual([true, false]);
    expect(await under({ usd: null, tokens: 60_000 }).passes()).toEqual([true, true]);
    expect(await under({ usd: null, tokens: 59_999 }).passes()).toEqual([true, false]);
    expect(await under({ usd: 100, tokens: 59_999 }).passes()).toEqual([true, false]);
    expect(await under({ usd: 0.0001, tokens: null }).passes()).toEqual([true, false]);
    expect(await under({ usd: 0.1, tokens: null }, [unpriced, unpriced]).passes()).toEqual([true, true]);
  });

  test('begin when those before them turn out cheaper, end, or the budget grows', async () => {
    const cheaper = under({ usd: 0.5, tokens: null });
    for (let call = 0; call < 5; call++) cheaper.shares[0]?.take(speech(0.01));
    expect(await cheaper.passes()).toEqual([true, true]);
    const ended = under({ usd: 0.5, tokens: null });
    ended.shares[0]?.end(false);
    expect(await ended.passes()).toEqual([true, true]);
    const grown = under({ usd: 0.5, tokens: null });
    grown.budget.usd = 0.7;
    expect(await grown.passes()).toEqual([true, false]);
    grown.funding.changed();
    expect(await grown.passes()).toEqual([true, true]);
  });

  test('are dropped once cancelled', async () => {
    const { shares } = under({ usd: 0.5, tokens: null });
    expect(await shares[0]?.gate.pass({} as never, AbortSignal.abort())).toBeNull();
    const abort = new AbortController();
    const waiting = shares[1]?.gate.pass({} as never, abort.signal);
    abort.abort();
    expect(await waiting).toBeNull();
  });
});

describe('the reason why nothing more is begun', () => {
  const why = (budget: Plan['budget'], spent: { usd: number; tokens: number }) => {
    const spending = createSpending(budget);
    spending.add({ ...spent, unpricedCalls: 0 });
    return createFunding(budget, spending).shortfall(ten);
  };
  const text = (parts: string) =>
    `The rest of the budget (${parts}) does not cover another debate; a larger budget continues from here.`;

  test('names what is left of every limit that does not cover a debate', () => {
    expect(why({ usd: 1, tokens: 50_000 }, { usd: 0.9, tokens: 40_000 })).toBe(
      text('$0.10 of $1.00, 10000 tokens of 50000 tokens'),
    );
    expect(why({ usd: 0.28, tokens: 50_000 }, { usd: 0, tokens: 20_000 })).toBe(text('$0.28 of $0.28'));
  });
});

test('spending counts dollars, tokens and the calls whose price is not known', () => {
  const spending = createSpending({ usd: 1, tokens: 3000 });
  spending.addEvent(speech(0.25));
  expect(spending).toMatchObject({ usd: 0.25, tokens: 1000, unpricedCalls: 0 });
  spending.addEvent(speech(null));
  expect(spending).toMatchObject({ usd: 0.25, tokens: 2000, unpricedCalls: 1 });
  spending.add({ usd: 0.5, tokens: 999, unpricedCalls: 2 });
  expect(spending).toMatchObject({ usd: 0.75, tokens: 2999, unpricedCalls: 3 });
  expect(spending.usedUp()).toBeNull();
  spending.add({ usd: 0, tokens: 1, unpricedCalls: 0 });
  expect(spending.usedUp()).toBe("The batch's budget of 3000 tokens is used up.");
  spending.add({ usd: 0.25, tokens: 0, unpricedCalls: 0 });
  expect(spending.usedUp()).toBe("The batch's budget of $1 is used up.");
});
