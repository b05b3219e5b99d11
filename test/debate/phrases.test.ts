import { describe, expect, test } from 'vitest';
import { fold } from '../../src/debate/debate.ts';
import { failure, orThrow, ParleyError, success } from '../../src/debate/outcome.ts';
import {
  answerPhrase,
  byStatus,
  callOf,
  caucusCallSentence,
  caucusTitle,
  offersInWords,
  outcomeOfStatement,
  outgrownSentence,
  peopleSentence,
  statementTitle,
  turnNote,
} from '../../src/debate/phrases.ts';
import { beyondOthersLines, ownLinesCrossed } from '../../src/debate/red-lines.ts';
import { answered, call, drafted, numbered, started, turn } from './small-debate.ts';

const spokenInPrivate = {
  ...{ type: 'caucus-spoken' as const, turn: 1, round: 2, speaker: 'ann', to: 'bo', part: 1, parts: 2 },
  ...{ text: 'Between us.', notes: '', ending: 'complete' as const, ...call },
};

describe('what is said of a turn', () => {
  test.each([
    ['nothing of a whole speech of a model', { ending: 'complete' }, ''],
    [
      'an ending and a length',
      { ending: 'length', overLength: { words: 190, asked: 150 } },
      'cut at the token limit; 190 words, 150 asked',
    ],
    [
      'one round that the context no longer held',
      { ending: 'complete', fullFrom: 2 },
      'round 1 is shown to the speakers as verified positions',
    ],
    [
      'several rounds that the context no longer held',
      { ending: 'refused', fullFrom: 3 },
      'the model refused; rounds 1 to 2 are shown to the speakers as verified positions',
    ],
    ['no round where the context held all', { ending: 'complete', fullFrom: 1 }, ''],
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

test('private words and answers that people wrote are named beside their speeches', () => {
  const bodies = [
    ...[started(), turn(1, 0, 'moderator', 'opening'), { ...turn(2, 1, 'ann'), author: 'person' as const }],
    { ...spokenInPrivate, author: 'person' as const },
    ...[drafted, answered('ann'), { ...answered('bo'), author: 'person' as const }],
  ];
  const debate = fold(numbered(...bodies));
  if (!debate) throw new Error('no debate');
  expect(peopleSentence(debate)).toBe(
    'A person wrote these speeches, and no model: ANN (T2, in private); BO (the answer to the closing statement).',
  );
});

describe('a talk in private', () => {
  const debate = fold(numbered(started()));
  if (!debate) throw new Error('no debate');

  test('is named by who talks to whom', () => {
    expect(caucusTitle(debate, spokenInPrivate)).toBe('ANN to BO, in private before round 2');
  });

  test('is called or not, with the reason where there is one', () => {
    const called = {
      ...call,
      type: 'caucus-called' as const,
      round: 2,
      pair: ['ann', 'bo'] as [string, string],
    };
    expect(caucusCallSentence(debate, { ...called, turns: 2, why: 'They are near.' })).toBe(
      'The moderator lets ANN and BO talk in private before round 2: They are near.',
    );
    expect(caucusCallSentence(debate, { ...called, turns: 0, why: '' })).toBe(
      'The moderator calls no talk in private before round 2.',
    );
  });

  test('is told by its offers, by having none, or by what failed', () => {
    const read = { ...call, type: 'caucus-read' as const, round: 2, failure: '', rejected: [] };
    const offer = {
      speaker: 'ann',
      position: 3,
      act: 'conditional' as const,
      turn: 1,
      quote: 'Half, if you pay.',
    };
    const offers = [
      { ...offer, issue: 'price' },
      { ...offer, issue: 'gone' },
    ];
    expect(offersInWords(debate, { ...read, outcome: 'read', offers })).toEqual([
      'ANN on Price: 3 of 6, on a condition: “Half, if you pay.”',
      'ANN on gone: 3 of 6, on a condition: “Half, if you pay.”',
    ]);
    expect(offersInWords(debate, { ...read, outcome: 'read', offers: [] })).toEqual([
      'No term was offered that could be quoted.',
    ]);
    expect(offersInWords(debate, { ...read, outcome: 'failed', failure: 'It broke.', offers: [] })).toEqual([
      'What was offered could not be read. It broke.',
    ]);
  });
});

test('a debate that outgrew a context says from where on, for speakers and judge', () => {
  const told = (turns: object[], verdicts: object[]) =>
    outgrownSentence({ turns, verdicts } as Parameters<typeof outgrownSentence>[0]);
  expect(told([{ turn: 1 }], [{ round: 1 }])).toBeNull();
  const grown = [{ turn: 8 }, { turn: 9, fullFrom: 2 }, { turn: 10, fullFrom: 3 }];
  expect(told(grown, [])).toContain('stood before the speakers from turn 9 on as verified');
  expect(told([], [{ round: 1 }, { round: 3, fullFrom: 2 }])).toContain(
    'before the judge from round 3 on as',
  );
  expect(told(grown, [{ round: 3, fullFrom: 2 }])).toContain(
    'the speakers from turn 9 on and the judge from round 3 on',
  );
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

test('an answer to the statement says who wrote it where a person did', () => {
  expect(answerPhrase(answered('ann'))).toBe('signed');
  expect(answerPhrase({ answer: 'refused', author: 'person' })).toBe('refused to sign (written by a person)');
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
  expect(failure('gone', 'It is gone.')).toStrictEqual({
    ok: false,
    failure: { reason: 'gone', message: 'It is gone.' },
  });
  expect(failure('gone', 'It is gone.', { name: 'a' })).toMatchObject({ failure: { data: { name: 'a' } } });
});

test('an outcome gives its value, or throws its failure with reason and message', () => {
  expect(orThrow(success(3))).toBe(3);
  const thrown = (() => {
    try {
      return orThrow(failure('gone', 'It is gone.'));
    } catch (error) {
      return error;
    }
  })();
  expect(thrown).toBeInstanceOf(ParleyError);
  expect(thrown).toMatchObject({ name: 'ParleyError', reason: 'gone', message: 'It is gone.' });
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
