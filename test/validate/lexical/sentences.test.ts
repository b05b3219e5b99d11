import { expect, test } from 'vitest';
import { sentencesOf } from '../../../bench/validate/lexical/sentences.ts';

const textsOf = (text: string) => sentencesOf(text).map((piece) => piece.text);

test('a masked name at the end of a sentence ends it', () => {
  expect(textsOf('We side with Party A. On testing we stop.')).toEqual([
    'We side with Party A.',
    'On testing we stop.',
  ]);
});

test('an initial and an abbreviation end none', () => {
  expect(textsOf('J. Miller and Dr. Olsen came. They spoke.')).toEqual([
    'J. Miller and Dr. Olsen came.',
    'They spoke.',
  ]);
});
