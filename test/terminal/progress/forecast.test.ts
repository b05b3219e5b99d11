import { describe, expect, test } from 'vitest';
import { type Random, seededRandom } from '../../../src/debate/seeded-random.ts';
import { createPace } from '../../../src/terminal/progress/pace.ts';
import {
  createTally,
  isTelling,
  leftToUse,
  timeLeft,
} from '../../../src/terminal/progress/watched-debates.ts';

function tallyOf(values: readonly number[]) {
  const tally = createTally();
  for (const value of values) tally.add(value);
  return tally;
}

/** Near enough to a bell, from 20 to 60 calls. */
function callsOfADebate(random: Random): number {
  return Math.round(20 + (random() + random() + random() + random()) * 10);
}

describe('a tally', () => {
  test('has the mean and the deviation of its values', () => {
    const tally = tallyOf([2, 4, 4, 4, 5, 5, 7, 9]);
    expect(tally.mean).toBeCloseTo(5);
    expect(tally.deviation).toBeCloseTo(Math.sqrt(32 / 7));
    expect(tallyOf([3]).deviation).toBe(0);
  });
});

describe('what is left', () => {
  test('is the mean for debates that wait, and the rest of it for those that run', () => {
    const { low, high } = leftToUse(tallyOf([10, 10, 10, 10, 10]), [4, 12], 3);
    expect([low, high]).toEqual([36, 36]);
  });

  test('lies within the range nine times in ten', () => {
    const random = seededRandom(3, 'forecast');
    let hits = 0;
    const trials = 1000;
    for (let trial = 0; trial < trials; trial++) {
      const debates = Array.from({ length: 60 }, () => callsOfADebate(random));
      const { low, high } = leftToUse(tallyOf(debates.slice(0, 15)), [], 45);
      const left = debates.slice(15).reduce((sum, calls) => sum + calls, 0);
      if (left >= low && left <= high) hits += 1;
    }
    expect(hits / trials).toBeGreaterThan(0.85);
    expect(hits / trials).toBeLessThan(0.96);
  });

  test('is not told from the first debates to end, which are the shortest of those under way', () => {
    const four = tallyOf([1, 1, 1, 1]);
    expect(isTelling(four, 1)).toBe(false);
    expect(isTelling(tallyOf([1, 1, 1, 1, 1]), 1)).toBe(true);
    expect(isTelling(tallyOf(Array.from({ length: 20 }, () => 1)), 64)).toBe(false);
  });
});

describe('the time left', () => {
  const calls = tallyOf([30, 30, 30, 30, 30]);
  const milliseconds = tallyOf([60_000, 60_000, 60_000, 60_000, 60_000]);

  test('is that of the calls left at the rate of late, and of one debate more where one may begin last', () => {
    const rate = { perMinute: 300, spread: 0 };
    const { low, high } = timeLeft({ calls, milliseconds, running: [], waiting: 100, rate });
    expect(low).toBeCloseTo(600_000);
    expect(high).toBeCloseTo(660_000);
  });

  test('is never less than the last debate takes by itself, however fast many were', () => {
    const rate = { perMinute: 3000, spread: 0 };
    const { low, high } = timeLeft({ calls, milliseconds, running: [0, 29], waiting: 0, rate });
    expect(low).toBeGreaterThan(40_000);
    expect(high).toBeGreaterThanOrEqual(60_000);
  });

  test('widens with a rate that varies', () => {
    const width = (spread: number) => {
      const { low, high } = timeLeft({
        ...{ calls, milliseconds, running: [], waiting: 100 },
        rate: { perMinute: 300, spread },
      });
      return high - low;
    };
    expect(width(0.3)).toBeGreaterThan(2 * width(0.05));
  });
});

describe('a pace', () => {
  function paced(perSlice: (second: number) => number, seconds: number) {
    let now = 0;
    const pace = createPace({ now: () => now });
    for (let second = 0; second < seconds; second++) {
      now = second * 1000;
      for (let call = 0; call < perSlice(second); call++) pace.count();
    }
    now = seconds * 1000;
    return pace.rate;
  }

  test('is unknown before there were a few in a few seconds', () => {
    expect(paced(() => 100, 3)).toBeNull();
    expect(paced((second) => (second < 4 ? 1 : 0), 60)).toBeNull();
  });

  test('is that of the last five minutes, whatever was before', () => {
    const rate = paced((second) => (second < 1800 ? 50 : 2), 3600);
    expect(rate?.perMinute).toBeCloseTo(120, -1);
  });

  test('may be off by more where what is counted comes in bursts', () => {
    const even = paced(() => 2, 120);
    const bursts = paced((second) => (second % 40 < 5 ? 16 : 0), 120);
    expect(even?.perMinute).toBeCloseTo(bursts?.perMinute ?? 0, 0);
    expect(bursts?.spread).toBeGreaterThan(2 * (even?.spread ?? 1));
  });
});
