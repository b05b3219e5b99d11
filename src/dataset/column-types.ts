const dataTypes = { text: 'string', integer: 'int64', decimal: 'float64', truth: 'bool' } as const;

/** Columns as the features of a Hugging Face card, for its YAML. */
export function featuresOf(columns: Columns): unknown[] {
  return Object.entries(columns).map(([name, type]) => ({ name, ...featureOf(type) }));
}

function featureOf(type: ColumnType): Record<string, unknown> {
  switch (type.kind) {
    case 'list':
      return type.of.kind === 'group'
        ? { list: featuresOf(type.of.fields) }
        : { sequence: Object.values(featureOf(type.of))[0] };
    case 'group':
      return { struct: featuresOf(type.fields) };
    default:
      return { dtype: dataTypes[type.kind] };
  }
}

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
  /** Shared: the very same object stands in many rows, and is never changed. */
  | { kind: 'group'; fields: Columns; isShared?: true };

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
export const messages = listOf({ kind: 'group', fields: { role: text, content: text }, isShared: true });
