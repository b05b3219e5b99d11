import { expect, test } from 'vitest';
import { hollowness } from '../../src/convergence/hollow.ts';
import { stand } from './made-up-readings.ts';

const history = { startOf: (speaker: string) => (speaker === 'north' ? 1 : 5) };
const apart = [stand('north', 'a', 1, { act: 'rhetoric' }), stand('south', 'a', 5, { act: 'rhetoric' })];
const check = (more: Partial<Parameters<typeof hollowness>[0]> = {}) =>
  hollowness({
    phrases: { agreeing: 4, refusing: 1 },
    change: 0,
    cells: apart,
    history,
    principals: ['north', 'south'],
    ...more,
  });

test('friendly words with no movement and no commitment are hollow', () => {
  const { isHollow, why } = check();
  expect(isHollow).toBe(true);
  expect(why).toContain('4 agreeing phrases to 1 refusing');
});

test('friendly words with no readable positions at all are hollow', () => {
  expect(check({ cells: [], change: null }).isHollow).toBe(true);
});

test('two agreeing phrases in three are friendly, fewer are not', () => {
  expect(check({ phrases: { agreeing: 2, refusing: 1 } }).isHollow).toBe(true);
  expect(check({ phrases: { agreeing: 3, refusing: 2 } }).isHollow).toBe(false);
});

test('one polite phrase makes no friendly round', () => {
  expect(check({ phrases: { agreeing: 1, refusing: 0 } }).isHollow).toBe(false);
});

test('a rise of C by 0.03 is substance', () => {
  expect(check({ change: 0.03 }).isHollow).toBe(false);
  expect(check({ change: 0.029 }).isHollow).toBe(true);
});

test('a commitment a point away from its own start is substance', () => {
  const cells = [stand('north', 'a', 2, { act: 'conditional', turn: 7 }), apart[1]!];
  expect(check({ cells })).toEqual({
    isHollow: false,
    why: 'north is on record with a commitment on a [T7].',
  });
});

test('committing to what one wanted from the start agrees to nothing', () => {
  const cells = [stand('north', 'a', 1, { act: 'commit' }), apart[1]!];
  expect(check({ cells }).isHollow).toBe(true);
});

test('a commitment that the other principal shares is substance, whoever moved', () => {
  const cells = [stand('north', 'a', 1, { act: 'commit' }), stand('south', 'a', 2, { act: 'rhetoric' })];
  expect(check({ cells }).isHollow).toBe(false);
});

test("an observer's commitment does not bind the principals", () => {
  const cells = [...apart, stand('observer', 'a', 3, { act: 'commit' })];
  expect(check({ cells }).isHollow).toBe(true);
});
