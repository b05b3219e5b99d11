import { describe, expect, test } from 'vitest';
import { createFunding, createSpending } from '../../src/batch/funding.ts';
import type { Plan } from '../../src/batch/plan.ts';
import type { DebateEvent } from '../../src/debate/events.ts';
import { seededRandom } from '../../src/debate/seeded-random.ts';
import type { DebateEstimate } from '../../src/run/estimate.ts';

/** A debate of so many calls at so much each, of 1,000 tokens. */
function estimateOf(calls: number, usd: number): DebateEstimate {
  return {
    ...{ calls, steps: calls, inputTokens: 900 * calls, outputTokens: 100 * calls, costUsd: calls * usd },
    course: Array.from({ length: calls + 1 }, (_, made) => ({ usd: made * usd, tokens: made * 1000 })),
  };
}

/** The event of one speech that cost so much. */
function speech(usd: number): DebateEvent {
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
