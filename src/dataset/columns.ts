/**
 * What a column holds. One description makes the JSON lines, the Parquet schema, the card's features and the
 * Croissant fields, so that none of them can disagree with another.
 */
export type ColumnType =
  | { kind: 'text' }
  /** Optional: left out of JSON, null in Parquet. */
  | { kind: 'integer'; isOptional?: true }
  /** Always written with a decimal point; null where there is none. */
  | { kind: 'decimal' }
  | { kind: 'truth' }
  | { kind: 'list'; of: ColumnType }
  | { kind: 'group'; fields: Columns };

/** Columns by name, in the order in which they stand in every row. */
export type Columns = Readonly<Record<string, ColumnType>>;

/** A row has every column of its table and no other. */
export type Row = Readonly<Record<string, unknown>>;

export const text: ColumnType = { kind: 'text' };
export const integer: ColumnType = { kind: 'integer' };
export const decimal: ColumnType = { kind: 'decimal' };
export const truth: ColumnType = { kind: 'truth' };

export function listOf(of: ColumnType): ColumnType {
  return { kind: 'list', of };
}

export function groupOf(fields: Columns): ColumnType {
  return { kind: 'group', fields };
}

/** Messages as TRL, Axolotl and OpenAI take them. */
export const messages = listOf(groupOf({ role: text, content: text }));
