import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  issueConvergence,
  noiseCorrected,
  overallConvergence,
  pairAgreement,
  pairMatrix,
  polarisation,
  principalConvergence,
} from '../../src/convergence/convergence-index.ts';
import { standsOf } from '../../src/convergence/stands.ts';
import { agendaOf, stand } from './made-up-readings.ts';

const position = fc.double({ min: 0, max: 6, noNaN: true });
const positions = fc.array(position, { minLength: 2, maxLength: 8 });

/** Stands of speakers s0, s1, ... on issues a, b, ...: rows are speakers. */
const stands = (...rows: (number | null)[][]) =>
  standsOf(
    rows.flatMap((row, speaker) =>
      row.flatMap((value, issue) =>
        value === null ? [] : [stand(`s${speaker}`, String.fromCharCode(97 + issue), value)],
      ),
    ),
  );

test('two speakers a third of the scale apart have 2/3', () => {
  // |1 - 3| / 6 = 1/3
  expect(issueConvergence([1, 3])).toBeCloseTo(2 / 3, 12);
});

test('three speakers are compared pair by pair', () => {
  // 0, 3, 6: gaps 3, 6, 3, mean 4; 1 - 4/6 = 1/3
  expect(issueConvergence([0, 3, 6])).toBeCloseTo(1 / 3, 12);
});

test('four speakers split two and two at the ends have 1/3, as the docstring says', () => {
  // six pairs, four of them 6 apart: mean 4
  expect(issueConvergence([0, 0, 6, 6])).toBeCloseTo(1 / 3, 12);
});

test('one position alone converges with nothing', () => {
  expect(issueConvergence([3])).toBeNull();
  expect(polarisation([3])).toBeNull();
});

test('half at each end is polarised fully, and 0, 3, 6 two thirds', () => {
  // Var(0, 6) = 9; Var(0, 3, 6) = (9 + 0 + 9) / 3 = 6; / 9
  expect(polarisation([0, 6])).toBe(1);
  expect(polarisation([0, 3, 6])).toBeCloseTo(2 / 3, 12);
});

test('issues count by their weights', () => {
  // a: 1 - 4/6 = 1/3 with 0.75; b: 1 with 0.25: 0.25 + 0.25 = 0.5
  const { value, min, coverage } = principalConvergence(agendaOf(0.75, 0.25), stands([1, 2], [5, 2]), [
    's0',
    's1',
  ]);
  expect(value).toBeCloseTo(0.5, 12);
  expect(min).toBeCloseTo(1 / 3, 12);
  expect(coverage).toBe(1);
});

test('an issue on which one principal is silent is left out, and its weight is shared among the others', () => {
  // b is unread: (0.5 * 1/2 + 0.25 * 1) / 0.75 = 2/3
  const group = principalConvergence(agendaOf(0.5, 0.25, 0.25), stands([0, 1, 4], [3, null, 4]), [
    's0',
    's1',
  ]);
  expect(group.value).toBeCloseTo(2 / 3, 12);
  expect(group.coverage).toBe(0.75);
  expect(group.byIssue.get('b')).toBeNull();
});

test('coverage of exactly 0.7 gives a number, whatever the rounding of its sum', () => {
  // 0.28 + 0.07 + 0.29 + 0.06 = 0.6999999999999998 in binary
  const agenda = agendaOf(0.3, 0.28, 0.07, 0.29, 0.06);
  const group = principalConvergence(agenda, stands([null, 1, 1, 1, 1], [1, 1, 1, 1, 1]), ['s0', 's1']);
  expect(group.value).toBe(1);
});

test('coverage below 0.7 gives no number, neither index nor minimum', () => {
  const group = principalConvergence(agendaOf(0.6, 0.4), stands([1, null], [1, 1]), ['s0', 's1']);
  expect(group).toMatchObject({ value: null, min: null, coverage: 0.6 });
});

test('among everyone an issue counts from two stands on, and silent speakers lower the coverage', () => {
  // issue a: s0, s1, s2 of four: 3/4; issue b: all: 1; weights 0.5: 0.875
  const group = overallConvergence(agendaOf(0.5, 0.5), stands([0, 3], [0, 3], [6, 3], [null, 3]), [
    's0',
    's1',
    's2',
    's3',
  ]);
  expect(group.coverage).toBeCloseTo(0.875, 12);
  // a: gaps 0, 6, 6, mean 4: 1/3; b: 1; mean 2/3
  expect(group.value).toBeCloseTo(2 / 3, 12);
});

test('an issue on which one speaker stands alone covers nothing', () => {
  const group = overallConvergence(agendaOf(0.5, 0.5), stands([0, 3], [0, null]), ['s0', 's1']);
  expect(group.coverage).toBe(0.5);
});

test('an issue of no weight can be the least converged of none', () => {
  expect(principalConvergence(agendaOf(1, 0), stands([1, 0], [1, 6]), ['s0', 's1']).min).toBe(1);
});

test('the agreement of a pair is the same both ways', () => {
  const agenda = agendaOf(0.5, 0.5);
  const made = stands([1, 2], [4, 6]);
  // gaps 3 and 4: 1 - (0.5 * 3/6 + 0.5 * 4/6) = 5/12
  expect(pairAgreement(agenda, made, 's0', 's1')).toBeCloseTo(5 / 12, 12);
  expect(pairAgreement(agenda, made, 's1', 's0')).toBeCloseTo(5 / 12, 12);
});

test('the noise-corrected twin takes the variance of the means off their squared distance', () => {
  // means 1 and 4; variances 0.9 of 3 readings each: 9 - 0.6 = 8.4; / 36 = 0.2333; root 0.48305; 1 - it = 0.51695
  const cells = [
    stand('s0', 'a', 1, { variance: 0.9, samples: 3 }),
    stand('s1', 'a', 4, { variance: 0.9, samples: 3 }),
  ];
  expect(noiseCorrected(agendaOf(1), cells, ['s0', 's1'])).toBeCloseTo(1 - Math.sqrt(8.4 / 36), 12);
});

test('a distance within the noise counts as none', () => {
  // (2.5 - 2)^2 = 0.25, less (1.5 + 1.5) / 3 = 1: below 0
  const cells = [stand('s0', 'a', 2, { variance: 1.5 }), stand('s1', 'a', 2.5, { variance: 1.5 })];
  expect(noiseCorrected(agendaOf(1), cells, ['s0', 's1'])).toBe(1);
});

test('without noise and with one issue and two speakers the twin equals the index', () => {
  fc.assert(
    fc.property(position, position, (x, y) => {
      const twin = noiseCorrected(agendaOf(1), [stand('s0', 'a', x), stand('s1', 'a', y)], ['s0', 's1']);
      expect(twin).toBeCloseTo(issueConvergence([x, y])!, 9);
    }),
  );
});

test('the twin needs as much coverage as the index', () => {
  const cells = [stand('s0', 'a', 2), stand('s1', 'a', 2), stand('s0', 'b', 2)];
  expect(noiseCorrected(agendaOf(0.6, 0.4), cells, ['s0', 's1'])).toBeNull();
});

test('index and polarisation stay within 0..1', () => {
  fc.assert(
    fc.property(positions, (values) => {
      for (const share of [issueConvergence(values)!, polarisation(values)!]) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('the order of the speakers changes nothing', () => {
  fc.assert(
    fc.property(positions, (values) => {
      expect(issueConvergence(values.toReversed())).toBeCloseTo(issueConvergence(values)!, 9);
      expect(polarisation(values.toSorted())).toBeCloseTo(polarisation(values)!, 9);
    }),
  );
});

test('turning the scale upside down changes nothing', () => {
  fc.assert(
    fc.property(positions, (values) => {
      expect(issueConvergence(values.map((value) => 6 - value))).toBeCloseTo(issueConvergence(values)!, 9);
      expect(polarisation(values.map((value) => 6 - value))).toBeCloseTo(polarisation(values)!, 9);
    }),
  );
});

test('of two speakers, one that comes nearer never lowers the index', () => {
  fc.assert(
    fc.property(position, position, fc.double({ min: 0, max: 1, noNaN: true }), (own, other, way) => {
      const nearer = own + way * (other - own);
      expect(issueConvergence([nearer, other])!).toBeGreaterThanOrEqual(
        issueConvergence([own, other])! - 1e-12,
      );
    }),
  );
});

test('of many speakers, the outermost that comes towards the middle never lowers the index', () => {
  fc.assert(
    fc.property(positions, fc.double({ min: 0, max: 1, noNaN: true }), (values, way) => {
      const sorted = values.toSorted((one, other) => one - other);
      const [lowest, next] = sorted as [number, number];
      const moved = [lowest + way * (next - lowest), ...sorted.slice(1)];
      expect(issueConvergence(moved)!).toBeGreaterThanOrEqual(issueConvergence(sorted)! - 1e-12);
    }),
  );
});

test('full agreement on every issue is 1, and the order of issues changes nothing', () => {
  fc.assert(
    fc.property(fc.array(position, { minLength: 3, maxLength: 3 }), (row) => {
      const agenda = agendaOf(0.2, 0.3, 0.5);
      expect(principalConvergence(agenda, stands(row, row), ['s0', 's1']).value).toBe(1);
      const other = stands(row, [0, 3, 6]);
      expect(principalConvergence(agenda.toReversed(), other, ['s0', 's1']).value).toBeCloseTo(
        principalConvergence(agenda, other, ['s0', 's1']).value!,
        9,
      );
    }),
  );
});

test('the twin counts each variance by its own number of readings, and pairs before issues', () => {
  // a: 0, 3, 6: 9 - (0.6 / 3 + 0.8 / 2) = 8.4, 36 - (0.2 + 0.5) = 35.3, 9 - (0.4 + 0.5) = 8.1: mean 17.2667, / 36; b: 0
  const cells = [
    stand('s0', 'a', 0, { variance: 0.6, samples: 3 }),
    stand('s1', 'a', 3, { variance: 0.8, samples: 2 }),
    stand('s2', 'a', 6, { variance: 0.5, samples: 1 }),
    ...['s0', 's1', 's2'].map((speaker) => stand(speaker, 'b', 2)),
  ];
  const twin = noiseCorrected(agendaOf(0.75, 0.25), cells, ['s0', 's1', 's2']);
  expect(twin).toBeCloseTo(1 - Math.sqrt((0.75 * (8.4 + 35.3 + 8.1)) / 3 / 36), 12);
});

test('the twin is of a group, and of nobody else', () => {
  const cells = [stand('s0', 'a', 2), stand('s1', 'a', 5), stand('s2', 'a', 2)];
  expect(noiseCorrected(agendaOf(1), cells, ['s0', 's2'])).toBe(1);
  expect(noiseCorrected(agendaOf(1), cells, ['s0'])).toBeNull();
  expect(noiseCorrected(agendaOf(1), cells, ['s0', 's3'])).toBeNull();
  expect(noiseCorrected(agendaOf(1), [], [])).toBeNull();
});

test('every pair is compared once, and none is known of too little', () => {
  const made = stands([0, 0], [3, 3], [6, null]);
  expect(pairMatrix(agendaOf(0.5, 0.5), made, ['s0', 's1', 's2'])).toEqual([
    { a: 's0', b: 's1', agreement: 0.5 },
    { a: 's0', b: 's2', agreement: null },
    { a: 's1', b: 's2', agreement: null },
  ]);
});

test('a single principal, or none, converges with nobody', () => {
  expect(principalConvergence(agendaOf(1), stands([3]), ['s0'])).toMatchObject({
    value: null,
    min: null,
    coverage: 0,
  });
  expect(overallConvergence(agendaOf(1), stands([3]), ['s0'])).toMatchObject({ value: null, coverage: 0 });
  expect(principalConvergence([], stands(), ['s0', 's1'])).toMatchObject({ value: null, coverage: 0 });
});
