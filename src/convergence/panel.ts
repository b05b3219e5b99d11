import type { JudgeSample } from '../debate/readings.ts';
import { mean, sampleVariance } from './statistics.ts';

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
