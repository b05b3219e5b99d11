import { mean } from './statistics.ts';

/** How far a judge is off by what all its samples share: they agree on its mistakes, so that more of them do not show these. */
export interface ReaderError {
  /** Root mean square error of a cell beside the noise between samples, in points of the scale. */
  points: number;
  /** Standard deviation of one reading about the judge's own mean, in points; null where it was never measured. */
  noise: number | null;
  /** Root mean square distance of C on an issue that was left unread from the C of those that were read, 0..1. */
  unreadIssue: number;
  /** What this rests on. */
  basis: 'default' | 'measured';
  /** Transcripts, and of these readings by people, that it was measured on; 0 for the default. */
  transcripts: number;
  labels: number;
}

/**
 * What a judge is taken to be off by that was never validated. 0.16 points holds the rounding to halves that judges do (a quarter of a
 * point at most, 0.25 / sqrt(3) = 0.144 in the mean) and little else: `parley validate` measures what a judge really is off by.
 * An unread issue lay 0.27 from those read on constructed transcripts of talk.
 */
export const unvalidatedError: ReaderError = {
  points: 0.16,
  noise: null,
  unreadIssue: 0.27,
  basis: 'default',
  transcripts: 0,
  labels: 0,
};

/**
 * Standard deviation of one reading of a judge whose noise was never measured, in points, where one reading was made and its scatter cannot
 * be seen: one step of the half points that judges read in, which holds the rounding to them.
 */
const unvalidatedNoise = 0.5;

/** What one reading of this judge scatters by, in points. */
export function noiseOfReading({ noise }: ReaderError): number {
  return noise ?? unvalidatedNoise;
}

/** One cell that a judge read where the truth is known; null truth where it was read and nobody has labelled it. */
export interface CheckedCell {
  /** Mean of the samples, 0..6, their variance and their number. */
  read: number;
  variance: number;
  samples: number;
  truth: number | null;
  /** Was the truth set before the words were written, or by a person who read them? */
  by: 'construction' | 'person';
}

/** Cells that the default counts for beside those measured, so that few cells that happen to be right prove little. */
const cellsOfDefault = 20;

/** Labelled cells from which a person's own transcripts speak for themselves. */
const fewestLabels = 8;

/**
 * What a judge is off by, from cells whose truth is known: the mean squared error of a cell's mean less the part that the noise of its samples
 * explains. A person's own labels, where there are enough, decide it by the prediction-powered estimate over all cells read of that person's
 * transcripts, labelled or not; constructed transcripts count where that is larger or where labels are few. null for no known truth.
 */
export function measuredError(cells: readonly CheckedCell[], transcripts: number): ReaderError | null {
  const known = cells.filter((cell) => cell.truth !== null);
  if (known.length === 0) return null;
  const own = cells.filter(({ by }) => by === 'person');
  const labelled = own.filter((cell) => cell.truth !== null);
  const square =
    labelled.length >= fewestLabels
      ? Math.max(0, predictionPowered(labelled.map(excess), labelled.map(noiseOf), own.map(noiseOf)))
      : Math.max(0, mean(known.map(excess)));
  const count = labelled.length >= fewestLabels ? labelled.length : known.length;
  const shrunk = (count * square + cellsOfDefault * unvalidatedError.points ** 2) / (count + cellsOfDefault);
  const repeated = cells.filter(({ samples }) => samples > 1);
  return {
    points: Math.sqrt(shrunk),
    noise: repeated.length === 0 ? null : Math.sqrt(mean(repeated.map(({ variance }) => variance))),
    unreadIssue: unvalidatedError.unreadIssue,
    basis: 'measured',
    transcripts,
    labels: labelled.length,
  };
}

/**
 * The mean of what few have been labelled, helped by a prediction that all have: mean(y - l f) over the labelled and l mean(f) over all, with
 * the l that leaves the least variance (Angelopoulos and others 2023, Prediction-powered inference, doi:10.1126/science.adi6000; the choice of l is
 * that of PPI++, arXiv:2311.01453). A prediction that tells nothing has l = 0 and leaves the mean of the labels.
 */
export function predictionPowered(
  labels: readonly number[],
  predictions: readonly number[],
  all: readonly number[],
): number {
  const centre = { label: mean(labels), prediction: mean(predictions) };
  let shared = 0;
  let spread = 0;
  for (const [place, label] of labels.entries()) {
    const prediction = (predictions[place] as number) - centre.prediction;
    shared += prediction * (label - centre.label);
    spread += prediction * prediction;
  }
  const power = spread === 0 ? 0 : shared / spread / (1 + labels.length / Math.max(1, all.length));
  return centre.label + power * (mean(all) - centre.prediction);
}

function excess({ read, truth, variance, samples }: CheckedCell): number {
  return (read - (truth ?? read)) ** 2 - variance / samples;
}

function noiseOf({ variance, samples }: CheckedCell): number {
  return variance / samples;
}
