import type { Agenda } from '../debate/agenda.ts';
import type { JudgeSample } from '../debate/readings.ts';
import type { Convergence } from '../debate/verdict.ts';
import { readingsOf } from './cells.ts';
import { votesOf } from './panel.ts';
import { noiseOfReading, type ReaderError } from './reader-error.ts';
import { interquartileRange, meanOrNone } from './statistics.ts';

type Tagged = { position: number; isFirst: boolean };

/**
 * How steady the judge was, in points of the scale; each null where no cell allows it.
 * - spread: mean interquartile range of the cells with two readings or more
 * - order gap: mean |difference| between a cell's mean reading with its speaker in the first half of the plan and in the second
 * - reversal gap: the same between upright and reversed scales
 * The gaps are means of absolute differences, so noise alone makes them positive: read them beside the spread. That judges favour
 * a place is known from Wang et al. (2024), Large Language Models are not Fair Evaluators.
 */
export function judgeQuality(
  agenda: Agenda,
  speakers: readonly string[],
  samples: readonly JudgeSample[],
  error: ReaderError,
): Convergence['judge'] {
  const cells = speakers.flatMap((speaker) => agenda.map(({ id }) => ({ speaker, issue: id })));
  const spreads = cells.flatMap(({ speaker, issue }) => {
    const positions = readingsOf(speaker, issue, samples).map((reading) => reading.position);
    return positions.length < 2 ? [] : [interquartileRange(positions)];
  });
  const gap = (isFirst: (sample: JudgeSample, speaker: string) => boolean) =>
    meanOrNone(cells.flatMap((cell) => gapOf(tagged(cell, samples, isFirst)) ?? []));
  const failed = samples.filter((sample) => sample.outcome === 'failed').length;
  const read = samples.length - failed;
  return {
    samples: samples.length,
    failed,
    spread: meanOrNone(spreads),
    orderGap: gap(({ speakerOrder }, speaker) => speakerOrder.indexOf(speaker) < speakerOrder.length / 2),
    reversalGap: gap((sample) => sample.reversed),
    ...votesOf(samples),
    error: {
      points: error.points,
      basis: error.basis,
      transcripts: error.transcripts,
      labels: error.labels,
      ...(read === 1 ? { noise: noiseOfReading(error) } : {}),
    },
  };
}

function tagged(
  { speaker, issue }: { speaker: string; issue: string },
  samples: readonly JudgeSample[],
  isFirst: (sample: JudgeSample, speaker: string) => boolean,
): Tagged[] {
  return samples.flatMap((sample) =>
    readingsOf(speaker, issue, [sample]).map(({ position }) => ({
      position,
      isFirst: isFirst(sample, speaker),
    })),
  );
}

function gapOf(readings: readonly Tagged[]): number | null {
  const meanOf = (isFirst: boolean) =>
    meanOrNone(readings.filter((reading) => reading.isFirst === isFirst).map(({ position }) => position));
  const first = meanOf(true);
  const second = meanOf(false);
  return first === null || second === null ? null : Math.abs(first - second);
}
