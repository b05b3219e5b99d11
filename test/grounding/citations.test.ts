import { expect, test } from 'vitest';
import { findCitations, withoutCitations } from '../../src/grounding/citations.ts';

const labels = (text: string) => findCitations(text).map(({ label }) => label);

test.each([
  ['one passage', 'So it says [P3].', ['P3']],
  ['one turn', 'As you said [T7].', ['T7']],
  ['a list', '[P3, P5]', ['P3', 'P5']],
  ['a list whose letter is not repeated', '[P3, 5]', ['P3', 'P5']],
  ['a range', '[P3-P5]', ['P3', 'P4', 'P5']],
  ['a range with an en dash and one letter', '[P3–5]', ['P3', 'P4', 'P5']],
  ['passages and turns together', '[P3; T2]', ['P3', 'T2']],
  ['a list with "and"', '[P3 and P4]', ['P3', 'P4']],
  ['small letters and spaces', '[ p 3 ]', ['P3']],
  ['two brackets side by side', '[P3][P4]', ['P3', 'P4']],
  ['the same label twice in a bracket', '[P3, P3]', ['P3']],
  ['a range that is a slip stands for its ends', '[P1-P900]', ['P1', 'P900']],
  ['a range turned round stands for its ends', '[P5-P3]', ['P5', 'P3']],
])('%s', (_, text, expected) => {
  expect(labels(text)).toEqual(expected);
});

test.each(['[3]', '[Page 3]', '[P]', 'P3', '[P3', '[sic]', '[PT3]', '[P3 says no]'])(
  '"%s" is no citation',
  (text) => {
    expect(labels(text)).toEqual([]);
  },
);

test('the place is that of the bracket', () => {
  expect(findCitations('No [P3].')[0]).toMatchObject({ start: 3, end: 7 });
});

test('blanking citations keeps every other letter in its place', () => {
  expect(withoutCitations('No [P3, T4] yes')).toBe('No          yes');
});
