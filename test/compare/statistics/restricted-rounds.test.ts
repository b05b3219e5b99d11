import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isConvergedWithin, restrictedRounds, shareConvergedByRound } from '../../../src/compare/measures.ts';

describe('restricted rounds', () => {
  it('are the round of convergence, cut off at the horizon', () => {
    expect(restrictedRounds({ converged: true, rounds: 3 }, 6)).toBe(3);
    expect(restrictedRounds({ converged: true, rounds: 9 }, 6)).toBe(6);
  });

  it('are the whole horizon for a debate that ended early without agreement', () => {
    expect(restrictedRounds({ converged: false, rounds: 2 }, 6)).toBe(6);
    expect(isConvergedWithin({ converged: false, rounds: 2 }, 6)).toBe(false);
  });

  it('have as their mean the area under the curve of debates not yet converged', () => {
    const outcome = fc.record({ converged: fc.boolean(), rounds: fc.integer({ min: 1, max: 12 }) });
    fc.assert(
      fc.property(fc.array(outcome, { minLength: 1 }), fc.integer({ min: 1, max: 8 }), (outcomes, within) => {
        const mean =
          outcomes.reduce((sum, each) => sum + restrictedRounds(each, within), 0) / outcomes.length;
        const area = shareConvergedByRound(outcomes, within)
          .slice(0, within)
          .reduce((sum, share) => sum + (1 - share), 0);
        expect(mean).toBeCloseTo(area, 9);
      }),
    );
  });
});

it('counts the round itself, of either limit, and no debates as none converged', () => {
  expect(isConvergedWithin({ converged: true, rounds: 6 }, 6)).toBe(true);
  expect(isConvergedWithin({ converged: true, rounds: 7 }, 6)).toBe(false);
  const outcomes = [
    { converged: true, rounds: 1 },
    { converged: true, rounds: 3 },
    { converged: false, rounds: 2 },
    { converged: true, rounds: 4 },
  ];
  expect(shareConvergedByRound(outcomes, 3)).toEqual([0, 0.25, 0.25, 0.5]);
  expect(shareConvergedByRound([], 2)).toEqual([0, 0, 0]);
});
