import { NumberToken } from './read-row.ts';

type Kind = 'text' | 'whole number' | 'decimal' | 'true or false' | 'list' | 'group';

/** Remembers what each column of a table held, over rows and over files. */
export interface ColumnKinds {
  /** What a row adds that does not fit what was there before. */
  clashesOf(row: Record<string, unknown>): string[];
}

/**
 * Arrow gives each column one type. Text beside numbers fails; whole numbers beside decimals fail or not by where a
 * block of the file ends, which is worse. Each clash is told once.
 */
export function createColumnKinds(): ColumnKinds {
  const kinds = new Map<string, Kind>();
  const told = new Set<string>();

  const note = (path: string, value: unknown, clashes: string[]): void => {
    const kind = kindOf(value);
    if (kind === null) return;
    const before = kinds.get(path);
    if (before === undefined) kinds.set(path, kind);
    else if (before !== kind && !told.has(`${path} ${kind}`)) {
      told.add(`${path} ${kind}`);
      clashes.push(`column ${path} is ${kind} here and ${before} before`);
    }
    if (Array.isArray(value)) for (const item of value) note(`${path}[]`, item, clashes);
    else if (kind === 'group') {
      for (const [key, inner] of Object.entries(value as object)) note(`${path}.${key}`, inner, clashes);
    }
  };

  return {
    clashesOf(row) {
      const clashes: string[] = [];
      for (const [key, value] of Object.entries(row)) note(key, value, clashes);
      return clashes;
    },
  };
}

function kindOf(value: unknown): Kind | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'true or false';
  if (value instanceof NumberToken) return value.isWhole ? 'whole number' : 'decimal';
  return Array.isArray(value) ? 'list' : 'group';
}
