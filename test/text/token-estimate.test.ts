import { expect, test } from 'vitest';
import { estimateTokens } from '../../src/text/token-estimate.ts';

test.each([
  ['', 0],
  ['word', 1],
  ['four words of text', 5],
  ['Пять слов по-русски', 5],
  ['核查机制', 4],
  ['核查 means verification', 7],
  ['검증', 2],
  ['👍👍', 2],
])('%s is about %i tokens', (text, tokens) => {
  expect(estimateTokens(text)).toBe(tokens);
});
