import { describe, expect, test } from 'vitest';
import {
  aboutTime,
  change,
  clockTime,
  count,
  counted,
  decimal,
  dollars,
  duration,
  grouped,
  percent,
  position,
  range,
  rate,
} from '../../src/text/figures.ts';

describe('an index from 0 to 1', () => {
  test('has two decimals, and a dash where there is no number', () => {
    expect([0, 0.3749, 1, null].map(decimal)).toEqual(['0.00', '0.37', '1.00', '–']);
  });

  test('changes with a sign; what rounds to nothing has neither', () => {
    expect([0.084, -0.031, 0.004, -0.004, 0].map(change)).toEqual([
      '+0.08',
      '−0.03',
      '±0.00',
      '±0.00',
      '±0.00',
    ]);
  });

  test('has an interval in words', () => {
    expect(range({ low: 0.314, high: 0.4 })).toBe('0.31 to 0.40');
  });
});

test('a share of a whole is percent', () => {
  expect([0, 0.625, 1, null].map(percent)).toEqual(['0%', '63%', '100%', '–']);
});

test('a position has at most one decimal', () => {
  expect([3, 2.5, 2.46, 0].map(position)).toEqual(['3', '2.5', '2.5', '0']);
});

test('large counts have three digits, exact ones their thousands apart', () => {
  expect([950, 1000, 12_400, 99_949, 99_950, 999_949, 999_950, 1_240_000].map(count)).toEqual([
    ...['950', '1.0k', '12.4k', '99.9k', '100k', '1000k', '1.0M', '1.2M'],
  ]);
  expect([0, 999, 1000, 1_204_000].map(grouped)).toEqual(['0', '999', '1,000', '1,204,000']);
  expect([1, 2, 1200].map((value) => counted(value, 'turn'))).toEqual(['1 turn', '2 turns', '1,200 turns']);
  expect(counted(2, 'entry', 'entries')).toBe('2 entries');
});

test('a rate is exact to about a tenth', () => {
  expect([0.42, 9.53, 12.4, 1240].map(rate)).toEqual(['0.4', '9.5', '12', '1,240']);
});

test('money never reads as nothing where something was paid', () => {
  expect([0, 0.1, 12.345, 1234.5].map(dollars)).toEqual(['$0.00', '$0.10', '$12.35', '$1,234.50']);
  expect([0.0999, 0.0012, 0.00012, 0.00008, 0.000_001].map(dollars)).toEqual([
    ...['$0.0999', '$0.0012', '$0.0001', '$0.000080', '$0.000001'],
  ]);
  expect(dollars(0.000_000_4)).toBe('<$0.000001');
});

test('a clock counts hours only once there are some', () => {
  expect([-5, 0, 42_900, 725_000, 3_727_000].map(clockTime)).toEqual([
    ...['0:00', '0:00', '0:42', '12:05', '1:02:07'],
  ]);
});

test('a length of time has its two largest units', () => {
  const times = [
    0, 150, 1500, 9_940, 9_960, 45_400, 119_400, 119_600, 125_000, 3_599_000, 5_400_000, 7_200_000,
  ];
  expect(times.map(duration)).toEqual([
    ...['0 s', '0.2 s', '1.5 s', '9.9 s', '10 s', '45 s', '119 s', '2 min', '2 min 5 s', '59 min 59 s'],
    ...['1 h 30 min', '2 h'],
  ]);
});

test('an estimate of time is no more exact than it can be', () => {
  const times = [39_100, 89_000, 91_000, 720_000, 5_399_000, 5_400_000, 12_700_000, 86_400_000];
  expect(times.map(aboutTime)).toEqual([
    ...['40 s', '89 s', '2 min', '12 min', '90 min', '1 h 30 min', '3 h 30 min', '24 h'],
  ]);
});
