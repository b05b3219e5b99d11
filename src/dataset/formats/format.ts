import type { Columns, Row } from '../columns.ts';
import type { DebateExample, PairExample, PersonaExample, ReadingExample } from './examples.ts';

interface FormatOf<Kind extends string, Example> {
  name: string;
  /** What its rows are made of. */
  of: Kind;
  /** What it is for, in one line. */
  use: string;
  columns: Columns;
  /** Bare rows hold nothing but these columns; where they come from then stands in a file beside them. */
  isBare: boolean;
  /** null where the example gives no row. */
  row(example: Example): Row | null;
}

export interface PersonaFormat extends FormatOf<'persona', PersonaExample> {
  /** Which speeches of a row a trainer learns from: all, the last, or those whose weight is 1. */
  learns: 'all' | 'last' | 'weighted';
}
export type DebateFormat = FormatOf<'debate', DebateExample>;
export type ReadingFormat = FormatOf<'reading', ReadingExample>;
export type PairFormat = FormatOf<'pair', PairExample>;

/** A training format: what its rows look like, and how an example becomes one. */
export type Format = PersonaFormat | DebateFormat | ReadingFormat | PairFormat;
