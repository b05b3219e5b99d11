import { describe, expect, test } from 'vitest';
import { lexicalError } from '../../src/convergence/lexical/lexical-error.ts';
import { computedError, type PositionCell, widened } from '../../src/convergence/reader-error.ts';
import type { Cell } from '../../src/debate/verdict.ts';

const issue = (id: string, weight: number) => ({
  id,
  title: id,
  question: `What of ${id}?`,
  weight,
  anchors: { 0: 'Forty hours stay', 3: 'Thirty-eight hours', 6: 'Thirty-five hours at once' },
  passages: [],
});
const agenda = [issue('hours', 0.75), issue('rent', 0.25)];
const cell = (speaker: string, id: string, quote = 'We want thirty-five hours.', turn = 1): PositionCell => ({
  ...{ stand: 'position', speaker, issue: id, position: 6, mean: 6, variance: 0, spread: 0, samples: 1 },
  ...{ act: 'commit', quote, turn },
});
const read: Cell[] = ['a', 'b'].flatMap((speaker) => [cell(speaker, 'hours'), cell(speaker, 'rent')]);
const principals = ['a', 'b'];

describe('the computed error of C', () => {
  test('carries a point of every cell through the weights and the width of the scale', () => {
    const error = { ofCell: () => 1, ofUnreadIssue: 0.5 };
    // two cells an issue, each a sixth a point: sqrt((0.75^2 + 0.25^2) * 2 / 36)
    expect(computedError({ agenda, cells: read, principals, error })).toBeCloseTo(
      Math.sqrt((0.625 * 2) / 36),
      12,
    );
  });

  test('counts an unread issue by its weight', () => {
    const cells = read.filter(({ speaker, issue: id }) => !(speaker === 'b' && id === 'hours'));
    const error = { ofCell: () => 0, ofUnreadIssue: 0.4 };
    expect(computedError({ agenda, cells, principals, error })).toBeCloseTo(0.3, 12);
  });

  test('of four principals is smaller than of two, for each moves C less', () => {
    const four = ['a', 'b', 'c', 'd'];
    const cells = four.flatMap((speaker) => [cell(speaker, 'hours'), cell(speaker, 'rent')]);
    const error = { ofCell: () => 1, ofUnreadIssue: 0 };
    expect(computedError({ agenda, cells, principals: four, error })).toBeLessThan(
      computedError({ agenda, cells: read, principals, error }),
    );
  });
});

describe('a widened interval', () => {
  const quantiles = { low: -2, high: 3 };

  test('reaches as far as the quantiles of the error where there is one sample', () => {
    const { low, high } = widened(0.5, null, 0.1, { quantiles });
    expect(low).toBeCloseTo(0.3, 12);
    expect(high).toBeCloseTo(0.8, 12);
  });

  test('adds the noise between samples as a root of squares, and holds the sampled interval', () => {
    const { low, high } = widened(0.5, { low: 0.35, high: 0.9 }, 0.1, { quantiles });
    expect(low).toBeCloseTo(0.5 - 0.25, 12);
    expect(high).toBeCloseTo(1, 12);
  });

  test('stays within 0 and 1', () => {
    expect(widened(0.9, null, 1, { quantiles })).toEqual({ low: 0, high: 1 });
  });
});

describe('the lexical reader is off by', () => {
  const error = lexicalError(agenda, [
    { turn: 1, speaker: 'a' },
    { turn: 2, speaker: 'b' },
    { turn: 3, speaker: 'a' },
  ]);

  test('more where a stand was not renewed in the last speech', () => {
    expect(error.ofCell(cell('a', 'hours', 'We want thirty-five hours.', 1))).toBeGreaterThan(
      error.ofCell(cell('a', 'hours', 'We want thirty-five hours.', 3)),
    );
  });

  test('more where it knows a stand by few words than by a number', () => {
    expect(error.ofCell(cell('b', 'hours', 'It should all start at once.', 2))).toBeGreaterThan(
      error.ofCell(cell('b', 'hours', 'We want thirty-five hours.', 2)),
    );
  });
});
