import { assess } from '../../convergence/assess.ts';
import type { ReaderError } from '../../convergence/reader-error.ts';
import type { CallRecord } from '../../debate/calls.ts';
import type { BodyOf } from '../../debate/events.ts';
import type { JudgeSample } from '../../debate/readings.ts';
import { termsOf } from '../../grounding/facts.ts';
import { repetitionOf } from '../../grounding/repetition.ts';
import type { JudgeInput } from './judge-input.ts';

/** Puts the samples of one round together, from one judge or several; without samples there is no score. */
export function verdictOf(
  samples: readonly JudgeSample[],
  calls: readonly CallRecord[],
  input: JudgeInput,
  readerError?: ReaderError,
): BodyOf<'verdict-given'> {
  const { agenda, cast, speeches, round, earlier } = input;
  const assessed = assess({
    ...{ agenda, cast, turns: speeches, round, samples, earlier, termsOf },
    repetition: largestRepetition(speeches, round),
    ...(readerError ? { readerError } : {}),
  });
  const isRead = assessed.convergence !== null;
  const failure = samples.find((sample) => sample.outcome === 'failed')?.failure ?? '';
  return {
    type: 'verdict-given',
    round,
    outcome: isRead ? 'read' : 'failed',
    failure: isRead ? '' : failure,
    samples: [...samples],
    ...assessed,
    calls: [...calls],
  };
}

/** The largest share of a speech of this round that repeats its speaker's earlier ones, 0..1. */
export function largestRepetition(speeches: JudgeInput['speeches'], round: number): number {
  const shares = speeches
    .filter((speech) => speech.round === round)
    .map((speech) => {
      const { speaker, turn } = speech;
      return repetitionOf(
        speech,
        speeches.filter((other) => other.speaker === speaker && other.turn < turn),
      );
    });
  return Math.max(0, ...shares);
}
