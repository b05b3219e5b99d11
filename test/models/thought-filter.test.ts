import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createThoughtFilter } from '../../src/models/thought-filter.ts';

function filtered(pieces: readonly string[]): string {
  const filter = createThoughtFilter();
  return pieces.map((piece) => filter.push(piece)).join('') + filter.end();
}

test.each([
  ['Hello there', 'Hello there'],
  ['<think>plan</think>Hello', 'Hello'],
  ['\n<think>\nplan\n</think>\n\nHello', 'Hello'],
  ['Say <think> aloud</think>', 'Say <think> aloud</think>'],
  ['<thing>Hello', '<thing>Hello'],
  ['<thi', '<thi'],
  ['<think>never ends', ''],
  ['<notes>mine</notes>Hello', '<notes>mine</notes>Hello'],
])('%j becomes %j however it is cut into pieces', (text, expected) => {
  fc.assert(
    fc.property(fc.array(fc.nat(text.length), { maxLength: 6 }), (cuts) => {
      const ends = [...new Set([0, ...cuts, text.length])].sort((one, other) => one - other);
      const pieces = ends.slice(1).map((end, index) => text.slice(ends[index], end));
      expect(filtered(pieces)).toBe(expected);
    }),
  );
});

test('text is passed on at once', () => {
  const filter = createThoughtFilter();
  expect(filter.push('Hel')).toBe('Hel');
  expect(filter.push('lo <think>')).toBe('lo <think>');
});
