import { describe, expect, test } from 'vitest';
import {
  callsOf,
  fold,
  fullFromOf,
  nameOf,
  peopleIn,
  quotedOf,
  retractionsAfter,
  speechesOf,
} from '../../src/debate/debate.ts';
import { eventSchema } from '../../src/debate/events.ts';
import { rankBids } from '../../src/debate/next.ts';
import { answered, drafted, numbered, picked, started, turn, verdict } from './small-debate.ts';

const opening = turn(1, 0, 'moderator', 'opening');

describe('folding events', () => {
  test('usage and cost add up over turns and failed attempts', () => {
    const failed = {
      type: 'attempt-failed',
      purpose: 'speak',
      speaker: 'ann',
      round: 1,
      attempt: 1,
      reason: 'incomplete',
      message: '',
      retryInMs: 10,
      usage: { inputTokens: 5, outputTokens: 1, cachedTokens: 0, estimated: true },
      costUsd: null,
    } as const;
    const debate = fold(numbered(started(), opening, failed, turn(2, 1, 'ann')));
    expect(debate?.totals).toEqual({
      inputTokens: 205,
      outputTokens: 41,
      cachedTokens: 0,
      cacheWriteTokens: 0,
      isEstimated: true,
      costUsd: 0.02,
      unpricedCalls: 1,
      calls: 3,
      failedAttempts: 1,
    });
  });

  test('a failed attempt of unknown use is counted, and adds no tokens', () => {
    const failed = {
      type: 'attempt-failed',
      purpose: 'speak',
      speaker: 'ann',
      round: 1,
      attempt: 1,
      reason: 'unreachable',
      message: '',
      retryInMs: null,
      usage: null,
      costUsd: null,
    } as const;
    const totals = fold(numbered(started(), failed))?.totals;
    expect(totals).toMatchObject({ calls: 1, failedAttempts: 1, inputTokens: 0, unpricedCalls: 0 });
  });

  test('it begins with its start, numbered 0', () => {
    expect(() => fold(numbered(opening))).toThrow('a debate cannot begin with turn-ended');
    const [first] = numbered(started());
    expect(() => fold([{ ...first!, number: 1 }])).toThrow('debate-started must be event 0, not 1');
  });

  test('an empty journal is no debate', () => {
    expect(fold([])).toBeNull();
  });

  test('a gap in the numbers is refused', () => {
    const events = numbered(started(), opening, turn(2, 1, 'ann'));
    expect(() => fold([events[0], events[2]].flatMap((event) => event ?? []))).toThrow(
      'event 2 does not follow event 0',
    );
  });

  test('a turn out of sequence is refused', () => {
    expect(() => fold(numbered(started(), turn(2, 1, 'ann')))).toThrow('turn 2 does not follow turn 0');
  });

  test('a second start is refused', () => {
    expect(() => fold(numbered(started(), started()))).toThrow('starts the debate a second time');
  });

  test('every event of a debate passes the schema it is stored under', () => {
    for (const event of numbered(started(), opening, picked(1, 'ann'), turn(2, 1, 'ann'), verdict(1))) {
      expect(eventSchema.parse(event)).toEqual(event);
    }
  });

  test('an unknown key in an event is refused', () => {
    const [event] = numbered(started());
    expect(eventSchema.safeParse({ ...event, extra: 1 }).success).toBe(false);
  });
});

describe('what is read off a debate', () => {
  const byPerson = { ...turn(2, 1, 'bo'), author: 'person' } as const;
  const debate = fold(
    numbered(started(), opening, byPerson, turn(3, 1, 'ann'), drafted, answered('ann'), {
      ...drafted,
      draft: 2,
    }),
  );
  if (!debate) throw new Error('no debate');

  test('its calls are those of models: a person’s speech is none, a refused statement and its answers are', () => {
    expect(callsOf(debate)).toHaveLength(5);
    expect(callsOf(fold(numbered(started(), opening))!)).toHaveLength(1);
  });

  test('speeches of a round leave out the moderator and other rounds', () => {
    expect(speechesOf(debate, 1).map(({ turn: number }) => number)).toEqual([2, 3]);
    expect(speechesOf(debate, 0)).toEqual([]);
  });

  test('people are those with speeches of their own, and their turns', () => {
    expect(peopleIn(debate)).toEqual([{ persona: 'bo', turns: [2] }]);
  });

  test('a speaker’s name is the persona’s, the moderator’s, or its id', () => {
    expect(['ann', 'moderator', 'gone'].map((id) => nameOf(debate, id))).toEqual([
      'ANN',
      'Moderator',
      'gone',
    ]);
  });
});

describe('bids', () => {
  const debate = fold(numbered(started(), opening, turn(2, 1, 'ann'), turn(3, 1, 'bo')));
  if (!debate) throw new Error('no debate');

  test('the last speaker pays four points, the one before two', () => {
    const ranked = rankBids(debate, [
      { persona: 'ann', wish: 7 },
      { persona: 'bo', wish: 8 },
      { persona: 'cy', wish: 4.5 },
    ]);
    expect(ranked.map(({ persona, score }) => [persona, score])).toEqual([
      ['ann', 5],
      ['cy', 4.5],
      ['bo', 4],
    ]);
  });

  test('an unread bid counts as no wish and ties go to the order of the cast', () => {
    const ranked = rankBids(debate, [
      { persona: 'cy', wish: null },
      { persona: 'ann', wish: 2 },
    ]);
    expect(ranked.map(({ persona }) => persona)).toEqual(['cy', 'ann']);
  });
});

describe('what judges read of a debate', () => {
  test('is, of a turn, each stand and pledge once, and what it states as fact where that was asked', () => {
    const samples = [
      { readings: [quote(2, 'Half.'), quote(3, 'All.')], pledges: [quote(2, 'We sign.')] },
      { readings: [quote(2, 'Half.'), quote(2, 'A third.')] },
    ];
    const facts = [quote(2, 'It rained.'), quote(3, 'It snowed.')];
    const verdicts = [
      { round: 1, samples, convergence: { facts } },
      { round: 2, samples: [{ readings: [quote(2, 'Half, then.')] }], convergence: {} },
    ];
    const debate = { verdicts } as unknown as Parameters<typeof quotedOf>[0];
    expect(quotedOf(debate, { turn: 2, round: 1 })).toEqual({
      ...{ terms: ['Half.', 'We sign.', 'A third.', 'Half, then.'], stated: ['It rained.'] },
    });
    expect(quotedOf(debate, { turn: 9, round: 2 })).toEqual({ terms: [] });
    expect(quotedOf(debate, { turn: 9, round: 3 })).toEqual({ terms: [] });
  });

  test('is taken back only by who was read on that issue in a round before', () => {
    const cell = (speaker: string, issue: string, stand = 'position') => ({ speaker, issue, stand });
    const taken = (speaker: string, issue: string) => ({ speaker, issue, from: 1, to: 3 });
    const retractions = [
      taken('ann', 'price'),
      taken('bo', 'price'),
      taken('ann', 'lanes'),
      taken('cy', 'price'),
    ];
    const verdicts = [
      { round: 1, cells: [cell('ann', 'price'), cell('cy', 'price', 'abstain')], convergence: null },
      { round: 2, cells: [cell('bo', 'price'), cell('ann', 'lanes')], convergence: { retractions } },
    ] as unknown as Parameters<typeof retractionsAfter>[0];
    expect(retractionsAfter(verdicts, 2)).toEqual([taken('ann', 'price')]);
    expect(retractionsAfter(verdicts, 1)).toEqual([]);
    expect(retractionsAfter(verdicts, 3)).toEqual([]);
  });

  test('begins with the rounds that the last shortened prompt still held whole', () => {
    const bodies = [started(), opening, turn(2, 1, 'ann')];
    expect(fullFromOf(fold(numbered(...bodies))!)).toBe(1);
    const shortened = [3, 4].map((number) => ({ ...turn(number, number, 'ann'), fullFrom: number - 1 }));
    expect(fullFromOf(fold(numbered(...bodies, ...shortened, turn(5, 4, 'bo')))!)).toBe(3);
  });
});

function quote(turn: number, words: string) {
  return { turn, quote: words };
}
