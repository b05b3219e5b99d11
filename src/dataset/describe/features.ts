import type { Columns, ColumnType } from '../columns.ts';

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
