import type { ParquetRow, SchemaTree } from 'hyparquet';
import { NumberToken } from './read-row.ts';

/** Bytes of a text column that are no UTF-8. */
export class BrokenText {}

/** A row of Parquet in the form in which rows of JSON lines are held to the rules: numbers as tokens by their column's type. */
export function rowOfParquet(row: ParquetRow, { children }: SchemaTree): Record<string, unknown> {
  return Object.fromEntries(
    children.map((column) => [column.element.name, decoded(row[column.element.name], column)]),
  );
}

/** Where a row holds bytes that are no text; null where all of it is. */
export function brokenTextIn(value: unknown, path = ''): string | null {
  if (value instanceof BrokenText) return path;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const found = brokenTextIn(inner, path === '' ? key : `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

function decoded(value: unknown, column: SchemaTree): unknown {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) {
    const inner = itemOf(column);
    return value.map((item) => decoded(item, inner));
  }
  if (typeof value === 'bigint') return new NumberToken(String(value));
  if (typeof value === 'number') return numberOf(value, column);
  if (typeof value !== 'object' || column.children.length === 0 || value instanceof BrokenText) return value;
  const fields = Object.entries(value).map(([name, inner]) => {
    const field = column.children.find(({ element }) => element.name === name);
    return [name, field ? decoded(inner, field) : inner];
  });
  return Object.fromEntries(fields);
}

/** The items of a list stand two levels below it, or, as older writers have it, one; a repeated column is its own item. */
function itemOf(column: SchemaTree): SchemaTree {
  const [only, ...others] = column.children;
  if (!only || others.length > 0 || only.element.repetition_type !== 'REPEATED') return column;
  return only.children.length === 1 ? (only.children[0] ?? only) : only;
}

function numberOf(value: number, { element }: SchemaTree): NumberToken {
  const digits = String(value);
  const isWhole = element.type === 'INT32' && element.converted_type !== 'DECIMAL';
  return new NumberToken(isWhole || !/^-?\d+$/.test(digits) ? digits : `${digits}.0`);
}
