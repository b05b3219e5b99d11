import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { estimatePromptTokens, estimateTokens } from '../../src/text/token-estimate.ts';

/** News prose and data with what OpenAI's o200k_base vocabulary makes of them. */
const counted: Record<string, { tokens: number; text: string }> = JSON.parse(
  readFileSync(new URL('../fixtures/text/token-counts.json', import.meta.url), 'utf8'),
);

const table = Object.entries(counted).map(([name, { tokens, text }]) => {
  const estimate = estimateTokens(text);
  return { name, tokens, estimate, off: `${(100 * (estimate / tokens - 1)).toFixed(0)}%` };
});

test.each(table)('$name: $tokens tokens, $estimate estimated, $off off', ({ tokens, estimate }) => {
  expect(Math.abs(estimate / tokens - 1)).toBeLessThan(0.15);
});

test.each([
  ['', 0],
  ['word', 1],
  ['four words of text', 4],
  ['核查机制', 4],
  ['검증', 2],
  ['👍👍', 3],
])('%s is about %i tokens', (text, tokens) => {
  expect(estimateTokens(text)).toBe(tokens);
});

test('each message of a prompt takes four tokens more', () => {
  const content = 'four words of text';
  expect(estimatePromptTokens([{ content }, { content }])).toBe(2 * (4 + 4));
});
