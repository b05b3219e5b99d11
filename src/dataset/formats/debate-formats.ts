import { decimal, groupOf, integer, listOf, messages, text } from '../columns.ts';
import type { DebateFormat, ReadingFormat } from './format.ts';

const turn = { turn: integer, round: integer, speaker: text, name: text, kind: text, text };

/** The debate as one record. With notes each turn has one column more. */
export function transcript(hasNotes: boolean): DebateFormat {
  return {
    name: 'transcript',
    of: 'debate',
    use: 'the whole debate as one record: all speakers, positions, verdicts, the closing statement',
    columns: {
      turns: listOf(groupOf(hasNotes ? { ...turn, notes: text } : turn)),
      verdicts: listOf(
        groupOf({
          round: integer,
          convergence: decimal,
          convergence_low: decimal,
          convergence_high: decimal,
          confidence: text,
        }),
      ),
      positions: listOf(
        groupOf({
          round: integer,
          speaker: text,
          issue: text,
          position: decimal,
          quote: text,
          turn: integer,
        }),
      ),
      statement: text,
      answers: listOf(groupOf({ persona: text, answer: text, reason: text })),
    },
    isBare: false,
    row: ({ provenance: _, ...record }) => record,
  };
}

export const judge: ReadingFormat = {
  name: 'judge',
  of: 'reading',
  use: 'reading positions: what the moderator’s judge was shown, and the answer of which code has checked every quote',
  columns: { messages, round: integer, sample: integer },
  isBare: false,
  row: ({ messages, round, sample }) => ({ messages, round, sample }),
};
