import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../src/debate/debate.ts';
import { refusesTask } from '../../../src/run/reading/refusals.ts';

type Break = { kind: 'assistant' | 'meta'; quote: string; turn: number };

/** What the judge of round 1 read: breaks of role, undefined where it was not asked, and turns that it quoted for a stand. */
function read(
  roleBreaks: Break[] | undefined,
  stands: number[] = [],
): Pick<Verdict, 'round' | 'samples' | 'convergence'> {
  return {
    round: 1,
    samples: [{ readings: stands.map((turn) => ({ turn })) }],
    convergence: roleBreaks ? { roleBreaks } : {},
  } as unknown as Verdict;
}

const japanese = '申し訳ありませんが、AIとしてこの役は演じられません。';
const english = "I'm sorry, but I can't help with that request.";

describe('a speech that declines to take the part', () => {
  test.each<[string, string, ReturnType<typeof read>, boolean]>([
    ['by its phrases where no judge was asked', english, read(undefined), true],
    ['not by phrases that a judge did not find to leave the role', english, read([]), false],
    [
      'by a quoted voice of an assistant, in any language',
      japanese,
      read([{ kind: 'assistant', quote: '申し訳ありませんが、AIとして', turn: 2 }]),
      true,
    ],
    [
      'not where it takes a stand besides',
      japanese,
      read([{ kind: 'assistant', quote: '申し訳', turn: 2 }], [2]),
      false,
    ],
    [
      'not where the voice comes at the end',
      `We hold to six weeks, and to the notice in writing. ${english}`,
      read([{ kind: 'assistant', quote: english, turn: 2 }]),
      false,
    ],
    ['not by talk about the exercise', english, read([{ kind: 'meta', quote: english, turn: 2 }]), false],
    ['not by another turn', english, read([{ kind: 'assistant', quote: english, turn: 3 }]), false],
  ])('%s', (_, text, verdict, expected) => {
    const verdicts = [verdict] as unknown as Verdict[];
    expect(refusesTask({ verdicts }, { turn: 2, round: 1, text })).toBe(expected);
  });

  test('by the same words given for two speeches, in any language, where no stand was read', () => {
    const said = (turn: number, text: string) => ({ turn, text, kind: 'speech' as const });
    const twice = [said(2, japanese), said(3, ` ${japanese}\n`), said(4, 'We hold to six weeks.')];
    const of = (verdict: ReturnType<typeof read>, turn: number, text: string, turns = twice) =>
      refusesTask({ verdicts: [verdict] as unknown as Verdict[], turns }, { turn, round: 1, text });
    expect(of(read([]), 2, japanese)).toBe(true);
    expect(of(read([], [2]), 2, japanese)).toBe(false);
    expect(of(read([]), 4, 'We hold to six weeks.')).toBe(false);
    expect(of(read([]), 2, japanese, twice.slice(2))).toBe(false);
  });

  test('by its phrases where the judge is the simulator, which finds no break of a role', () => {
    const by = (simulated: boolean) =>
      refusesTask(
        { verdicts: [read([])] as unknown as Verdict[], started: { models: { judge: { simulated } } } },
        { turn: 2, round: 1, text: english },
      );
    expect([by(true), by(false)]).toEqual([true, false]);
  });
});
