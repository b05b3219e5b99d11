import type { Agenda } from '../../debate/agenda.ts';
import type { ReaderError } from '../reader-error.ts';
import { evidenceKinds } from './evidence-kind.ts';
import { measuredError } from './measured-error.ts';

/**
 * What the lexical reader was off by on made-up transcripts whose truth was known (`measured-error.ts`, written by
 * `node bench/validate/calibrate.ts`): a cell's error by the kind of its evidence, and the quantiles that make a 95% interval of it. It
 * speaks for talk like that; on other talk the reader may be off by more.
 */
export function lexicalError(
  agenda: Agenda,
  turns: readonly { turn: number; speaker: string }[],
): ReaderError {
  const kindOf = evidenceKinds(agenda, turns);
  const { cells, unreadIssue, quantiles } = measuredError;
  return { ofCell: (cell) => cells[kindOf(cell)].points, ofUnreadIssue: unreadIssue.share, quantiles };
}
