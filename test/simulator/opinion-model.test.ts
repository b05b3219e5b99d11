import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Influence, nextPosition } from '../../src/simulator/opinion-model.ts';

const free = { min: 0, max: 6 };

function influence(position: number, more: Partial<Influence> = {}): Influence {
  return { isPrincipal: false, first: position, position, reasons: 1, ...more };
}

describe('a simulated position', () => {
  it('follows the Friedkin-Johnsen model: openness times the weighted mean, the rest the opening', () => {
    // Weights: 1.5 for oneself at 2, 1.25 for the other at 6; mean 10.5/2.75; openness 0.5.
    const moment = { opening: 2, present: 2, openness: 0.5, isPrincipal: false, line: free };
    const { position } = nextPosition({ ...moment, influences: [influence(6)] });
    expect(position).toBeCloseTo(0.5 * (10.5 / 2.75) + 0.5 * 2, 10);
  });

  it('stays where it is when nobody has taken a stand', () => {
    const moment = { opening: 1, present: 2, openness: 0.9, isPrincipal: true, line: free, influences: [] };
    expect(nextPosition(moment)).toEqual({ position: 2, isStopped: false });
  });

  it('moves further for a principal that has come closer than for one that has not', () => {
    const moment = { opening: 0, present: 0, openness: 0.4, isPrincipal: true, line: free };
    const stubborn = nextPosition({
      ...moment,
      influences: [influence(4, { isPrincipal: true }), influence(0)],
    });
    const yielding = nextPosition({
      ...moment,
      influences: [influence(4, { isPrincipal: true, first: 6 }), influence(0)],
    });
    expect(yielding.position).toBeGreaterThan(stubborn.position);
  });

  it('does not fall back because others come nearer, and does when somebody goes away', () => {
    const moment = { opening: 6, present: 4, openness: 0.3, isPrincipal: false, line: free };
    expect(nextPosition({ ...moment, influences: [influence(4, { first: 1 })] }).position).toBe(4);
    expect(nextPosition({ ...moment, influences: [influence(0, { first: 3 })] }).position).toBeGreaterThan(4);
  });

  it('says that a red line stopped it', () => {
    const moment = { opening: 1, present: 2, openness: 0.9, isPrincipal: false, line: { min: 0, max: 2 } };
    expect(nextPosition({ ...moment, influences: [influence(6)] })).toEqual({ position: 2, isStopped: true });
  });

  it('never leaves its red lines nor moves more than a point', () => {
    const point = fc.double({ min: 0, max: 6, noNaN: true });
    const others = fc.array(
      fc.record({
        isPrincipal: fc.boolean(),
        first: point,
        position: point,
        reasons: fc.integer({ min: 1, max: 20 }),
      }),
      { maxLength: 11 },
    );
    fc.assert(
      fc.property(
        point,
        point,
        point,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        others,
        (low, high, present, openness, isPrincipal, influences) => {
          const line = { min: Math.min(low, high), max: Math.max(low, high) };
          const inside = Math.min(line.max, Math.max(line.min, present));
          const { position } = nextPosition({
            opening: inside,
            present: inside,
            openness,
            isPrincipal,
            line,
            influences,
          });
          expect(position).toBeGreaterThanOrEqual(line.min - 1e-9);
          expect(position).toBeLessThanOrEqual(line.max + 1e-9);
          expect(Math.abs(position - inside)).toBeLessThanOrEqual(1 + 1e-9);
        },
      ),
    );
  });
});
