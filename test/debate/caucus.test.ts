import { describe, expect, test } from 'vitest';
import { nextInCaucus } from '../../src/debate/caucus.ts';
import { type Debate, fold } from '../../src/debate/debate.ts';
import type { BodyOf, EventBody } from '../../src/debate/events.ts';
import type { CaucusChoice } from '../../src/debate/setup.ts';
import { call, numbered, started, turn } from './small-debate.ts';

const roundOne = [turn(1, 0, 'moderator', 'opening'), turn(2, 1, 'ann'), turn(3, 1, 'bo'), turn(4, 1, 'cy')];

function called(pair: [string, string], turns: number): BodyOf<'caucus-called'> {
  return { type: 'caucus-called', round: 2, pair, turns, why: 'They are near.', ...call };
}

function said(part: number, speaker: string, to: string, parts = 2): BodyOf<'caucus-spoken'> {
  const place = { turn: part, round: 2, speaker, to, part, parts };
  return {
    type: 'caucus-spoken',
    ...place,
    text: 'Between us.',
    notes: '',
    ending: 'complete',
    ...call,
  };
}

const read: BodyOf<'caucus-read'> = {
  ...{ type: 'caucus-read', round: 2, outcome: 'read', failure: '', offers: [], rejected: [] },
  ...call,
};

function debateAfter(caucus: CaucusChoice | undefined, ...bodies: EventBody[]): Debate {
  const debate = fold(numbered(started(caucus === undefined ? {} : { caucus }), ...bodies));
  if (!debate) throw new Error('no debate');
  return debate;
}

describe('a caucus', () => {
  test('goes from one of the two to the other, is read once, and is over', () => {
    const first = { type: 'caucus', round: 2, speaker: 'ann', to: 'bo', part: 1, parts: 2 };
    expect(nextInCaucus(debateAfter(2, ...roundOne), 2)).toEqual(first);
    const one = [...roundOne, said(1, 'ann', 'bo')];
    expect(nextInCaucus(debateAfter(2, ...one), 2)).toEqual({ ...first, speaker: 'bo', to: 'ann', part: 2 });
    const both = [...one, said(2, 'bo', 'ann')];
    expect(nextInCaucus(debateAfter(2, ...both), 2)).toEqual({ type: 'read-caucus', round: 2 });
    expect(nextInCaucus(debateAfter(2, ...both, read), 2)).toBeNull();
  });

  test('is begun by the two in turn, round by round', () => {
    const debate = debateAfter(1, ...roundOne);
    const pairs = [2, 3, 4, 5].map((round) => {
      const next = nextInCaucus(debate, round);
      return next?.type === 'caucus' ? `${next.speaker} to ${next.to}` : next;
    });
    expect(pairs).toEqual(['ann to bo', 'bo to ann', 'ann to bo', 'bo to ann']);
  });

  test('keeps the pair and the length it began with', () => {
    expect(nextInCaucus(debateAfter(4, ...roundOne, said(1, 'bo', 'ann', 2)), 2)).toMatchObject({
      ...{ speaker: 'ann', to: 'bo', part: 2, parts: 2 },
    });
  });

  test('is not held where nobody asked for it, before the first round, in a control, or in a round that has begun', () => {
    expect(nextInCaucus(debateAfter(undefined, ...roundOne), 2)).toBeNull();
    expect(nextInCaucus(debateAfter('off', ...roundOne), 2)).toBeNull();
    const debate = debateAfter(2, ...roundOne);
    expect(nextInCaucus(debate, 1)).toBeNull();
    expect(nextInCaucus(debateAfter(2), 1)).toBeNull();
    const control = { ...debate, started: { ...debate.started, control: true as const } };
    expect(nextInCaucus(control as unknown as Debate, 2)).toBeNull();
    expect(nextInCaucus(debateAfter(2, ...roundOne, turn(5, 2, 'ann')), 2)).toBeNull();
  });

  test('needs two principals', () => {
    const debate = debateAfter(2, ...roundOne);
    const cast = debate.started.cast.map((member, place) => ({ ...member, principal: place === 0 }));
    expect(nextInCaucus({ ...debate, started: { ...debate.started, cast } }, 2)).toBeNull();
  });

  test('that the moderator decides on is asked for once, and held as long as it says', () => {
    expect(nextInCaucus(debateAfter('moderator', ...roundOne), 2)).toEqual({
      ...{ type: 'call-caucus', round: 2, pair: ['ann', 'bo'] },
    });
    const granted = debateAfter('moderator', ...roundOne, called(['bo', 'ann'], 4));
    expect(nextInCaucus(granted, 2)).toMatchObject({ speaker: 'bo', to: 'ann', part: 1, parts: 4 });
    expect(nextInCaucus(debateAfter('moderator', ...roundOne, called(['ann', 'bo'], 0)), 2)).toBeNull();
  });

  test('is between the two principals whom the last reading found farthest apart', () => {
    const debate = debateAfter(2, ...roundOne);
    const cast = debate.started.cast.map((member) => ({ ...member, principal: true }));
    const reading = (agreements: [string, string, number | null][]) => ({
      convergence: { pairs: agreements.map(([a, b, agreement]) => ({ a, b, agreement })) },
    });
    const pairOf = (...verdicts: object[]) => {
      const read = { ...debate, started: { ...debate.started, cast }, verdicts };
      const next = nextInCaucus(read as unknown as Debate, 2);
      return next?.type === 'caucus' ? [next.speaker, next.to] : null;
    };
    expect(pairOf()).toEqual(['ann', 'bo']);
    const apart = reading([
      ['bo', 'ann', 0.8],
      ['ann', 'cy', 0.6],
      ['cy', 'bo', 0.3],
    ]);
    expect(pairOf(apart)).toEqual(['bo', 'cy']);
    expect(pairOf(apart, { convergence: null })).toEqual(['bo', 'cy']);
    expect(pairOf(apart, reading([['ann', 'cy', 0.5]]))).toEqual(['ann', 'cy']);
    // Who was not read on the same issue is not known to stand apart.
    expect(
      pairOf(
        reading([
          ['ann', 'bo', null],
          ['ann', 'cy', 0.9],
        ]),
      ),
    ).toEqual(['ann', 'cy']);
  });
});
