import { expect, test } from 'vitest';
import { withParties } from '../../src/score/parties.ts';

const turns = (names: readonly string[]) =>
  names.map((speaker, at) => ({ speaker, text: 'Yes.', line: at + 1, round: null }));
const parties = (...names: string[]) => withParties(turns(names)).turns.map(({ speaker }) => speaker);

test.each([
  ['an office in brackets', ['Ms LEE (Leeds)', 'Mr RAY', 'Ms LEE'], ['Ms LEE', 'Mr RAY', 'Ms LEE']],
  ['a person behind an office', ['The Minister (Ann Lee)', 'Bo', 'Ann Lee'], ['Ann Lee', 'Bo', 'Ann Lee']],
  ['a surname', ['ANN LEE, HOST', 'BO RAY', 'LEE'], ['ANN LEE, HOST', 'BO RAY', 'ANN LEE, HOST']],
  ['a first name', ['Ann Lee', 'Bo Ray', 'Bo'], ['Ann Lee', 'Bo Ray', 'Bo Ray']],
  ['initials', ['Ann Lee', 'Bo Ray', 'AL'], ['Ann Lee', 'Bo Ray', 'Ann Lee']],
  ['a state', ['Ms. LEE of Ohio', 'Mr. RAY', 'Ms. LEE'], ['Ms. LEE', 'Mr. RAY', 'Ms. LEE']],
])('%s names one speaker', (_what, names, expected) => {
  expect(parties(...names)).toEqual(expected);
});

test.each([
  ['two of one surname', ['Ann Lee', 'Cy Lee', 'Lee']],
  ['two of one surname for two places', ['Mr. LEE (Leeds)', 'Mr. LEE (York)', 'Mr. LEE']],
  ['a short name that comes before the long one', ['Lee', 'Ann Lee', 'Bo']],
  ['a name inside another', ['Ann', 'Anna Ray', 'Bo']],
  ['names alike but for a number', ['Agent 1', 'Agent 2', 'Agent 1']],
])('%s stay apart', (_what, names) => {
  expect(parties(...names)).toEqual(names);
  expect(withParties(turns(names)).taken).toEqual([]);
});

test('what was taken for whom is said', () => {
  expect(withParties(turns(['Ann Lee', 'Bo Ray', 'AL'])).taken).toEqual(['AL = Ann Lee']);
});
