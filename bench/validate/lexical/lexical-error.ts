import type { ReaderError } from '../../../src/convergence/reader-error.ts';

/** What the lexical reader was off by on the held-out constructed transcripts; it reads the same each time. */
export const lexicalError: ReaderError = {
  points: 1.8,
  noise: 0,
  unreadIssue: 0.27,
  basis: 'measured',
  transcripts: 270,
  labels: 0,
};
