import type { Agenda } from '../debate/agenda.ts';
import type { JudgeSample } from '../debate/readings.ts';
import type { Convergence } from '../debate/verdict.ts';
import { readingsOf } from './cells.ts';
import { noiseOfReading, type ReaderError } from './reader-error.ts';
import { interquartileRange, mean, meanOrNone, sampleVariance } from './statistics.ts';

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

/**
 * How alike the mistakes of different judges are, 0..1, where nothing was measured: nine language models as judges were
 * worth about two independent ones (arXiv:2605.29800), and 9 / (1 + 8 r) = 2 gives this correlation.
 */
const sharedMistakes = 0.44;

type Judged = Pick<JudgeSample, 'judge'>;

/**
 * How many judges read these samples, and the effectively independent votes that they are worth, from 1 to their number:
 * J / (1 + (J - 1) r), Kish's (1965) effective sample size for J judges whose mistakes correlate by r. Samples of one judge are one vote,
 * however many.
 */
export function votesOf(samples: readonly Judged[]): { judges: number; votes: number } {
  const judges = Math.max(1, namesOf(samples).length);
  return { judges, votes: judges / (1 + (judges - 1) * sharedMistakes) };
}

/**
 * Variance of a cell's mean by which judges differ beyond the noise of their own samples, in squared points; 0 for one judge.
 * `cells`: for each cell what each sample read, null for nothing, in the order of `samples`.
 */
export function betweenJudges(
  samples: readonly Judged[],
  cells: readonly (readonly (number | null)[])[],
): number {
  const names = namesOf(samples);
  const split = cells.map((readings) =>
    names
      .map((name) =>
        readings.filter((position, place) => position !== null && (samples[place]?.judge ?? '') === name),
      )
      .filter((own): own is number[] => own.length > 0),
  );
  const compared = split.filter((own) => own.length > 1);
  if (compared.length === 0) return 0;
  const between = mean(compared.map((own) => sampleVariance(own.map(mean)) / own.length));
  const within = mean(compared.map((own) => mean(own.map(withinOne)) / own.length));
  return Math.max(0, between - within);
}

function namesOf(samples: readonly Judged[]): string[] {
  return [...new Set(samples.map(({ judge }) => judge ?? ''))];
}

/** Variance of one judge's mean by its own samples alone. */
function withinOne(readings: readonly number[]): number {
  return sampleVariance(readings) / readings.length;
}
