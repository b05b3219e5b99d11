import { expect, test } from 'vitest';
import { maskNames } from '../../src/convergence/mask-names.ts';

const cast = [
  { id: 'dprk', name: 'DPRK negotiator', short: 'DPRK' },
  { id: 'state', name: 'State Department official', short: 'State' },
];
const plan = { sample: 0, speakerOrder: ['state', 'dprk'], issueOrder: [], reversed: false };
const mask = maskNames(cast, plan);

test('names and short names become the letters of the plan', () => {
  expect(mask('The DPRK negotiator asked State, and DPRK waited.').text).toBe(
    'The Party B asked Party A, and Party B waited.',
  );
});

test('full names are masked in any case, short names only as written', () => {
  expect(mask('a state department official of the state').text).toBe('a Party A of the state');
});

test('a name inside another word is left alone', () => {
  expect(mask('United States, DPRKs').text).toBe('United States, DPRKs');
});

test('a stretch of the masked text leads back to the very words, names whole', () => {
  const { text, original } = mask('We told the DPRK negotiator: no.');
  const start = text.indexOf('told');
  expect(original(start, text.indexOf(':'))).toBe('told the DPRK negotiator');
  expect(original(text.indexOf('Party'), text.indexOf('Party') + 3)).toBe('DPRK negotiator');
  expect(original(0, text.length)).toBe('We told the DPRK negotiator: no.');
});

test('signs in a name that mean something in a pattern are taken as they stand', () => {
  const odd = maskNames([{ id: 'dprk', name: 'A.B. (c) + [d]', short: 'x|y' }], {
    ...plan,
    speakerOrder: ['dprk'],
  });
  expect(odd('AXB. x|y A.B. (c) + [d]').text).toBe('AXB. Party A Party A');
});
