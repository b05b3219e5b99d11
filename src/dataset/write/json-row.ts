import type { Columns, ColumnType, Row } from '../column-types.ts';

/** Line breaks to some readers but not to JSON (NEL, U+2028, U+2029), C1 controls and the byte order mark. */
const troublesome = /[\u007f-\u009f\u2028\u2029\ufeff]/;
const everyTroublesome = /[\u007f-\u009f\u2028\u2029\ufeff]/g;

/**
 * A row as one line of JSON without its newline. Keys stand in the columns' order; a decimal keeps its point, so that
 * no reader takes a column of 0, 1 and 0.5 for whole numbers; lone surrogates become U+FFFD.
 */
export function jsonRow(row: Row, columns: Columns): string {
  return `{${fieldsOf(row, columns)}}`;
}

function fieldsOf(row: Row, columns: Columns): string {
  const fields: string[] = [];
  for (const [name, type] of Object.entries(columns)) {
    const value = row[name];
    if (value === undefined && type.kind === 'integer' && type.isOptional) continue;
    fields.push(`${JSON.stringify(name)}:${jsonValue(value, type, name)}`);
  }
  return fields.join(',');
}

function jsonValue(value: unknown, type: ColumnType, name: string): string {
  switch (type.kind) {
    case 'text':
      return jsonText(expect<string>(typeof value === 'string', value, name));
    case 'integer':
      return String(expect<number>(Number.isSafeInteger(value), value, name));
    case 'decimal':
      return value === null ? 'null' : jsonDecimal(expect<number>(Number.isFinite(value), value, name));
    case 'truth':
      return String(expect<boolean>(typeof value === 'boolean', value, name));
    case 'list': {
      const items = expect<unknown[]>(Array.isArray(value), value, name);
      return `[${items.map((item) => jsonValue(item, type.of, name)).join(',')}]`;
    }
    case 'group': {
      const group = expect<Row>(typeof value === 'object' && value !== null, value, name);
      return `{${fieldsOf(group, type.fields)}}`;
    }
  }
}

function jsonText(value: string): string {
  const quoted = JSON.stringify(value.toWellFormed());
  if (!troublesome.test(quoted)) return quoted;
  return quoted.replace(
    everyTroublesome,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function jsonDecimal(value: number): string {
  const digits = JSON.stringify(value);
  return /[.e]/.test(digits) ? digits : `${digits}.0`;
}

/** A row that does not fit its columns is a bug in its maker. */
function expect<Value>(fits: boolean, value: unknown, name: string): Value {
  if (!fits) throw new TypeError(`column ${name} cannot hold ${JSON.stringify(value)}`);
  return value as Value;
}
