import { expect, test } from 'vitest';
import { groundDebate } from '../../src/grounding/debate-grounding.ts';
import { groundTurn } from '../../src/grounding/turn-grounding.ts';

const passages = [{ number: 1, text: 'The bridge at Oldford has 40 cracks, said Ada Brook in 2021.' }];
const turn = (number: number, round: number, speaker: string, text: string) => ({
  turn: number,
  round,
  speaker,
  text,
  grounding: groundTurn({ text, passages, agenda: [], castNames: [], earlierTurns: [] }),
});

test('the sums of the speakers are the sums of the debate', () => {
  const turns = [
    turn(1, 1, 'north', 'There are 40 cracks in it [P1]. There are 55 boats there [P7].'),
    turn(
      2,
      1,
      'south',
      'He wrote "the bridge at Oldford has cracks" there. It was "nothing of any kind" then.',
    ),
  ];
  const { all, bySpeaker } = groundDebate(turns, passages);
  expect(bySpeaker.map(({ speaker }) => speaker)).toEqual(['north', 'south']);
  expect(bySpeaker[0]?.totals).toMatchObject({
    turns: 1,
    citations: 2,
    existing: 1,
    claims: 2,
    claimsCited: 1,
    unsupported: 1,
  });
  expect(bySpeaker[1]?.totals).toMatchObject({ quotations: 2, faithful: 0, misquoted: 1, absent: 1 });
  expect(all).toMatchObject({ turns: 2, citations: 2, quotations: 2, claims: 4, claimsCited: 1 });
});

test('the score of a speaker is the mean over the turns that have one', () => {
  const turns = [
    turn(1, 1, 'north', 'There are 40 cracks in it [P1].'),
    turn(2, 2, 'north', 'We wait.'),
    turn(3, 3, 'north', 'There are 55 boats in the water [P9].'),
  ];
  // 1 (citation, claim and number hold), none, 0 (citation, claim and number do not)
  expect(groundDebate(turns, passages).all.score).toBe(0.5);
});

test('the key facts of the article are counted round by round', () => {
  const turns = [turn(1, 1, 'north', 'Oldford has 40 cracks.'), turn(2, 2, 'south', 'Since 2021 we wait.')];
  // Oldford, 40, Ada Brook, 2021: two in round 1, one in round 2, three in all
  expect(groundDebate(turns, passages).keyFacts).toEqual({
    total: 4,
    used: 3,
    byRound: [
      { round: 1, share: 0.5 },
      { round: 2, share: 0.25 },
    ],
  });
});

test('a debate without speeches has no score and uses nothing', () => {
  const { all, keyFacts } = groundDebate([], passages);
  expect(all.score).toBeNull();
  expect(keyFacts).toMatchObject({ used: 0, byRound: [] });
});
