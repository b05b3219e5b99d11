import { expect, test } from 'vitest';
import type { Causes } from '../../src/convergence/causes.ts';
import { causeInWords } from '../../src/report/why-text.ts';

const part = (low: number) => ({ points: low + 0.4, low, high: low + 0.8 });

test.each<[string, Causes['cause'], [number, number, number], string]>([
  ['the part that is surely the largest', 'persuasion', [0, 0, 1], 'Persuasion: it moves for the reasons.'],
  [
    'every part that surely moved it where none is the largest',
    'cannot-tell',
    [-0.1, 0.5, 0.4],
    'Pressure and persuasion moved it; which part is the largest cannot be told with this many answers.',
  ],
  [
    'itself alone',
    'cannot-tell',
    [0.1, -0.2, -0.2],
    'It moves by itself; which part is the largest cannot be told with this many answers.',
  ],
  [
    'nothing where no part is surely there',
    'cannot-tell',
    [-0.1, -0.1, -0.1],
    'Cannot tell: the parts do not separate with this many answers.',
  ],
])('the cause of a shift is said as %s', (_, cause, [itself, pressure, persuasion], words) => {
  const causes = {
    real: part(1),
    itself: part(itself),
    pressure: part(pressure),
    persuasion: part(persuasion),
    cause,
  };
  expect(causeInWords(causes)).toBe(words);
});
