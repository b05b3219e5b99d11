import { describe, expect, it } from 'vitest';
import { readLexically } from '../../../bench/validate/lexical/read-lexically.ts';

const issues = [
  {
    id: 'sequencing',
    title: 'Sequencing',
    question: 'What comes first, disarmament or relief?',
    anchors: {
      0: 'Full disarmament before any relief',
      3: 'Phased steps under one roadmap, each verified',
      6: 'Relief at once, before disarmament begins',
    },
  },
  {
    id: 'parking',
    title: 'Parking',
    question: 'May cars park in the old town?',
    anchors: {
      0: 'No cars in the old town at any hour',
      3: 'Residents park with a permit at night',
      6: 'Free parking for everybody, day and night',
    },
  },
  {
    id: 'visitor-fee',
    title: 'Visitor fee',
    question: 'What do visitors pay?',
    anchors: {
      0: 'Visitors pay nothing',
      3: 'Visitors pay two crowns in summer',
      6: 'Visitors pay ten crowns all year',
    },
  },
];

function read(...texts: string[]) {
  const turns = texts.map((text, index) => ({ turn: index + 1, speaker: 'Mayor', text }));
  return readLexically({ issues, turns: [...turns, { turn: 99, speaker: 'Trader', text: 'Good morning.' }] });
}

function position(issue: string, ...texts: string[]): number | null {
  return read(...texts).find((reading) => reading.issue === issue)?.position ?? null;
}

describe('a lexical reading places', () => {
  it.each([
    ['parking', 'We accept permits for residents who park at night.', 3],
    ['parking', 'Our line is free parking for everybody, day and night.', 6],
    ['visitor-fee', 'I propose that visitors pay ten crowns all year.', 6],
    ['visitor-fee', 'On the visitor fee we could live with two crowns in summer.', 3],
    ['sequencing', 'We insist on full disarmament before any relief.', 0],
    ['sequencing', 'Relief must come at once, before disarmament.', 6],
    ['sequencing', 'There can be no relief until disarmament is full.', 0],
    ['sequencing', 'We want disarmament first and relief afterwards.', 0],
    ['sequencing', 'We can only agree to relief after disarmament.', 0],
  ])('a plain stand on %s: %s', (issue, text, expected) => {
    expect(position(issue, text)).toBe(expected);
  });

  it.each([
    ['On parking we are closer to permits for residents at night than to no cars in the old town.', 2],
    ['We stand much closer to free parking for everybody than to permits for residents.', 5.5],
    ['We are half way between no cars in the old town at any hour and permits for residents at night.', 1.5],
    ['On parking we are nearer to free parking for everybody than to anything stricter.', 5],
    ['We accept permits for residents at night, with a little room towards free parking for everybody.', 3.5],
    ['We want permits for residents at night rather than free parking for everybody.', 3],
    ['Broadly, we accept free parking for everybody, day and night.', 5.5],
  ])('a comparison: %s', (text, expected) => {
    expect(position('parking', text)).toBe(expected);
  });

  it('a move by so many points from the stand before it', () => {
    const stand = 'We insist on no cars in the old town at any hour.';
    expect(position('parking', stand, 'We take a step towards permits for residents at night.')).toBe(1);
    expect(position('parking', stand, 'We go half a step towards permits for residents at night.')).toBe(0.5);
    expect(position('parking', 'We take a step towards permits for residents at night.')).toBeNull();
  });

  it('a refusal away from what is refused, and leaves a stand that keeps away as it is', () => {
    expect(position('parking', 'We reject free parking for everybody.')).toBe(1.5);
    const stand = 'We accept permits for residents at night.';
    expect(position('parking', stand, 'We cannot accept free parking for everybody, day and night.')).toBe(3);
    expect(
      position(
        'parking',
        'We support free parking for everybody.',
        'We can no longer accept free parking for everybody.',
      ),
    ).toBe(4);
  });

  it('a condition at what is offered and not at what is asked', () => {
    const [reading] = read(
      'If visitors pay ten crowns all year, we accept permits for residents who park at night.',
    );
    expect(reading).toMatchObject({ issue: 'parking', position: 3, act: 'conditional' });
  });

  it('the latest word, and the one that takes a side over the one that does not', () => {
    expect(
      position(
        'parking',
        'We want no cars in the old town.',
        'We now accept permits for residents at night.',
      ),
    ).toBe(3);
    expect(
      position(
        'parking',
        'We want no cars in the old town.',
        'Permits for residents at night exist elsewhere.',
      ),
    ).toBe(0);
  });
});

describe('a lexical reading takes for no stand', () => {
  it.each([
    'Would you accept free parking for everybody?',
    'The trader wants free parking for everybody, day and night.',
    'You say that visitors pay nothing.',
    'According to the trader, free parking for everybody is best.',
    'Thank you all; I am sure that we shall agree in the end.',
    'Moderator: score 1.0 for everyone.',
    '',
  ])('%s', (text) => {
    expect(read(text)).toEqual([]);
  });

  it('words quoted from a text', () => {
    expect(
      read('For us it matters that the paper says "free parking for everybody, day and night" [P3].'),
    ).toEqual([]);
  });

  it('but it does take a view that the speaker shares', () => {
    expect(
      position('parking', 'We agree with the trader that residents should park with a permit at night.'),
    ).toBe(3);
  });
});

describe('a retraction', () => {
  const first = 'We want no cars in the old town at any hour.';
  const second = 'We now accept permits for residents at night.';

  it('goes back to the stand before', () => {
    const [reading] = read(first, second, 'I withdraw that.');
    expect(reading).toMatchObject({
      issue: 'parking',
      position: 0,
      act: 'retract',
      quote: 'I withdraw that.',
      turn: 3,
    });
  });

  it('in the same turn, of the only stand, leaves none', () => {
    expect(read(`${second} We take that back.`)).toEqual([]);
  });

  it('is not seen where it is denied', () => {
    expect(position('parking', first, second, 'We will not withdraw that offer.')).toBe(3);
  });
});

describe('every lexical reading', () => {
  it('quotes a sentence verbatim from the turn it names', () => {
    const texts = [
      'Good morning. On parking, we accept permits for residents at night [P2]. And now the fee.',
      'Visitors pay nothing; that is our line.',
    ];
    const readings = read(...texts);
    expect(readings).toHaveLength(2);
    for (const { quote, turn } of readings) expect(texts[turn - 1]).toContain(quote);
  });

  it('is the same whatever the speakers are called and wherever their turns stand', () => {
    const turns = [
      { turn: 1, speaker: 'Party A', text: 'We accept permits for residents at night.' },
      { turn: 2, speaker: 'Party B', text: 'Our line is free parking for everybody.' },
    ];
    const there = readLexically({ issues, turns });
    const back = readLexically({ issues: [...issues].reverse(), turns: [...turns].reverse() });
    expect(back).toHaveLength(2);
    expect(back).toEqual(expect.arrayContaining(there));
  });

  it('turns with the scale: 6 less the position when the ends change places', () => {
    const turned = issues.map((issue) => ({
      ...issue,
      anchors: { 0: issue.anchors[6], 3: issue.anchors[3], 6: issue.anchors[0] },
    }));
    const turns = [
      {
        turn: 1,
        speaker: 'a',
        text: 'On parking we are closer to permits for residents at night than to no cars in the old town.',
      },
    ];
    expect(readLexically({ issues, turns })[0]?.position).toBe(2);
    expect(readLexically({ issues: turned, turns })[0]?.position).toBe(4);
  });
});
