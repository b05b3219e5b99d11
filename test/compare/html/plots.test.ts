import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plotScale, ticksBetween } from '../../../src/compare/html/figure.ts';
import { convergenceAfter, positionAfter, roundSeries } from '../../../src/compare/html/rounds-plot.ts';
import type { ReportedDebate } from '../../../src/compare/reported-debate.ts';
import { html } from '../../../src/html/markup.ts';
import { reportedDebates } from '../reported-debates.ts';

describe('a scale', () => {
  it('has round numbers for its ticks', () => {
    expect(ticksBetween(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticksBetween(-0.13, 0.13, 5)).toEqual([-0.1, 0, 0.1]);
    expect(ticksBetween(0, 8, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('keeps its ticks inside, and a handful of them', () => {
    const range = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(range, ([from, width]) => {
        const { ticks, to } = plotScale({ from, to: from + width }, { start: 0, end: 100 });
        expect(ticks.length).toBeGreaterThanOrEqual(1);
        expect(ticks.length).toBeLessThanOrEqual(12);
        for (const tick of ticks) {
          expect(tick).toBeGreaterThanOrEqual(from - width * 1e-6);
          expect(tick).toBeLessThanOrEqual(to + width * 1e-6);
        }
      }),
    );
  });

  it('puts its ends at the ends, also where all numbers are one', () => {
    const scale = plotScale({ from: 2, to: 4 }, { start: 100, end: 0 });
    expect([scale.at(2), scale.at(3), scale.at(4)]).toEqual([100, 50, 0]);
    expect(Number.isFinite(plotScale({ from: 3, to: 3 }, { start: 0, end: 10 }).at(3))).toBe(true);
  });
});

describe('a mean over rounds', () => {
  const [first, second] = reportedDebates({ arms: ['plain'], articles: 2 }) as [
    ReportedDebate,
    ReportedDebate,
  ];

  function withRounds(debate: ReportedDebate, values: (number | null)[]): ReportedDebate {
    return {
      ...debate,
      rounds: values.map((principals, index) => ({ round: index + 1, principals, positions: [] })),
    };
  }

  it('lets an ended debate stand where it ended', () => {
    const debates = [withRounds(first, [0.2, 0.4, 0.6]), withRounds(second, [0.4])];
    const points = roundSeries(debates, 3, convergenceAfter);
    expect(points.map((point) => Number(point.mean.toFixed(9)))).toEqual([0.3, 0.4, 0.5]);
  });

  it('leaves out rounds in which fewer than half have a number', () => {
    const debates = [
      withRounds(first, [0.2, 0.4]),
      withRounds(second, [null, 0.4]),
      withRounds({ ...second }, [null, 0.4]),
    ];
    expect(roundSeries(debates, 2, convergenceAfter).map((point) => point.round)).toEqual([2]);
  });

  it('starts positions at the opening', () => {
    const place = { speaker: 'river-authority', issue: 'release' };
    expect(positionAfter(first, 0, place)).toBe(5);
    expect(positionAfter(first, 0, { ...place, issue: 'oversight' })).toBeNull();
    const read = first.rounds[0]?.positions.find((each) => each.speaker === place.speaker);
    if (read) expect(positionAfter(first, 1, read)).toBe(read.position);
  });
});

describe('a piece of markup', () => {
  it('escapes what is put into it and keeps what is markup', () => {
    const inner = html`<b>${'<&>'}</b>`;
    expect(html`<p title="${'"\''}">${[inner, null, 3]}</p>`.markup).toBe(
      '<p title="&quot;&#39;"><b>&lt;&amp;&gt;</b>3</p>',
    );
  });
});
