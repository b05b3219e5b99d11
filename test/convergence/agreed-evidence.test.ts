import { describe, expect, test } from 'vitest';
import { agreedClaims, agreedStretches } from '../../src/convergence/confidence.ts';
import { sample } from './made-up-readings.ts';

const claim = (speaker: string, quote: string, turn = 1) => ({ speaker, quote, turn });
const claiming = (...lists: (ReturnType<typeof claim>[] | undefined)[]) =>
  lists.map((agreements, number) => sample(number, [], agreements ? { agreements } : {}));
const agreed = (...lists: Parameters<typeof claiming>) =>
  agreedClaims(claiming(...lists), ['north', 'south'], 'agreements');

describe('claims of agreement', () => {
  test('are kept where half of the samples quote them', () => {
    const one = [claim('north', 'Agreed.')];
    expect(agreed(one, [])).toEqual(one);
    expect(agreed(one, [], [])).toEqual([]);
    expect(agreed(one, one, [])).toEqual(one);
    expect(agreed(one, [], [], [])).toEqual([]);
  });

  test('count a sample once, however often it quotes the speaker', () => {
    const twice = [claim('north', 'Agreed.'), claim('north', 'Done.')];
    expect(agreed(twice, [], [], [])).toEqual([]);
  });

  test('are asked for: samples that were not asked have no vote, and where none was nothing is known', () => {
    const one = [claim('north', 'Agreed.')];
    expect(agreed(one, undefined, undefined)).toEqual(one);
    expect(agreed(undefined, undefined)).toBeNull();
    expect(agreed([], [])).toEqual([]);
  });

  test('are those of the speakers given', () => {
    expect(agreed([claim('observer', 'Agreed.')])).toEqual([]);
  });

  test('keep the longest words, of equals the first in the alphabet, whatever the order of the samples', () => {
    const lists = ['We agree.', 'Oh, we agree.', 'No, we agree.'].map((quote) => [claim('north', quote)]);
    for (const order of [lists, lists.toReversed(), [lists[1], lists[0], lists[2]]]) {
      expect(agreed(...order)).toEqual([claim('north', 'No, we agree.')]);
    }
  });

  test('come in the order of the turns, of one turn by their words', () => {
    const early = claim('north', 'Zero.', 2);
    const late = claim('south', 'Agreed.', 10);
    expect(agreed([late, early])).toEqual([early, late]);
    const [b, a] = [claim('north', 'Bound.', 3), claim('south', 'Agreed.', 3)];
    expect(agreed([b, a])).toEqual([a, b]);
    expect(agreed([a, b])).toEqual([a, b]);
  });

  test('are told from pledges', () => {
    const samples = [sample(0, [], { agreements: [claim('north', 'A.')], pledges: [claim('south', 'P.')] })];
    expect(agreedClaims(samples, ['north', 'south'], 'pledges')).toEqual([claim('south', 'P.')]);
  });
});

describe('breaks of role', () => {
  const text = 'As an AI I cannot sign. I own no harbour.';
  const speeches = [
    { speaker: 'north', turn: 1, text },
    { speaker: 'south', turn: 2, text },
  ];
  const broken = (...lists: [quote: string, turn: number][][]) =>
    agreedStretches(
      lists.map((list, number) =>
        sample(number, [], {
          roleBreaks: list.map(([quote, turn]) => ({
            ...{ speaker: turn === 1 ? 'north' : 'south', quote, turn, kind: 'assistant' as const },
          })),
        }),
      ),
      speeches,
      'roleBreaks',
    )?.map(({ quote, turn }) => [quote, turn]);

  test('cut differently by the samples are one, by its longest words', () => {
    expect(broken([['As an AI', 1]], [['an AI I cannot sign', 1]], [])).toEqual([['an AI I cannot sign', 1]]);
  });

  test('that only touch are two', () => {
    expect(broken([['As an AI ', 1]], [['I cannot sign', 1]], [], [])).toEqual([]);
    expect(broken([['I cannot sign', 1]], [['As an AI ', 1]], [], [])).toEqual([]);
  });

  test('in the same words of another turn are two', () => {
    expect(broken([['As an AI', 1]], [['As an AI', 2]], [])).toEqual([]);
  });

  test('that lie apart in a turn are two, in whichever order they are quoted', () => {
    expect(broken([['As an AI', 1]], [['I own no harbour', 1]], [])).toEqual([]);
    expect(broken([['I own no harbour', 1]], [['As an AI', 1]], [])).toEqual([]);
  });
});
