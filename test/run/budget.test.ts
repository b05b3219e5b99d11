import { expect, test } from 'vitest';
import { checkBudget, isUsedUp, usedBy } from '../../src/run/budget.ts';

const used = { inputTokens: 900, outputTokens: 100, costUsd: 0.4 };
const takes = { inputTokens: 400, outputTokens: 100, costUsd: 0.2 };

test.each([
  [{ budgetUsd: null }, false],
  [{ budgetUsd: 0.5, budgetTokens: null }, false],
  [{ budgetUsd: 0.4 }, true],
  [{ budgetUsd: null, budgetTokens: 1001 }, false],
  [{ budgetUsd: null, budgetTokens: 1000 }, true],
  [{ budgetUsd: 9, budgetTokens: 500 }, true],
])('of %j nothing is left after 40 cents and 1,000 tokens: %s', (budget, isOver) => {
  expect(isUsedUp(budget, used)).toBe(isOver);
});

test.each<[{ budgetUsd: number | null; budgetTokens?: number }, string | null]>([
  [{ budgetUsd: null }, null],
  [{ budgetUsd: 0.61 }, null],
  [{ budgetUsd: 0.59 }, 'budget'],
  [{ budgetUsd: null, budgetTokens: 1500 }, null],
  [{ budgetUsd: null, budgetTokens: 1499 }, 'budget'],
])('what takes 20 cents and 500 tokens more is within %j: %s', (budget, reason) => {
  const checked = checkBudget(budget, takes, used);
  expect(checked.ok ? null : checked.failure.reason).toBe(reason);
});

test('a budget in dollars needs a price, one in tokens does not', () => {
  const unpriced = { ...takes, costUsd: null };
  expect(checkBudget({ budgetUsd: 5 }, unpriced)).toMatchObject({ failure: { reason: 'no-price' } });
  expect(checkBudget({ budgetUsd: null, budgetTokens: 9000 }, unpriced).ok).toBe(true);
});

test('calls without a price count their tokens all the same', () => {
  const usage = { inputTokens: 10, outputTokens: 5 };
  expect(
    usedBy([
      { usage, costUsd: null },
      { usage, costUsd: 0.1 },
    ]),
  ).toEqual({
    inputTokens: 20,
    outputTokens: 10,
    costUsd: 0.1,
  });
});
