import { describe, expect, test } from 'vitest';
import { apportion, type CauseCondition, lossWithout } from '../../src/convergence/causes.ts';
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

  test('too few answers give nothing', () => {
    expect(apportion({ real: [2, 2], silence: five(0), bare: five(0) }, random())).toBeNull();
    expect(apportion({ real: five(2), silence: five(0) }, random())).toBeNull();
  });
});

test('leaving the sentence out that did it loses the movement, leaving another out does not', () => {
  expect(lossWithout(five(2), five(0), random())?.low).toBeGreaterThan(1);
  const other = lossWithout(five(2), five(2), random());
  expect(other?.low).toBeLessThan(0);
  expect(other?.points).toBe(0);
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
