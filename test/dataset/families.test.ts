import { beforeAll, describe, expect, test } from 'vitest';
import { differenceOf } from '../../src/dataset/pairs/difference.ts';
import {
  createRepeats,
  type Descent,
  familiesOf,
  forksLast,
  prefixOf,
} from '../../src/dataset/pairs/families.ts';
import { pairsOfFamily, type RankingRule } from '../../src/dataset/pairs/pair-of-family.ts';
import type { ExportedDebate } from '../../src/dataset/row-provenance.ts';
import type { EventOf } from '../../src/debate/events.ts';
import { asFork, exportedOf, harbourDebate, speechOf } from './exported-debates.ts';

function fork(run: string, of: string, turn: number): Descent {
  return { run, debate: run, forkedFrom: { debate: of, turn } };
}

describe('families', () => {
  const root: Descent = { run: 'root', debate: 'root', forkedFrom: null };

  test('are never made of separate debates', () => {
    expect(familiesOf([root, { ...root, run: 'other', debate: 'other' }])).toEqual([]);
  });

  test('are a debate and its forks at one turn', () => {
    const found = familiesOf([root, fork('a', 'root', 7), fork('b', 'root', 7), fork('c', 'root', 9)]);
    expect(found).toEqual([
      { turn: 7, runs: ['root', 'a', 'b'] },
      { turn: 9, runs: ['root', 'c'] },
    ]);
  });

  test('hold together where the debate they come from is not there', () => {
    expect(familiesOf([fork('a', 'gone', 7), fork('b', 'gone', 7)])).toEqual([{ turn: 7, runs: ['a', 'b'] }]);
    expect(familiesOf([fork('a', 'gone', 7)])).toEqual([]);
  });

  test('know that a fork of a fork shares the turns before the older fork with the first debate', () => {
    const old = fork('old', 'root', 7);
    expect(familiesOf([root, old, fork('same', 'old', 7)])).toEqual([
      { turn: 7, runs: ['root', 'old', 'same'] },
    ]);
    expect(familiesOf([root, old, fork('early', 'old', 3)])).toContainEqual({
      turn: 3,
      runs: ['root', 'early'],
    });
    expect(familiesOf([root, old, fork('late', 'old', 9)])).toContainEqual({
      turn: 9,
      runs: ['old', 'late'],
    });
  });

  test('do not go round in circles with forks that name each other', () => {
    const found = familiesOf([fork('a', 'b', 7), fork('b', 'a', 7)]);
    for (const { runs } of found) expect(new Set(runs).size).toBe(runs.length);
  });
});

describe('the speeches of a family', () => {
  const started = (debate: string, forkedFrom: { debate: string; turn: number } | null = null) =>
    ({ debate, forkedFrom }) as EventOf<'debate-started'>;
  const root: Descent = { run: 'root', debate: 'root', forkedFrom: null };
  const descents = [root, fork('a', 'root', 7), fork('b', 'a', 9)];

  test('are taught once, in whichever of its debates', () => {
    const repeats = createRepeats(descents);
    expect(repeats.isTaught(started('root'), 'said')).toBe(false);
    repeats.teach(started('b', { debate: 'a', turn: 9 }), 'said');
    for (const debate of ['root', 'a', 'b']) {
      expect(repeats.isTaught(started(debate), 'said')).toBe(true);
      expect(repeats.isTaught(started(debate), 'unsaid')).toBe(false);
    }
    repeats.teach(started('root'), 'more');
    expect(repeats.isTaught(started('a'), 'said')).toBe(true);
    expect(repeats.isTaught(started('a'), 'more')).toBe(true);
  });

  test('are nothing to debates without forks, nor to other families', () => {
    const repeats = createRepeats([...descents, fork('x', 'gone', 3), fork('y', 'gone', 5)]);
    repeats.teach(started('alone'), 'said');
    expect(repeats.isTaught(started('alone'), 'said')).toBe(false);
    repeats.teach(started('x'), 'said');
    expect(repeats.isTaught(started('y'), 'said')).toBe(true);
    expect(repeats.isTaught(started('root'), 'said')).toBe(false);
  });

  test('are those of a circle of forks too', () => {
    const repeats = createRepeats([fork('a', 'b', 3), fork('b', 'a', 3)]);
    repeats.teach(started('a'), 'said');
    expect(repeats.isTaught(started('a'), 'said')).toBe(true);
  });

  test('are taught by the debate they come from first', () => {
    expect(forksLast(['b', 'root', 'a', 'else'], descents)).toEqual(['root', 'else', 'b', 'a']);
    expect(forksLast(['b', 'a'], [root])).toEqual(['b', 'a']);
  });
});

describe('a pair', () => {
  const turn = 7;
  let root: ExportedDebate;
  let worse: ExportedDebate;

  beforeAll(async () => {
    root = exportedOf(await harbourDebate());
    const invented = await harbourDebate((speaker, number) =>
      number < turn ? speechOf(speaker, number) : 'Some 4,711 pumps were “torn out by night” on 5 May 2019.',
    );
    worse = asFork(exportedOf(invented), 'fork', 'test', turn);
  });

  const pairsOf = (family: ExportedDebate[], rule: RankingRule, margin: number) => {
    const pairs = pairsOfFamily(family, turn, rule, margin);
    if (typeof pairs === 'string') throw new Error(pairs);
    return pairs;
  };

  test('has the prompt that both were sent, the better speech and the worse', () => {
    const [pair, ...others] = pairsOf([root, worse], 'grounding', 0.1);
    expect(others).toEqual([]);
    expect(pair?.messages.at(-1)?.role).toBe('user');
    expect(pair?.messages.at(-1)?.content).toMatch(/<task kind="speak" round="2"/);
    expect(pair?.chosen.text).toBe(root.debate.turns[turn - 1]?.text);
    expect(pair?.rejected.text).toContain('4,711');
    expect((pair?.chosen.score ?? 0) - (pair?.rejected.score ?? 0)).toBeGreaterThanOrEqual(0.1);
    expect(pair).toMatchObject({ differs: 'sampling', isShared: true });
  });

  test('is the same whichever way on came first', () => {
    const [pair] = pairsOf([worse, root], 'grounding', 0.1);
    expect(pair?.chosen.text).toBe(root.debate.turns[turn - 1]?.text);
  });

  test('is given for every two speeches that the rule ranks apart, the same two once', async () => {
    const middling = await harbourDebate((speaker, number) =>
      number < turn
        ? speechOf(speaker, number)
        : 'The gate was closed for the farms [P2], and 4,711 pumps ran.',
    );
    const third = asFork(exportedOf(middling), 'third', 'test', turn);
    const again = asFork(worse, 'again', 'test', turn);
    const pairs = pairsOf([root, worse, third, again], 'grounding', 0.05);
    const texts = pairs.map(
      ({ chosen, rejected }) => `${chosen.text.slice(0, 12)}|${rejected.text.slice(0, 12)}`,
    );
    expect(pairs).toHaveLength(3);
    expect(new Set(texts).size).toBe(3);
  });

  test('is none below the margin, and of one way on', () => {
    expect(pairsOfFamily([root, worse], turn, 'grounding', 1.1)).toBe('no-margin');
    expect(pairsOfFamily([root, worse], turn, 'movement', 0.5)).toBe('no-margin');
    expect(pairsOfFamily([root, asFork(root, 'same', 'test', turn)], turn, 'grounding', 0.1)).toBe('one-way');
  });

  test('is of the speech that moved the others by its reasons, and none where nobody asked why they moved', () => {
    const credited = (family: ExportedDebate, credit: number): ExportedDebate => ({
      ...family,
      speeches: family.speeches.map((speech) =>
        speech.turn === turn ? { ...speech, persuasion: credit } : speech,
      ),
    });
    const [pair] = pairsOf([credited(root, 0.2), credited(worse, 1.4)], 'persuasion', 0.5);
    expect(pair?.chosen).toMatchObject({ score: 1.4, text: worse.debate.turns[turn - 1]?.text });
    expect(pairsOfFamily([credited(root, 1), credited(worse, 1.4)], turn, 'persuasion', 0.5)).toBe(
      'no-margin',
    );
    expect(pairsOfFamily([root, worse], turn, 'persuasion', 0.5)).toBe('no-score');
  });

  test('has no beginning where a debate ended before the turn', () => {
    expect(prefixOf(root.debate, root.debate.turns.length + 1)).toBeNull();
    expect(prefixOf(root.debate, root.debate.turns.length)).not.toBeNull();
  });

  test('is none of a debate alone, the others being left out', () => {
    expect(pairsOfFamily([root], turn, 'grounding', 0.1)).toBe('left-out');
  });

  test('is none where the rule can score fewer than two', () => {
    expect(pairsOfFamily([root, worse], turn, 'judge', 0.05)).toBe('no-score');
  });

  test('is none of debates that differ before the turn, whatever they claim', async () => {
    const changed = exportedOf(
      await harbourDebate((speaker, number) => `Other words of ${speaker}, ${number}.`),
    );
    expect(pairsOfFamily([root, asFork(changed, 'fork', 'test', turn)], turn, 'grounding', 0.1)).toBe(
      'other-prefix',
    );
  });

  /** The fork with another strategy, whose prompt at the forked turn has a hash of its own. */
  const elsewhere = (exported: ExportedDebate, strategy: string, promptHash: string): ExportedDebate => ({
    ...exported,
    debate: {
      ...exported.debate,
      started: { ...exported.debate.started, strategy },
      turns: exported.debate.turns.map((one) => (one.turn === turn ? { ...one, promptHash } : one)),
    },
  });

  test('of two prompts shows the one that the chosen speech answered, and says so', () => {
    const [pair] = pairsOf([root, elsewhere(worse, 'steelman', 'f'.repeat(64))], 'grounding', 0.1);
    expect(pair).toMatchObject({ differs: 'strategy', isShared: false });
    expect(pair?.from).toBe(root);
  });

  test('of one prompt goes before any of two', async () => {
    const other = elsewhere(asFork(worse, 'other', 'test', turn), 'steelman', 'e'.repeat(64));
    const pairs = pairsOf([root, worse, other], 'grounding', 0.1);
    expect(pairs.map(({ isShared }) => isShared)).toEqual([true]);
  });
});

describe('the difference of two debates', () => {
  test('is where they part', async () => {
    const one = (await harbourDebate()).debate;
    const other = (
      await harbourDebate((speaker, turn) => (turn < 4 ? speechOf(speaker, turn) : `Else ${turn}.`))
    ).debate;
    const difference = differenceOf(one, other);
    expect(difference.sharedTurns).toBe(3);
    expect(difference.parting.one?.turn).toBe(4);
    expect(difference.parting.other?.text).toBe('Else 4.');
  });

  test('is none of a debate and itself', async () => {
    const { debate } = await harbourDebate();
    const difference = differenceOf(debate, debate);
    expect(difference.parting).toEqual({ one: null, other: null });
    expect(difference.positions).toEqual([]);
  });
});
