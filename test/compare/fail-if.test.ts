import { describe, expect, it } from 'vitest';
import { compareArms } from '../../src/compare/compare-arms.ts';
import { checkCondition, parseFailIf } from '../../src/compare/gates.ts';
import { aimsWith, madeUpDebates, seeded } from './made-up-debates.ts';

const arms = ['plain', 'steelman'];

function read(text: string) {
  const parsed = parseFailIf(text, arms);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return parsed.value;
}

function message(text: string): string {
  const parsed = parseFailIf(text, arms);
  return parsed.ok ? 'accepted' : parsed.failure.message;
}

const debates = madeUpDebates({ arms, articles: 4, grounding: { steelman: -0.2 } }, seeded('fail-if'));
const result = compareArms({ title: '', arms, debates, aims: aimsWith(), seed: 1 });
const outcomes = (text: string) => checkCondition(read(text), result).map((each) => each.outcome);

describe('--fail-if', () => {
  it('reads a measure, an operator and a number, with or without an arm', () => {
    expect(read('grounding < 0.9')).toMatchObject({
      arm: null,
      measure: 'grounding',
      operator: '<',
      bound: 0.9,
    });
    expect(read(' steelman.cost>=0.25 ')).toMatchObject({ arm: 'steelman', measure: 'cost', operator: '>=' });
    expect(read('converged < 50%').bound).toBe(0.5);
  });

  it('holds the condition against every arm, or against the one it names', () => {
    expect(outcomes('grounding < 0.8')).toEqual(['passed', 'failed']);
    expect(outcomes('plain.grounding < 0.8')).toEqual(['passed']);
    expect(outcomes('steelman.grounding < 0.8')).toEqual(['failed']);
  });

  it('tells the bounds apart that touch', () => {
    const mean = result.arms[0]?.measures.find((each) => each.measure === 'converged')?.mean as number;
    expect(outcomes(`plain.converged < ${mean}`)).toEqual(['passed']);
    expect(outcomes(`plain.converged <= ${mean}`)).toEqual(['failed']);
    expect(outcomes(`plain.converged > ${mean}`)).toEqual(['passed']);
    expect(outcomes(`plain.converged >= ${mean}`)).toEqual(['failed']);
  });

  it('does not pass where there is no number to look at', () => {
    const blind = debates.map((debate) => ({ ...debate, grounding: null }));
    const unseen = compareArms({ title: '', arms, debates: blind, aims: aimsWith(), seed: 1 });
    const [first] = checkCondition(read('grounding < 0.8'), unseen);
    expect(first).toMatchObject({ outcome: 'no-number' });
    expect(first?.message).toContain('plain has no number for grounding');
  });

  it('refuses what it does not know and names what was probably meant', () => {
    expect(message('groundign < 0.9')).toContain('there is no measure groundign; did you mean "grounding"?');
    expect(message('steelmen.grounding < 0.9')).toContain('no arm steelmen; did you mean "steelman"?');
    expect(message('toString < 1')).toContain('there is no measure toString');
  });

  it.each([
    '',
    'grounding',
    'grounding = 0.9',
    'grounding < high',
    '0.9 > grounding',
    'grounding < 0.9 || true',
    'a.b.c < 1',
  ])('refuses %j as no condition', (text) => {
    expect(message(text)).toContain('cannot be read. Write MEASURE < NUMBER');
  });
});
