import { type FilterName, filterNames } from './filters.ts';

/** Counts what came in, what was left out and why, and what was written. */
export interface Counts {
  debates: number;
  removed: Partial<Record<FilterName, number>>;
  /** Rows by format and split. */
  rows: Record<string, Record<string, number>>;
  /** Personas' rows whose every prompt was rendered again to the hash in the journal, and all of them. */
  verified: { exact: number; of: number };
}

export function createCounts(): Counts {
  return { debates: 0, removed: {}, rows: {}, verified: { exact: 0, of: 0 } };
}

export function countRemoved(counts: Counts, name: FilterName): void {
  counts.removed[name] = (counts.removed[name] ?? 0) + 1;
}

export function countRow(counts: Counts, format: string, split: string): void {
  const ofFormat = counts.rows[format] ?? {};
  ofFormat[split] = (ofFormat[split] ?? 0) + 1;
  counts.rows[format] = ofFormat;
}

/** What was left out, in the order in which the filters work. */
export function removedInWords(counts: Counts): { count: number; what: string }[] {
  return (Object.keys(filterNames) as FilterName[]).flatMap((name) => {
    const count = counts.removed[name];
    return count === undefined ? [] : [{ count, what: filterNames[name] }];
  });
}
