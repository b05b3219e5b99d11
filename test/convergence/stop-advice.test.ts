import { describe, expect, test } from 'vitest';
import type { EarlierReading } from '../../src/convergence/history.ts';
import { stopAdvice } from '../../src/convergence/stop-advice.ts';
import type { Cell, Convergence } from '../../src/debate/verdict.ts';
import { agendaOf, member, stand } from './made-up-readings.ts';

const agenda = agendaOf(0.6, 0.4);
const line = { issue: 'a', min: 0, max: 6, text: 'No further.' };
const principals = [member('north', { redLines: [line] }), member('south')];
const met = {
  ...{ principals: 0.9, coverage: 1, min: 0.67, interval: { low: 0.85, high: 0.95 } },
  acceptable: { share: 1, breaches: [] },
  hollow: { isHollow: false, why: '' },
  judge: { samples: 3, failed: 0 },
  confidence: { level: 'usual', reasons: [] },
} as unknown as Convergence;
const near = [stand('north', 'a', 3), stand('south', 'a', 3.5)];

function advice(
  more: Partial<Convergence> = {},
  {
    cells = near as readonly Cell[],
    before = met as Convergence | null,
    beforeCells = near as readonly Cell[],
    round = 5,
    beforeRound = 4,
  } = {},
) {
  const readings: EarlierReading[] = [{ round: beforeRound, cells: beforeCells, convergence: before }];
  const present = { round, cells, convergence: { ...met, ...more } };
  return stopAdvice({ agenda, principals, present, history: { readings } });
}

describe('convergence', () => {
  test('takes two readings at the bounds, which still count', () => {
    expect(advice()).toEqual({
      stop: 'converged',
      why: 'Converged: two rounds running the lower bound of C is at least 0.85 (now 0.85), no issue is below 0.67 (now 0.67), every red line holds and the agreement is not hollow.',
    });
  });

  test.each<[string, Partial<Convergence>, string]>([
    [
      'a lower bound below 0.85',
      { interval: { low: 0.845, high: 0.9 } },
      'the lower bound of C is 0.84, below 0.85',
    ],
    ['an issue below 0.67', { min: 0.66 }, 'the least converged issue is at 0.66, below 0.67'],
    ['no number on any issue', { min: null }, 'the least converged issue is at no number, below 0.67'],
    [
      'no interval',
      { interval: null, judge: { samples: 3, failed: 2 } as Convergence['judge'] },
      '1 sample of the judge gives no lower bound of C',
    ],
    ['a hollow agreement', { hollow: { isHollow: true, why: '' } }, 'the agreement is hollow'],
    [
      'unknown red lines',
      { acceptable: { share: null, breaches: [] } },
      'no stand could be checked against the red lines',
    ],
    [
      "another's red line",
      {
        acceptable: {
          share: 0.5,
          breaches: [{ holder: 'north', issue: 'a', speaker: 'south', position: 4.5, min: 0, max: 3 }],
        },
      },
      'south stands at 4.5 on a, beyond the red line of north',
    ],
    [
      'its own red line',
      {
        ownLines: {
          kept: 0.5,
          crossed: [{ speaker: 'north', issue: 'a', position: 4, min: 0, max: 3, turn: 1, quote: 'Four.' }],
        },
      },
      'north stands at 4 on a, beyond its own red line',
    ],
    [
      'low confidence',
      { confidence: { level: 'low', reasons: ['Two of three samples failed.'] } },
      'confidence in this reading is low (Two of three samples failed)',
    ],
    [
      'low confidence without a reason',
      { confidence: { level: 'low', reasons: [] } },
      'confidence in this reading is low',
    ],
  ])('is held up by %s', (_, more, words) => {
    expect(advice(more)).toEqual({ stop: null, why: `Not converged: ${words}.` });
    // The reading before has to meet every condition too.
    expect(advice({}, { before: { ...met, ...more } }).stop).toBeNull();
  });

  test('is confirmed by the round just before and by no other', () => {
    const waiting = { stop: null, why: 'Converged in this round, to be confirmed in the next.' };
    expect(advice({}, { beforeRound: 3 })).toEqual(waiting);
    expect(advice({}, { before: null })).toEqual(waiting);
    const present = { round: 1, cells: near, convergence: met };
    expect(stopAdvice({ agenda, principals, present, history: { readings: [] } })).toEqual(waiting);
  });

  test('has no number where too little was read', () => {
    expect(advice({ principals: null, coverage: 0.406 })).toEqual({
      stop: null,
      why: 'No number: positions were read on only 41% of the agenda.',
    });
  });
});

describe('a stand that nobody can vouch for', () => {
  const abstain = (speaker: string, issue: string, reason: 'samples-disagree' | 'no-evidence'): Cell => ({
    stand: 'abstain',
    speaker,
    issue,
    reason,
  });
  const wide: Partial<Convergence> = { interval: { low: 0.5, high: 1 } };

  test.each([
    [abstain('south', 'b', 'samples-disagree'), "the judge's samples disagree on where south stands on b"],
    [abstain('south', 'a', 'no-evidence'), 'south was not read on a, on which a red line is drawn'],
  ])('comes before the bound that is low because of it, where C is 0.85: %j', (cell, words) => {
    const cells = [...near, cell];
    expect(advice({ ...wide, principals: 0.85 }, { cells }).why).toBe(`Not converged: ${words}.`);
    expect(advice({ ...wide, principals: 0.84 }, { cells }).why).toBe(
      'Not converged: the lower bound of C is 0.50, below 0.85.',
    );
    // Where all else is met it still holds up convergence, whatever C is.
    expect(advice({ principals: 0.84 }, { cells }).why).toBe(`Not converged: ${words}.`);
    expect(advice({}, { beforeCells: cells }).stop).toBeNull();
  });

  test.each([
    ['of an observer', abstain('observer', 'a', 'samples-disagree')],
    ['on an issue without a red line', abstain('south', 'b', 'no-evidence')],
  ])('holds up nothing %s', (_, cell) => {
    expect(advice({}, { cells: [...near, cell] }).stop).toBe('converged');
  });
});

describe('standing still', () => {
  type Moment = { c: number | null; north?: number; south?: number; observer?: number };
  const low = { interval: { low: 0.1, high: 0.9 }, min: 0.2 };
  const adviceAfter = (...moments: Moment[]) => {
    const readings = moments.map(({ c, north, south, observer }, place) => ({
      round: place + 1,
      cells: [
        ...(north === undefined ? [] : [stand('north', 'b', north)]),
        ...(south === undefined ? [] : [stand('south', 'b', south)]),
        ...(observer === undefined ? [] : [stand('observer', 'b', observer)]),
      ],
      convergence: { ...met, ...low, principals: c } as Convergence,
    }));
    const present = readings.at(-1)!;
    return stopAdvice({ agenda, principals, present, history: { readings: readings.slice(0, -1) } });
  };
  const still = { c: 0.4, north: 1, south: 5 };

  test('for three rounds after the first reading is a deadlock below 0.5 and a plateau from there', () => {
    expect(adviceAfter(still, still, still).stop).toBeNull();
    expect(adviceAfter(still, still, still, still)).toEqual({
      stop: 'deadlock',
      why: 'Deadlock: three rounds without movement, with C at 0.40, below 0.5.',
    });
    const halfWay = { ...still, c: 0.5 };
    expect(adviceAfter(halfWay, halfWay, halfWay, halfWay)).toEqual({
      stop: 'plateau',
      why: 'Plateau: three rounds without movement, with C at 0.50.',
    });
  });

  test.each<[string, Moment, boolean]>([
    ['C rises by 0.04', { ...still, c: 0.44 }, true],
    ['C rises by 0.05', { ...still, c: 0.45 }, false],
    ['C falls by 0.05', { ...still, c: 0.35 }, false],
    ['a principal moves half a point', { ...still, north: 1.5 }, true],
    ['a principal moves a point', { ...still, north: 2 }, false],
    ['a principal moves a point the other way', { ...still, south: 4 }, false],
    ['an observer moves', { ...still, observer: 0 }, true],
    ['a stand is no longer known', { c: 0.4, south: 5 }, true],
  ])('or not, where %s', (_, moment, isStill) => {
    const from = { ...still, observer: 6 };
    expect(adviceAfter(from, from, from, moment).stop !== null).toBe(isStill);
    expect(adviceAfter(from, moment, from, from).stop !== null).toBe(isStill);
  });

  test('is told from the reading before the three rounds, not from older ones', () => {
    expect(adviceAfter({ ...still, north: 4 }, still, still, still, still).stop).toBe('deadlock');
  });

  test('is unknown where one of the four readings has no number', () => {
    const unread = { ...still, c: null };
    expect(adviceAfter(unread, still, still, still).stop).toBeNull();
    expect(adviceAfter(still, unread, still, still).stop).toBeNull();
  });
});
