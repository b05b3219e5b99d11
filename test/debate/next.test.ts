import { describe, expect, test } from 'vitest';
import { fold } from '../../src/debate/debate.ts';
import type { EventBody } from '../../src/debate/events.ts';
import { next } from '../../src/debate/next.ts';
import {
  answered,
  drafted,
  numbered,
  picked,
  polled,
  started,
  traced,
  turn,
  verdict,
} from './small-debate.ts';

function nextAfter(...bodies: EventBody[]) {
  const debate = fold(numbered(...bodies));
  if (!debate) throw new Error('no debate');
  return next(debate);
}

const opening = turn(1, 0, 'moderator', 'opening');
const roundOne = [opening, turn(2, 1, 'ann'), turn(3, 1, 'bo'), turn(4, 1, 'cy')];

describe('what a debate needs next', () => {
  test('the moderator opens before anyone speaks', () => {
    expect(nextAfter(started())).toEqual({ type: 'open' });
  });

  test('the first of the cast speaks after the opening', () => {
    expect(nextAfter(started(), opening)).toEqual({ type: 'speak', round: 1, persona: 'ann' });
  });

  test('a round goes through the cast in order', () => {
    expect(nextAfter(started(), opening, turn(2, 1, 'ann'))).toEqual({
      type: 'speak',
      round: 1,
      persona: 'bo',
    });
  });

  test('positions are read once everyone has spoken', () => {
    expect(nextAfter(started(), ...roundOne)).toEqual({ type: 'judge', round: 1 });
  });

  test('the moderator steers before the next round', () => {
    expect(nextAfter(started(), ...roundOne, verdict(1))).toEqual({ type: 'steer', round: 2 });
  });

  test('the second round follows the steering question', () => {
    const steering = turn(5, 2, 'moderator', 'steering');
    expect(nextAfter(started(), ...roundOne, verdict(1), steering)).toEqual({
      type: 'speak',
      round: 2,
      persona: 'ann',
    });
  });

  test('advice to stop leads to the closing statement', () => {
    expect(nextAfter(started(), ...roundOne, verdict(1, 'converged'))).toEqual({ type: 'draft' });
  });

  test('advice to stop is not followed where the debate must run its rounds', () => {
    expect(nextAfter(started({ stopEarly: false }), ...roundOne, verdict(1, 'converged'))).toEqual({
      type: 'steer',
      round: 2,
    });
  });

  test('only principals answer the statement, each once', () => {
    const drafting = [started({ rounds: 1 }), ...roundOne, verdict(1), drafted];
    expect(nextAfter(...drafting)).toEqual({ type: 'answer', persona: 'ann' });
    expect(nextAfter(...drafting, answered('ann'))).toEqual({ type: 'answer', persona: 'bo' });
    expect(nextAfter(...drafting, answered('ann'), answered('bo'))).toEqual({
      type: 'end',
      reason: 'round-limit',
      detail: 'Its one round was held.',
    });
  });

  test('the end carries the reason of the advice', () => {
    const end = nextAfter(
      started(),
      ...roundOne,
      verdict(1, 'deadlock'),
      drafted,
      answered('ann'),
      answered('bo'),
    );
    expect(end).toEqual({ type: 'end', reason: 'deadlock', detail: 'It is a deadlock.' });
  });

  test('a used-up budget ends the debate before any further call', () => {
    expect(nextAfter(started({ budgetUsd: 0.01 }), opening)).toMatchObject({ type: 'end', reason: 'budget' });
    expect(nextAfter(started({ budgetTokens: 120 }), opening)).toMatchObject({
      type: 'end',
      reason: 'budget',
    });
  });

  test('nothing follows the end', () => {
    const end: EventBody = { type: 'debate-ended', reason: 'stopped', detail: '' };
    expect(nextAfter(started(), opening, end)).toEqual({ type: 'nothing' });
  });

  test('a resumed debate goes on where it was', () => {
    const end: EventBody = { type: 'debate-ended', reason: 'stopped', detail: '' };
    const resumed: EventBody = {
      type: 'debate-resumed',
      parley: '0',
      settings: started().settings,
      models: {},
    };
    expect(nextAfter(started(), opening, end, resumed)).toEqual({ type: 'speak', round: 1, persona: 'ann' });
  });

  test('a debate resumed with more rounds goes on after its round limit', () => {
    const settings = { ...started().settings, rounds: 2 };
    const resumed: EventBody = { type: 'debate-resumed', parley: '0', settings, models: {} };
    expect(nextAfter(started({ rounds: 1 }), ...roundOne, verdict(1), resumed)).toEqual({
      type: 'steer',
      round: 2,
    });
  });

  describe('a statement that a principal refuses', () => {
    const closed = [...roundOne, verdict(1, 'converged')];
    const refused = (change: string | null) => ({
      ...answered('bo'),
      ...{ answer: 'refused' as const, change },
    });
    const redrafted = { ...drafted, draft: 2 as const };

    test('is drafted once more where the words that would let it be signed are named', () => {
      const events = [started(), ...closed, drafted, answered('ann'), refused('Write "thirty days".')];
      expect(nextAfter(...events)).toEqual({ type: 'draft' });
    });

    test('stands as refused where no such words are named, or were never asked for', () => {
      expect(nextAfter(started(), ...closed, drafted, answered('ann'), refused(null)).type).toBe('end');
      const { change: _, ...unasked } = refused(null);
      expect(nextAfter(started(), ...closed, drafted, answered('ann'), unasked).type).toBe('end');
    });

    test('is answered anew by both, and never drafted a third time', () => {
      const again = [...closed, drafted, answered('ann'), refused('Thirty.'), redrafted];
      expect(nextAfter(started(), ...again)).toEqual({ type: 'answer', persona: 'ann' });
      expect(nextAfter(started(), ...again, answered('ann'), refused('Twenty.')).type).toBe('end');
    });

    test('is kept with its answers beside the second one', () => {
      const debate = fold(
        numbered(started(), ...closed, drafted, answered('ann'), refused('Thirty.'), redrafted),
      );
      expect(debate?.earlierStatements).toMatchObject([
        { answers: [{ persona: 'ann' }, { persona: 'bo', change: 'Thirty.' }] },
      ]);
      expect(debate?.statement?.draft).toBe(2);
      expect(debate?.answers).toEqual([]);
    });
  });

  test('a debate that goes on after its statement drafts a new one', () => {
    const settings = { ...started().settings, rounds: 2 };
    const resumed: EventBody = { type: 'debate-resumed', parley: '0', settings, models: {} };
    const steering = turn(5, 2, 'moderator', 'steering');
    const roundTwo = [turn(6, 2, 'ann'), turn(7, 2, 'bo'), turn(8, 2, 'cy'), verdict(2)];
    const first = [started({ rounds: 1 }), ...roundOne, verdict(1), drafted, answered('ann'), answered('bo')];
    expect(nextAfter(...first, resumed, steering, ...roundTwo)).toEqual({ type: 'draft' });
  });
});

describe('turn orders', () => {
  test('rotating moves the first speaker to the end in each next round', () => {
    const steering = turn(5, 2, 'moderator', 'steering');
    expect(nextAfter(started({ order: 'rotating' }), ...roundOne, verdict(1), steering)).toMatchObject({
      persona: 'bo',
    });
  });

  test('shuffled holds everyone once a round, the same way every time', () => {
    const first = nextAfter(started({ order: 'shuffled' }), opening);
    expect(nextAfter(started({ order: 'shuffled' }), opening)).toEqual(first);
    const order = [first];
    const turns: EventBody[] = [opening];
    for (let number = 2; number <= 4; number++) {
      const action = nextAfter(started({ order: 'shuffled' }), ...turns);
      if (action.type !== 'speak') throw new Error(action.type);
      turns.push(turn(number, 1, action.persona));
      order.push(action);
    }
    expect(new Set(turns.slice(1).map((one) => (one.type === 'turn-ended' ? one.speaker : ''))).size).toBe(3);
  });

  test('the moderator is asked to pick until one candidate is left', () => {
    const order = { order: 'moderator' } as const;
    expect(nextAfter(started(order), opening)).toEqual({
      type: 'pick',
      round: 1,
      candidates: ['ann', 'bo', 'cy'],
    });
    expect(nextAfter(started(order), opening, picked(1, 'bo'))).toEqual({
      type: 'speak',
      round: 1,
      persona: 'bo',
    });
    expect(nextAfter(started(order), opening, picked(1, 'bo'), turn(2, 1, 'bo'))).toEqual({
      type: 'pick',
      round: 1,
      candidates: ['ann', 'cy'],
    });
    const last = [opening, picked(1, 'bo'), turn(2, 1, 'bo'), picked(1, 'cy'), turn(3, 1, 'cy')];
    expect(nextAfter(started(order), ...last)).toEqual({ type: 'speak', round: 1, persona: 'ann' });
  });
});

describe('after a reading', () => {
  const read = [...roundOne, verdict(1)];

  test('every persona is asked off the record where the debate polls, in the order of the cast', () => {
    const polls = started({ poll: true });
    expect(nextAfter(polls, ...read)).toEqual({ type: 'poll', round: 1, persona: 'ann' });
    expect(nextAfter(polls, ...read, polled(1, 'ann'))).toEqual({ type: 'poll', round: 1, persona: 'bo' });
    const all = [polled(1, 'ann'), polled(1, 'bo'), polled(1, 'cy')];
    expect(nextAfter(polls, ...read, ...all)).toEqual({ type: 'steer', round: 2 });
    expect(nextAfter(polls, ...roundOne)).toEqual({ type: 'judge', round: 1 });
  });

  test('the facts of the round are looked for once, where the debate follows facts', () => {
    const facts = { ...started({ facts: true }), facts: [] };
    expect(nextAfter(facts, ...read)).toEqual({ type: 'trace', round: 1 });
    expect(nextAfter(facts, ...read, traced(1))).toEqual({ type: 'steer', round: 2 });
    expect(nextAfter(started({ facts: true }), ...read)).toEqual({ type: 'steer', round: 2 });
    expect(nextAfter({ ...started(), facts: [] }, ...read)).toEqual({ type: 'steer', round: 2 });
    expect(nextAfter(facts, ...roundOne)).toEqual({ type: 'judge', round: 1 });
  });

  test.each(['no-debate', 'neutral'] as const)('nobody is steered in the control %s', (control) => {
    const action = nextAfter({ ...started(), control }, ...read);
    expect(action).toEqual({ type: 'speak', round: 2, persona: 'ann' });
  });

  test.each(['same-persona', 'shuffled-turns'] as const)(
    'the moderator steers in the control %s',
    (control) => {
      expect(nextAfter({ ...started(), control }, ...read)).toEqual({ type: 'steer', round: 2 });
    },
  );

  test.each([
    [1, 'Its one round was held.'],
    [2, 'Both rounds were held.'],
    [3, 'All 3 rounds were held.'],
  ])('a control of %i rounds ends after them without a statement', (rounds, detail) => {
    const verdicts = Array.from({ length: rounds }, (_, index) => verdict(index + 1));
    const control = { ...started({ rounds }), control: 'neutral' as const };
    expect(nextAfter(control, opening, ...verdicts)).toEqual({ type: 'end', reason: 'round-limit', detail });
  });
});
