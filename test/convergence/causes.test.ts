import { describe, expect, test } from 'vitest';
import { apportion, type CauseCondition, lossWithout, shareOfSum } from '../../src/convergence/causes.ts';
import { type Random, seededRandom } from '../../src/debate/seeded-random.ts';

const random = () => seededRandom('causes', 1);
const five = (value: number) => [value, value, value, value, value];

describe('a shift is apportioned to what the speaker heard', () => {
  test('that moves only for the reasons is persuaded', () => {
    const causes = apportion({ real: five(2), silence: five(0), bare: five(0), vacuous: five(0) }, random());
    expect(causes).toMatchObject({
      cause: 'persuasion',
      real: { points: 2 },
      itself: { points: 0 },
      pressure: { points: 0 },
      persuasion: { points: 2 },
    });
  });

  test('that moves for the bare stand as far as for the speech gave way to pressure', () => {
    const causes = apportion({ real: five(2), silence: five(0), bare: five(2), vacuous: five(2) }, random());
    expect(causes).toMatchObject({ cause: 'pressure', pressure: { points: 2 }, persuasion: { points: 0 } });
  });

  test('that moves when nobody speaks moved by itself', () => {
    const causes = apportion({ real: five(1), silence: five(1), bare: five(1), vacuous: five(1) }, random());
    expect(causes).toMatchObject({ cause: 'itself', itself: { points: 1 } });
  });

  test('that does not happen again under the same speech has no cause', () => {
    expect(
      apportion({ real: [0, 0, 1, 0, -1], silence: five(0), bare: five(0), vacuous: five(0) }, random()),
    ).toMatchObject({ cause: 'not-repeated' });
  });

  test('whose parts do not part is not explained', () => {
    expect(
      apportion({ real: five(2), silence: five(0), bare: five(1), vacuous: five(1) }, random()),
    ).toMatchObject({ cause: 'cannot-tell' });
  });

  test('the parts add up to the movement under the real speech', () => {
    const causes = apportion(
      { real: [2, 1, 2, 3, 2], silence: [0, 0.5, 0, 0, 0], bare: [1, 1, 0, 1, 1], vacuous: [1, 0, 1, 1, 1] },
      random(),
    );
    if (!causes) throw new Error('enough was answered');
    const { real, itself, pressure, persuasion } = causes;
    expect(itself.points + pressure.points + persuasion.points).toBeCloseTo(real.points, 12);
    for (const { low, points, high } of [real, itself, pressure, persuasion]) {
      expect(low).toBeLessThan(points);
      expect(high).toBeGreaterThan(points);
    }
  });

  test('that goes beyond what it would have moved by itself is named by the larger part', () => {
    // 0.5 by itself, 1.5 by the reasons: both above zero in every draw, the second always the larger.
    const causes = apportion(
      { real: five(2), silence: five(0.5), bare: five(0.5), vacuous: five(0.5) },
      random(),
    );
    expect(causes).toMatchObject({
      cause: 'persuasion',
      itself: { points: 0.5 },
      persuasion: { points: 1.5 },
    });
  });

  test('too few answers in any condition give nothing, three are enough', () => {
    const three = [1, 1, 1];
    expect(apportion({ real: [2, 2], silence: five(0), bare: five(0) }, random())).toBeNull();
    expect(apportion({ real: five(2), silence: [0, 0], bare: five(0) }, random())).toBeNull();
    expect(apportion({ real: five(2), silence: five(0), bare: [0], vacuous: [0] }, random())).toBeNull();
    expect(apportion({ real: five(2), silence: five(0) }, random())).toBeNull();
    expect(
      apportion({ real: three, silence: three, bare: [1, 1], vacuous: [1] }, random())?.pressure.points,
    ).toBe(0);
  });
});

test('leaving the sentence out that did it loses the movement, leaving another out does not', () => {
  expect(lossWithout(five(2), five(0), random())?.low).toBeGreaterThan(1);
  const other = lossWithout(five(2), five(2), random());
  expect(other?.low).toBeLessThan(0);
  expect(other?.points).toBe(0);
});

test('a loss is measured from three answers on, on either side', () => {
  expect(lossWithout([2, 2], five(0), random())).toBeNull();
  expect(lossWithout(five(2), [0, 0], random())).toBeNull();
  expect(lossWithout([2, 2, 2], [0.5, 0.5, 0.5], random())?.points).toBe(1.5);
});

describe('the interval over the answers', () => {
  test('of equal answers is that of the step in which they are read', () => {
    // Each within 0.25 of what was read: the mean of five has a deviation of 0.5 / sqrt(12 * 5), and 1.96 of it is 0.1265.
    const causes = apportion({ real: five(2), silence: five(0), bare: five(0), vacuous: five(0) }, random());
    expect(Math.abs((causes?.real.low ?? 0) - (2 - 0.1265))).toBeLessThan(0.012);
    expect(Math.abs((causes?.real.high ?? 0) - (2 + 0.1265))).toBeLessThan(0.012);
    // A difference of two such means: sqrt(2) times as wide.
    const loss = lossWithout(five(2), five(0), random());
    expect(Math.abs((loss?.low ?? 0) - (2 - 0.1789))).toBeLessThan(0.016);
    expect(Math.abs((loss?.high ?? 0) - (2 + 0.1789))).toBeLessThan(0.016);
  });

  test('of few answers that scatter has their deviations scaled by sqrt(n / (n - 1))', () => {
    // Means of four of 0 and 2: one draw in 16 has all four at 0, which is 1 - sqrt(4 / 3) = -0.1547 after scaling. The lowest 2.5%
    // are 0.4 of those draws, whose smoothing of 0.5 / sqrt(12 * 4) puts that quantile another 0.253 * 0.0722 = 0.018 lower.
    const causes = apportion({ real: [0, 2, 0, 2], silence: five(0), bare: five(0) }, random());
    expect(Math.abs((causes?.real.low ?? 0) - -0.173)).toBeLessThan(0.02);
    expect(Math.abs((causes?.real.high ?? 0) - 2.173)).toBeLessThan(0.02);
  });
});

describe('the share of a sum over debates', () => {
  test('is the ratio of the sums, with the interval of the linearised ratio', () => {
    // 4 / 8; residuals 1 - 0.5 * 2 = 0, 1 - 0.5 * 4 = -1, 2 - 0.5 * 2 = 1: sqrt(3 / 2 * 2) / 8 = 0.21651, times t(0.975, 2) = 4.30265
    const found = shareOfSum([
      { part: 1, whole: 2 },
      { part: 1, whole: 4 },
      { part: 2, whole: 2 },
    ]);
    expect(found?.share).toBe(0.5);
    expect(found?.low).toBeCloseTo(0.5 - 0.931551, 5);
    expect(found?.high).toBeCloseTo(0.5 + 0.931551, 5);
  });

  test('has no bounds for one debate or two, and is none of a whole that is not above zero', () => {
    expect(shareOfSum([{ part: 0.2, whole: 0.5 }])).toEqual({ share: 0.4, low: null, high: null });
    expect(
      shareOfSum([
        { part: 1, whole: 2 },
        { part: 0, whole: 2 },
      ]),
    ).toEqual({ share: 0.25, low: null, high: null });
    expect(shareOfSum([{ part: 0, whole: 0 }])).toBeNull();
    expect(
      shareOfSum([
        { part: 1, whole: 1 },
        { part: 1, whole: -2 },
      ]),
    ).toBeNull();
    expect(shareOfSum([])).toBeNull();
  });
});

/** A speaker with a planted cause: its answers move by one point and a half under the conditions that hold the cause. */
function plantedAnswers(cause: 'itself' | 'pressure' | 'persuasion', answers: number, chance: Random) {
  const moves: Record<CauseCondition, boolean> = {
    real: true,
    silence: cause === 'itself',
    bare: cause !== 'persuasion',
    vacuous: cause !== 'persuasion',
  };
  const noisy = (isMoved: boolean) =>
    Array.from({ length: answers }, () => {
      const point = (isMoved ? 1.5 : 0) + (chance() + chance() + chance() - 1.5) * 1.2;
      return Math.round(point * 2) / 2;
    });
  return Object.fromEntries(Object.entries(moves).map(([name, isMoved]) => [name, noisy(isMoved)]));
}

describe('planted causes', () => {
  const kinds = ['itself', 'pressure', 'persuasion'] as const;
  const chance = seededRandom('planted', 2);
  const trials = Array.from({ length: 120 }, (_, index) => {
    const planted = kinds[index % kinds.length] as (typeof kinds)[number];
    return { planted, causes: apportion(plantedAnswers(planted, 5, chance), chance) };
  });

  test.each(kinds)('%s is recovered from five answers a condition with an AUROC of at least 0.9', (kind) => {
    const points = (planted: boolean) =>
      trials.flatMap((trial) =>
        trial.causes && (trial.planted === kind) === planted ? [trial.causes[kind].points] : [],
      );
    const [with_, without] = [points(true), points(false)];
    let wins = 0;
    for (const one of with_) for (const other of without) wins += one > other ? 1 : one === other ? 0.5 : 0;
    expect(wins / (with_.length * without.length)).toBeGreaterThan(0.9);
  });

  test('a cause is hardly ever named wrongly', () => {
    const named = trials.filter(({ causes }) => kinds.some((kind) => causes?.cause === kind));
    const wrong = named.filter(({ planted, causes }) => causes?.cause !== planted);
    expect(named.length).toBeGreaterThan(60);
    expect(wrong.length / named.length).toBeLessThan(0.05);
  });

  test('the interval of a part holds the planted value in nine of ten', () => {
    const held = trials.filter(({ planted, causes }) => {
      const part = causes?.[planted];
      return part && part.low <= 1.5 && part.high >= 1.5;
    });
    expect(held.length / trials.length).toBeGreaterThan(0.9);
  });
});
