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
