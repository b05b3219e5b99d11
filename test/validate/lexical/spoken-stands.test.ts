import { expect, test } from 'vitest';
import { readLexically } from '../../../bench/validate/lexical/read-lexically.ts';

const issues = [
  {
    id: 'week',
    title: 'Weekly hours',
    question: 'How long is the working week?',
    anchors: {
      0: 'The working week stays at forty hours',
      3: 'The working week is cut to thirty-eight hours',
      6: 'A thirty-five hour week',
    },
  },
  {
    id: 'training',
    title: 'Compensation for travel',
    question: 'Who pays for journeys?',
    anchors: {
      0: 'No compensation for journeys',
      3: 'A shared fund pays for long journeys',
      6: 'The firm pays for all journeys in full',
    },
  },
];

function positions(...texts: string[]) {
  const turns = texts.map((text, place) => ({ turn: place + 1, speaker: 'Council', text }));
  const readings = readLexically({
    issues,
    turns: [...turns, { turn: 99, speaker: 'Board', text: 'Good day.' }],
  });
  return Object.fromEntries(readings.map(({ issue, position }) => [issue, position]));
}

test.each([
  ['What about thirty-eight hours?', { week: 3 }],
  ['Why not a shared fund for long journeys?', { training: 3 }],
  ['Do you want a shared fund for long journeys?', {}],
])('a question that proposes is a stand, and another one is none: %s', (text, expected) => {
  expect(positions(text)).toEqual(expected);
});

test.each([
  "We won't settle for less than a thirty-five hour week.",
  "We can't move from a thirty-five hour week.",
  'Nobody will talk us out of a thirty-five hour week.',
])('a denial of everything else affirms: %s', (text) => {
  expect(positions(text)).toEqual({ week: 6 });
});

test('the absence of what an anchor does not speak of denies no anchor', () => {
  expect(positions('We want the firm to pay for all journeys in full, with no delay.')).toEqual({
    training: 6,
  });
});

test('a title at the head of a clause tells the issue, and is no evidence for an anchor with its words', () => {
  expect(positions('On compensation for travel, we want all journeys paid in full.')).toEqual({
    training: 6,
  });
});

test('a clause that says whose idea the one before it was makes that one reported', () => {
  expect(positions('A shared fund for long journeys: that is the idea of the Board.')).toEqual({});
  expect(positions('A shared fund for long journeys: that is our idea.')).toEqual({ training: 3 });
});

test('an offer is taken back on the issue that is named', () => {
  const offers = [
    'We ask for the firm to pay for all journeys in full. We propose a thirty-five hour week.',
    'We accept a shared fund for long journeys. We accept forty hours.',
  ];
  expect(positions(...offers)).toEqual({ training: 3, week: 0 });
  expect(positions(...offers, 'On compensation for travel, we withdraw our offer.')).toEqual({
    training: 6,
    week: 0,
  });
});

test('what somebody else no longer stands by is not taken back', () => {
  const before = ['We accept forty hours.', 'We accept thirty-eight hours.'];
  expect(positions(...before, 'The Board no longer stands by its weekly hours.')).toEqual({ week: 3 });
  expect(positions(...before, 'We no longer stand by that on weekly hours.')).toEqual({ week: 0 });
});
