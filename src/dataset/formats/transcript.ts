import { decimal, groupOf, integer, listOf, text } from '../column-types.ts';
import type { DebateFormat } from './training-format.ts';

const turn = { turn: integer, round: integer, speaker: text, name: text, kind: text, text, author: text };
const columns = {
  turns: listOf(groupOf(turn)),
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
    groupOf({ round: integer, speaker: text, issue: text, position: decimal, quote: text, turn: integer }),
  ),
  statement: text,
  answers: listOf(groupOf({ persona: text, answer: text, reason: text })),
};

export const transcript: DebateFormat<'transcript'> = {
  name: 'transcript',
  of: 'debate',
  use: 'the whole debate as one record: all speakers, positions, verdicts, the closing statement',
  columns,
  columnsWithNotes: { ...columns, turns: listOf(groupOf({ ...turn, notes: text })) },
  isBare: false,
  trainers: {},
  check: { name: 'debates', needs: ['turns', 'verdicts', 'positions'], own: [], faults: () => [] },
  row: ({ provenance: _, ...record }) => record,
};
