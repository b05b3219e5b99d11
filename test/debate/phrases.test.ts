import { describe, expect, test } from 'vitest';
import { fold } from '../../src/debate/debate.ts';
import { failure } from '../../src/debate/outcome.ts';
import {
  byStatus,
  callOf,
  outcomeOfStatement,
  peopleSentence,
  statementTitle,
  turnNote,
} from '../../src/debate/phrases.ts';
import { beyondOthersLines, ownLinesCrossed } from '../../src/debate/red-lines.ts';
import { answered, drafted, numbered, started, turn } from './small-debate.ts';

describe('what is said of a turn', () => {
  test.each([
    ['nothing of a whole speech of a model', { ending: 'complete' }, ''],
    [
      'an ending and a length',
      { ending: 'length', overLength: { words: 190, asked: 150 } },
      'cut at the token limit; 190 words, 150 asked',
    ],
    ['its author, if a person', { ending: 'complete', author: 'person' }, 'written by a person'],
  ] as const)('is %s', (_, ended, note) => {
    expect(turnNote(ended)).toBe(note);
  });
});

test('speeches that people wrote are named with their turns, and nothing is said where models wrote all', () => {
  const byModels = [started(), turn(1, 0, 'moderator', 'opening'), turn(2, 1, 'ann'), turn(3, 1, 'bo')];
  const debate = fold(numbered(...byModels));
  const mixed = fold(numbered(...byModels.slice(0, 3), { ...turn(3, 1, 'bo'), author: 'person' }));
  if (!debate || !mixed) throw new Error('no debate');
  expect(peopleSentence(debate)).toBeNull();
  expect(peopleSentence(mixed)).toBe('A person wrote these speeches, and no model: BO (T3).');
});

test.each([
  ['judge', { number: 2, of: 3 }, 'reading 2 of 3 of the positions'],
  ['judge', undefined, 'reading positions'],
  ['speak', undefined, 'Ann'],
  [undefined, undefined, 'Ann'],
  ['poll', undefined, 'Ann, answering off the record'],
] as const)('a call for %s (part %o) is called "%s"', (purpose, part, words) => {
  expect(callOf('Ann', purpose, part)).toBe(words);
});

test('a second draft of the statement says so', () => {
  expect([statementTitle({}), statementTitle({ draft: 2 })]).toEqual([
    'Closing statement',
    'Closing statement, second draft',
  ]);
});

test('what is agreed comes before what hangs on conditions and what is open, otherwise in the order given', () => {
  const items = (['open', 'agreed', 'conditional', 'agreed'] as const).map((status, id) => ({ status, id }));
  expect(byStatus(items).map(({ id }) => id)).toEqual([1, 3, 2, 0]);
});

describe('red lines', () => {
  const breach = { issue: 'price', position: 5, min: 0, max: 3 };
  const own = { ...breach, holder: 'ann', speaker: 'ann' };
  const others = { ...breach, holder: 'ann', speaker: 'bo' };
  const acceptable = { share: 0.5, breaches: [own, others] };

  test('of its own that a speaker crosses are told from those of others', () => {
    const crossed = { ...breach, speaker: 'cy', quote: 'Five.', turn: 4 };
    const lines = { acceptable, ownLines: { kept: 0.5, crossed: [crossed] } };
    expect(ownLinesCrossed(lines)).toEqual([crossed]);
    expect(beyondOthersLines(lines)).toEqual([others]);
  });

  test('of its own are found among the others in readings that kept them there', () => {
    expect(ownLinesCrossed({ acceptable })).toEqual([{ ...breach, speaker: 'ann', quote: null, turn: null }]);
  });
});

test('a failure carries data only where there is some', () => {
  expect(failure('gone', 'It is gone.')).toEqual({
    ok: false,
    failure: { reason: 'gone', message: 'It is gone.' },
  });
  expect(failure('gone', 'It is gone.', { name: 'a' })).toMatchObject({ failure: { data: { name: 'a' } } });
});

test('what not all have signed is called a draft, beside how many signed', () => {
  const items = [
    { issue: 'price', status: 'agreed', text: 'Three euros.' },
    { issue: 'lanes', status: 'open', text: 'Two or four.' },
  ] as const;
  const answer = (persona: string, more: object) => {
    const [event] = numbered({ ...answered(persona), ...more });
    if (event?.type !== 'statement-answered') throw new Error('an answer stays one');
    return event;
  };
  const signs = answer('north', {});
  const refuses = answer('south', { answer: 'refused' });
  expect(outcomeOfStatement([...items], [signs, refuses])).toBe(
    'Of 2 issues, as the moderator drafted them: 1 agreed, 0 conditional, 1 open. 1 of 2 who answered signed the closing statement.',
  );
  expect(outcomeOfStatement([...items], [signs, { ...signs, persona: 'south' }])).toBe(
    'Of 2 issues: 1 agreed, 0 conditional, 1 open. 2 of 2 who answered signed the closing statement.',
  );
  expect(outcomeOfStatement(drafted.items, [signs])).toBe(
    '1 of 1 who answered signed the closing statement.',
  );
});
