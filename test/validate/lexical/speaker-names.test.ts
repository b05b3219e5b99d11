import { expect, test } from 'vitest';
import { readLexically } from '../../../bench/validate/lexical/read-lexically.ts';
import { speakerNames } from '../../../bench/validate/lexical/speaker-names.ts';

const issues = [
  {
    id: 'sites',
    title: 'Sites',
    question: 'Which sites are closed?',
    anchors: {
      0: 'Every site stays open',
      3: 'The northern reactor is closed',
      6: 'All reactors are dismantled',
    },
  },
];

test.each([
  ['Arms-control advocate', 'The arms control advocate asks for more.'],
  ['arms-control-advocate', 'The Arms-control advocate asks for more.'],
  ['Arms control advocate', 'The ARMS\u2011CONTROL ADVOCATE asks for more.'],
  ["Descendants' council", 'The Descendants’ council asks for more.'],
])('the name %s is met in: %s', (name, text) => {
  expect(speakerNames([name]).firstIn(text)).toBe(4);
});

test('a name inside a longer word is no name', () => {
  expect(speakerNames(['Ann']).firstIn('Anna spoke of planning.')).toBe(-1);
});

test('what a party with a hyphen in its name wants is not the speaker\u2019s own stand', () => {
  const positionsWith = (name: string) =>
    readLexically({
      issues,
      turns: [
        { turn: 1, speaker: name, text: 'Good morning.' },
        {
          turn: 2,
          speaker: 'Host',
          text: 'The Arms-control advocate insists that all reactors are dismantled.',
        },
      ],
    });
  expect(positionsWith('Arms-control advocate')).toEqual([]);
  expect(positionsWith('Somebody else')).toHaveLength(1);
});

test('where turns are labelled by ids, the names that speeches use are known too', () => {
  const turns = [
    { turn: 1, speaker: 'seat-1', text: 'Good morning.' },
    { turn: 2, speaker: 'seat-2', text: 'The Freeze-first league insists that all reactors are dismantled.' },
  ];
  expect(readLexically({ issues, turns })).toHaveLength(1);
  expect(readLexically({ issues, turns, names: new Map([['seat-1', ['Freeze-first league']]]) })).toEqual([]);
});

test('a party named for words of an anchor is not read by its name', () => {
  const turns = [
    {
      turn: 1,
      speaker: 'Northern reactor',
      text: 'We thank you. Our position, as the Northern reactor, is clear.',
    },
  ];
  expect(readLexically({ issues, turns })).toEqual([]);
});
