import { hash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  countLabel,
  countMasked,
  countRemoved,
  countRow,
  countTokens,
  createCounts,
  debateFilter,
  defaultFilters,
  isTooLong,
  maskedIn,
  personaFilter,
  removedFrom,
  secretsIn,
} from '../../src/dataset/filters.ts';
import { ktoLabel } from '../../src/dataset/pairs/pair-of-family.ts';
import { maskOf } from '../../src/dataset/persona-rows.ts';
import { type SpeechFacts, sumOfPersuasion } from '../../src/dataset/speech-facts.ts';
import { type Debate, fold } from '../../src/debate/debate.ts';
import { isRefusal } from '../../src/run/reading/refusals.ts';
import { debateEvents } from '../helpers/debate-events.ts';
import type { HarbourDebate } from '../prompts/harbour.ts';
import { harbourDebate, speechOf } from './exported-debates.ts';

const all = { ...defaultFilters, includeSimulated: true };
const speech: SpeechFacts = {
  turn: 3,
  speaker: 'growers-union',
  ending: 'complete',
  byPerson: false,
  grounding: 0.95,
  misquotes: 0,
  breaches: 0,
  roleBreaks: 0,
  refuses: false,
  repetition: 0,
  cites: [],
  reasonedPoints: 0,
  persuasion: null,
};

describe('a debate', () => {
  let whole: HarbourDebate;
  beforeAll(async () => {
    whole = await harbourDebate();
  });

  test('stays where nothing is wrong with it', () => {
    expect(debateFilter(whole.debate, whole.set, all)).toBeNull();
  });

  test('of the simulator is left out unless it is asked for', () => {
    expect(debateFilter(whole.debate, whole.set, defaultFilters)).toBe('simulated');
  });

  test('that the simulator only took over later counts as simulated', () => {
    const started = { ...whole.debate.started, simulated: false };
    const real = { ...whole.debate, started };
    expect(debateFilter(real, whole.set, defaultFilters)).toBeNull();
    const models = { judge: { spec: 'simulator', simulated: true } };
    const resumed = {
      ...{ v: 1 as const, number: 9, at: '2026-01-01T00:00:00Z', type: 'debate-resumed' as const },
      ...{ parley: '1', settings: whole.debate.settings, models },
    };
    expect(debateFilter({ ...real, resumptions: [resumed] }, whole.set, defaultFilters)).toBe('simulated');
  });

  test('that did not come to its end is left out', () => {
    expect(debateFilter({ ...whole.debate, ended: null }, whole.set, all)).toBe('unfinished');
    const options = { ...all, includeUnfinished: true };
    expect(debateFilter({ ...whole.debate, ended: null }, whole.set, options)).toBeNull();
  });

  test('whose verdicts are of low confidence, or none, is left out where that is asked for', () => {
    expect(debateFilter(whole.debate, whole.set, { ...all, dropLowConfidence: true })).toBe('low-confidence');
  });

  test('with a key in a speech is left out', async () => {
    const leaky = await harbourDebate((speaker, turn) =>
      turn === 3 ? 'Use sk-proj-abcdefghijklmnopqrstuvwx for that.' : speechOf(speaker, turn),
    );
    expect(debateFilter(leaky.debate, leaky.set, all)).toBe('secrets');
    expect(debateFilter(leaky.debate, leaky.set, { ...all, allowSecrets: true })).toBeNull();
  });

  test('with a key in any text of its events is left out', async () => {
    const refused = fold(debateEvents()) as Debate;
    const answers = refused.answers.map((answer) => ({
      ...answer,
      change: 'name both sites in the first line',
    }));
    const debates = [
      whole.debate,
      { ...refused, earlierStatements: [{ statement: refused.statement, answers }] } as Debate,
    ];
    for (const debate of debates) {
      const { totals: _, ...given } = debate;
      const places = prosePlaces(given);
      expect(places.length).toBeGreaterThan(40);
      expect(debateFilter(debate, whole.set, all)).toBeNull();
      for (const place of places)
        expect(debateFilter(leaking(debate, place), whole.set, all), place.join('.')).toBe('secrets');
    }
  });
});

/** Where texts of several words stand in a value. */
function prosePlaces(value: unknown, place: readonly string[] = []): string[][] {
  if (typeof value === 'string') return value.includes(' ') ? [[...place]] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => prosePlaces(inner, [...place, key]));
}

function leaking<Value>(value: Value, [key, ...rest]: readonly string[]): Value {
  if (key === undefined) return `${value} sk-proj-abcdefghijklmnopqrstuvwx` as Value;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  copy[key] = leaking(copy[key], rest);
  return copy as Value;
}

describe('a persona', () => {
  test.each([
    ['too little grounding', { grounding: 0.4 }, { minGrounding: 0.5 }, 'grounding'],
    ['nothing to ground', { grounding: null }, { minGrounding: 0.5 }, 'grounding'],
    ['too many misquotes', { misquotes: 2 }, { maxMisquotes: 1 }, 'misquotes'],
    ['a breach of its role', { breaches: 1 }, { maxBreaches: 0 }, 'breaches'],
    ['just the grounding asked for', { grounding: 0.5 }, { minGrounding: 0.5 }, null],
    ['just the misquotes allowed', { misquotes: 1 }, { maxMisquotes: 1 }, null],
    ['just the breaches allowed', { breaches: 1 }, { maxBreaches: 1 }, null],
    ['breaches that are not known', { breaches: null }, { maxBreaches: 0 }, null],
    ['faults that nobody asked about', { grounding: 0, misquotes: 9, breaches: 9 }, {}, null],
    ['nothing against it', {}, { minGrounding: 0.5, maxMisquotes: 0, maxBreaches: 0 }, null],
  ])('with %s', (_what, facts, options, expected) => {
    expect(personaFilter([{ ...speech, ...facts }], { ...all, ...options })).toBe(expected);
  });

  test('counts over all its speeches', () => {
    const twice = [
      speech,
      { ...speech, misquotes: 1, breaches: 1, grounding: 0.45 },
      { ...speech, misquotes: 1 },
    ];
    expect(personaFilter(twice, { ...all, maxMisquotes: 1 })).toBe('misquotes');
    expect(personaFilter(twice, { ...all, maxMisquotes: 2, maxBreaches: 1, minGrounding: 0.7 })).toBeNull();
  });

  test('has rows up to the tokens asked for', () => {
    expect(isTooLong(100, { maxTokens: 100 })).toBe(false);
    expect(isTooLong(100, { maxTokens: 99 })).toBe(true);
    expect(isTooLong(100, { maxTokens: null })).toBe(false);
  });
});

describe('a speech', () => {
  test.each<[string, Partial<SpeechFacts>, boolean, string | null]>([
    ['that is whole', {}, true, null],
    ['cut short', { ending: 'length' }, true, 'cut-short'],
    ['that the provider refused', { ending: 'refused' }, true, 'cut-short'],
    ['that refuses in plain words', { refuses: true }, true, 'refusal'],
    ['out of its role', { roleBreaks: 1 }, true, 'role-break'],
    ['that says nothing new', { repetition: 0.8 }, true, 'repetition'],
    ['that repeats a part', { repetition: 0.7 }, true, null],
    ['with a citation, where the article is in the row', { cites: [7] }, true, null],
    ['with a citation, where the article is withheld', { cites: [7] }, false, 'withheld-passage'],
  ])('%s', (_what, facts, isShared, expected) => {
    expect(maskOf({ ...speech, ...facts }, isShared)).toBe(expected);
  });

  test.each([
    'I’m sorry, but I can’t help with writing a negotiating position.',
    'As an AI language model, I cannot take a position on this.',
    'Unfortunately, I am not able to continue this role-play.',
    'Es tut mir leid, aber ich kann dabei nicht helfen.',
    '抱歉，我无法继续扮演这个角色。',
  ])('is known as a refusal: %s', (text) => {
    expect(isRefusal(text)).toBe(true);
  });

  test.each([
    'We cannot accept a treaty that leaves the farms without water.',
    'I am sorry that the talks broke down; we offer a week of inspections.',
    'Unfortunately the river is low, and the council will not wait.',
    'Sorry to interrupt, but my side has agreed to nothing yet.',
  ])('of a persona that is firm is none: %s', (text) => {
    expect(isRefusal(text)).toBe(false);
  });
});

describe('a KTO label', () => {
  test.each([
    ['good', {}, true],
    ['bad: a breach', { breaches: 1 }, false],
    ['bad: little grounding', { grounding: 0.3 }, false],
    ['good: grounding of just 0.9', { grounding: 0.9 }, true],
    ['neither: grounding of just 0.6', { grounding: 0.6 }, null],
    ['neither: middling', { grounding: 0.7 }, null],
    ['neither: breaches unknown', { breaches: null }, null],
    ['bad: a breach, with nothing to check', { breaches: 1, grounding: null }, false],
    ['neither: a misquote', { misquotes: 1 }, null],
    ['neither: nothing to check', { grounding: null }, null],
  ])('%s', (_what, facts, expected) => {
    expect(ktoLabel({ ...speech, ...facts })).toBe(expected);
  });
});

describe('the scan for secrets', () => {
  test.each([
    ['AKIAIOSFODNN7EXAMPLE', 'key'],
    ['ghp_abcdefghijklmnopqrstuvwxyz0123456789', 'key'],
    ['-----BEGIN RSA PRIVATE KEY-----', 'private-key'],
    ['write to ann.lee@example.org today', 'email'],
    ['call +44 20 7946 0958 now', 'phone'],
    ['4111 1111 1111 1111', 'card'],
    ['GB82 WEST 1234 5698 7654 32', 'bank-account'],
    ['NO93 8601 1117 947', 'bank-account'],
    ['MT84MALT011000012345MTLCAST001S', 'bank-account'],
    ['378282246310005', 'card'],
    ['5500-0000-0000-0004', 'card'],
    ['6011000990139424', 'card'],
  ])('finds %s', (text, kind) => {
    expect(secretsIn(`Well, ${text}.`)).toContain(kind);
  });

  test.each([
    'In 2019 the two met on 27-28 February, and 1,200 of 4,711 said yes [P3].',
    'Resolution 2397 (2017) limits refined petroleum to 500,000 barrels a year.',
    'The account GB82 WEST 1234 5698 7654 33 is none, and neither is DE12 3456 7890.',
    'The card 4111 1111 1111 1112 is none, and neither is 0000 0000 0000 0000.',
    '@moderator: task-based and sk-short are no keys.',
  ])('lets ordinary words be: %s', (text) => {
    expect(secretsIn(text)).toEqual([]);
  });
});

test('what is left out, masked and written is counted by name', () => {
  const counts = createCounts();
  expect(counts).toEqual({
    ...{
      debates: 0,
      removed: {},
      masked: {},
      tokens: {},
      rows: {},
      labels: {},
      verified: { exact: 0, of: 0 },
    },
  });
  for (const name of ['secrets', 'damaged', 'secrets'] as const) countRemoved(counts, name);
  expect(removedFrom(counts).map(({ name, count }) => [name, count])).toEqual([
    ['damaged', 1],
    ['secrets', 2],
  ]);
  for (const name of ['refusal', 'cut-short', 'refusal'] as const) countMasked(counts, name);
  expect(Object.fromEntries(maskedIn(counts).map(({ name, count }) => [name, count]))).toEqual({
    'cut-short': 1,
    refusal: 2,
  });
  for (const tokens of [5, 9, 2]) countTokens(counts, 'sft', tokens);
  for (const split of ['train', 'test', 'train']) countRow(counts, 'sft', split);
  for (const label of [true, false, true]) countLabel(counts, 'kto', label);
  expect(counts.labels).toEqual({ kto: { good: 2, bad: 1 } });
  expect(counts.tokens).toEqual({ sft: { longest: 9, sum: 16 } });
  expect(counts.rows).toEqual({ sft: { train: 2, test: 1 } });
});

test('persuasion is summed over the speeches of which it is known', () => {
  const credited = (persuasion: number | null) => ({ ...speech, persuasion });
  expect(sumOfPersuasion([credited(1.5), credited(null), credited(-0.5)])).toBe(1);
  expect(sumOfPersuasion([credited(0), credited(null)])).toBe(0);
  expect(sumOfPersuasion([credited(null)])).toBeNull();
});

test('the hash of a prompt holds nothing that is looked for, so that a scan may pass it by', () => {
  const hashes = Array.from({ length: 3000 }, (_, place) => hash('sha256', String(place)));
  const extremes = ['0123456789', 'abcdef', '4111111111111111', 'dapi', 'deadbeef'].map((part) =>
    part
      .replace(/[^0-9a-f]/g, '')
      .repeat(64)
      .slice(0, 64),
  );
  for (const one of [...hashes, ...extremes]) expect(secretsIn(one)).toEqual([]);
});
