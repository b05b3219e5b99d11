import { beforeAll, describe, expect, test } from 'vitest';
import { type Causes, type Estimate, shareOfSum } from '../../src/convergence/causes.ts';
import { type Debate, fold } from '../../src/debate/debate.ts';
import { speechCredits, whySummary } from '../../src/why/credit.ts';
import type { Explanation } from '../../src/why/explanations.ts';
import { debateEvents } from '../helpers/debate-events.ts';

let debate: Debate;

beforeAll(() => {
  debate = fold(debateEvents()) as Debate;
});

const estimate = (points: number, reach: number): Estimate => ({
  points,
  low: points - reach,
  high: points + reach,
});

function causesOf(itself: number, pressure: number, persuasion: number, reach = 0.2): Causes {
  return {
    real: estimate(itself + pressure + persuasion, reach),
    itself: estimate(itself, reach),
    pressure: estimate(pressure, reach),
    persuasion: estimate(persuasion, reach),
    cause: 'cannot-tell',
  };
}

/** A shift from 2 to 4 after a speech whose speaker stands at `position`. */
function explanation(after: number, position: number | null, causes: Causes | null): Explanation {
  const turn = debate.turns.find((one) => one.turn === after);
  const listener = debate.started.cast.find(({ id }) => id !== turn?.speaker);
  if (!turn || !listener) throw new Error('the debate has that turn');
  return {
    shift: {
      ...{ speaker: listener.id, issue: 'any', kind: 'concession', isTowards: true },
      ...{ from: 2, fromTurn: 1, to: 4, turn: after + 1, quote: 'q', why: null },
    },
    number: 1,
    counterpart: { turn, position },
    ...{ conditions: [], causes, sentence: null, source: null, costUsd: 0, unpricedCalls: 0 },
  };
}

describe('a speech is credited', () => {
  const creditOf = (...explanations: Explanation[]) => speechCredits(debate, explanations).get(2);

  test('with the points by which its reasons moved others towards its stand', () => {
    const two = [explanation(2, 5, causesOf(0, 0.5, 1)), explanation(2, 6, causesOf(0, 0, 0.5))];
    expect(creditOf(...two)).toBeCloseTo(1.5);
  });

  test('less those by which they moved others away', () => {
    expect(creditOf(explanation(2, 1, causesOf(0, 0, 1)))).toBeCloseTo(-1);
  });

  test('with nothing for a part that may as well be zero, and for shifts after other speeches', () => {
    expect(creditOf(explanation(2, 5, causesOf(0, 0, 0.5, 0.6)))).toBe(0);
    expect(creditOf(explanation(3, 5, causesOf(0, 0, 2)))).toBe(0);
  });

  test('not at all while a shift after it is unexplained, unless its stand is unknown and it never can be', () => {
    expect(creditOf(explanation(2, 5, causesOf(0, 0, 1)), explanation(2, 5, null))).toBeNull();
    expect(creditOf(explanation(2, null, null))).toBe(0);
  });

  test('not at all where no one whose answer was read spoke after it', () => {
    const last = debate.turns.findLast(({ kind }) => kind === 'speech')?.turn ?? 0;
    expect(speechCredits(debate, []).get(last)).toBeNull();
  });
});

describe('the movement of several debates', () => {
  test('is shared out by points, with intervals over debates', () => {
    const one = { debate, explanations: [explanation(2, 5, causesOf(1, 0, 1)), explanation(3, 5, null)] };
    const other = { debate, explanations: [explanation(2, 5, causesOf(0, 0, 2))] };
    const { debates, all, bySpeaker } = whySummary([
      one,
      other,
      { debate, explanations: [explanation(2, 5, causesOf(0.5, 0, 1.5))] },
    ]);
    expect({ debates, shifts: all.shifts, explained: all.explained }).toEqual({
      ...{ debates: 3, shifts: 4, explained: 3 },
    });
    expect(all.meanPoints).toBeCloseTo(2);
    expect(all.shares?.persuasion.share).toBeCloseTo(0.75);
    expect(all.shares?.pressure.share).toBeCloseTo(0);
    const { low, high } = all.shares?.persuasion ?? {};
    expect(low).toBeLessThan(0.75);
    expect(high).toBeGreaterThan(0.75);
    expect(bySpeaker.map(({ speaker }) => speaker)).toEqual(debate.started.cast.map(({ id }) => id));
  });

  test('has no interval from two debates, and no shares where nothing moved again', () => {
    const one = { debate, explanations: [explanation(2, 5, causesOf(1, 0, 1))] };
    expect(whySummary([one]).all.shares?.itself).toEqual({ share: 0.5, low: null, high: null });
    const still = { debate, explanations: [explanation(2, 5, causesOf(0, 0, 0))] };
    expect(whySummary([still]).all).toMatchObject({ explained: 1, shares: null });
  });

  test('the interval is that of a linearised ratio', () => {
    // By hand: shares 0.5; residuals 0.5, -0.5, 0; squares 0.5; error = sqrt(1.5 * 0.5) / 6; t(0.975, 2) = 4.3027.
    const share = shareOfSum([
      { part: 1.5, whole: 2 },
      { part: 0.5, whole: 2 },
      { part: 1, whole: 2 },
    ]);
    expect(share?.share).toBeCloseTo(0.5);
    expect(share?.high).toBeCloseTo(0.5 + (4.30265 * Math.sqrt(0.75)) / 6, 4);
  });
});
