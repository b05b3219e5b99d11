import type { FaultLog } from './faults.ts';

interface CountedFile {
  path: string;
  rows: number;
}

/**
 * Holds files of one table in a parley folder against each other: Parquet files hold the rows of the JSON lines beside
 * them, and bare rows have their provenance in a file of its own, line by line.
 */
export function checkCounts(files: readonly CountedFile[], log: FaultLog): void {
  const byTable = new Map<string, { lines: CountedFile | null; parquet: CountedFile | null }>();
  for (const { path, rows } of files) {
    const [, table, shard] = /^(data\/[^/]+\/[^/]+?)(-\d{5})?\.(?:jsonl|parquet)$/.exec(path) ?? [];
    if (table === undefined) continue;
    const counted = byTable.get(table) ?? { lines: null, parquet: null };
    byTable.set(table, counted);
    if (path.endsWith('.jsonl')) counted.lines = { path, rows };
    else if (shard)
      counted.parquet = { path: `${table}-*.parquet`, rows: rows + (counted.parquet?.rows ?? 0) };
  }
  const hold = (file: CountedFile, other: CountedFile) => {
    if (file.rows === other.rows) return;
    const message = `it has ${file.rows} rows for the ${other.rows} rows of ${other.path}`;
    log.add({ file: file.path, row: null, reason: 'row-count', message });
  };
  for (const [table, { lines, parquet }] of byTable) {
    if (lines && parquet) hold(parquet, lines);
    const beside = files.find(({ path }) => path === `${table.replace(/^data/, 'provenance')}.jsonl`);
    const data = lines ?? parquet;
    if (beside && data) hold(beside, data);
  }
}
