import { describe, expect, it } from 'vitest';
import { orderOf } from '../../bench/validate/lexical/order.ts';
import { clausesOf, sentencesOf } from '../../bench/validate/lexical/sentences.ts';
import { stemOf } from '../../src/text/words.ts';

describe('stems', () => {
  it.each([
    ['verified', 'verification'],
    ['dismantle', 'dismantling'],
    ['dismantled', 'dismantlement'],
    ['inspections', 'inspector'],
    ['denuclearize', 'denuclearization'],
    ['freeze', 'frozen'],
    ['permits', 'permit'],
    ['full', 'complete'],
  ])('of %s and %s meet', (one, other) => {
    expect(stemOf(one)).toBe(stemOf(other));
  });

  it.each([
    ['relief', 'release'],
    ['test', 'text'],
    ['none', 'all'],
  ])('of %s and %s do not', (one, other) => {
    expect(stemOf(one)).not.toBe(stemOf(other));
  });
});

describe('sentences', () => {
  it('keep abbreviations and citations together', () => {
    const text = 'Dr. Roe spoke for the U.S. side. It helps. [P3] Does it? Yes!';
    expect(sentencesOf(text).map((piece) => piece.text)).toEqual([
      'Dr. Roe spoke for the U.S. side.',
      'It helps. [P3]',
      'Does it?',
      'Yes!',
    ]);
  });

  it('know where they stand, and their clauses too', () => {
    const text = 'First. We accept it, but they do not; we wait.';
    for (const sentence of sentencesOf(text)) {
      expect(text.slice(sentence.at, sentence.at + sentence.text.length)).toBe(sentence.text);
      for (const clause of clausesOf(sentence)) {
        expect(text.slice(clause.at, clause.at + clause.text.length)).toBe(clause.text);
      }
    }
    expect(clausesOf(sentencesOf(text)[1] ?? { text: '', at: 0 })).toHaveLength(3);
  });
});

describe('order', () => {
  const order = (text: string) => [...orderOf(text).features].sort();

  it('is the same however it is put', () => {
    const expected = order('disarmament before relief');
    expect(order('relief after disarmament')).toEqual(expected);
    expect(order('no relief until disarmament')).toEqual(expected);
    expect(order('no relief before disarmament')).toEqual(expected);
    expect(order('after disarmament, relief')).toEqual(expected);
  });

  it('differs where it is the other way round', () => {
    expect(order('relief before disarmament')).not.toEqual(order('disarmament before relief'));
  });
});
