import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../column-types.ts';
import { columnsOf, type Format } from '../formats/training-format.ts';
import { provenanceColumns } from '../row-provenance.ts';
import { createLineFile, type LineFile } from './json-lines.ts';
import { createParquetTable, type ParquetTable } from './parquet-file.ts';

export type FileKind = 'jsonl' | 'parquet';

export interface Tables {
  /** `row` holds the format's own columns; where the row comes from is added, or kept beside it for bare formats. */
  write(format: Format, split: string, row: Row, provenance: Row): void;
  close(): void;
}

/** Characters that may wait for their row groups in all tables together: what Parquet costs in memory. */
const mostWaiting = 4 << 20;

interface Table {
  /** Counts the characters of rows where no JSON lines are wanted. */
  lines: LineFile;
  parquet: ParquetTable | null;
  beside: LineFile | null;
}

/** One folder a format below `data/`, one file a split and kind, made with the first row. */
export function createTables(folder: string, kinds: readonly FileKind[], hasNotes: boolean): Tables {
  const tables = new Map<string, Table>();

  const open = (format: Format, split: string): Table => {
    const place = join(folder, 'data', format.name);
    mkdirSync(place, { recursive: true });
    const columns = columnsOf(format, hasNotes);
    const beside = join(folder, 'provenance', format.name);
    if (format.isBare) mkdirSync(beside, { recursive: true });
    return {
      lines: createLineFile(kinds.includes('jsonl') ? join(place, `${split}.jsonl`) : null, columns),
      parquet: kinds.includes('parquet')
        ? createParquetTable(columns, (shard) =>
            join(place, `${split}-${String(shard).padStart(5, '0')}.parquet`),
          )
        : null,
      beside: format.isBare ? createLineFile(join(beside, `${split}.jsonl`), provenanceColumns) : null,
    };
  };

  const makeRoom = () => {
    const parquets = [...tables.values()].flatMap(({ parquet }) => parquet ?? []);
    const waiting = parquets.reduce((sum, parquet) => sum + parquet.waiting(), 0);
    if (waiting < mostWaiting) return;
    parquets.sort((one, other) => other.waiting() - one.waiting())[0]?.flush();
  };

  return {
    write(format, split, row, provenance) {
      const key = `${format.name}/${split}`;
      const table = tables.get(key) ?? open(format, split);
      tables.set(key, table);
      const whole = format.isBare ? row : { ...row, ...provenance };
      const characters = table.lines.write(whole);
      table.beside?.write(provenance);
      if (!table.parquet) return;
      table.parquet.write(whole, characters);
      makeRoom();
    },
    close() {
      for (const { lines, parquet, beside } of tables.values()) {
        lines.close();
        parquet?.close();
        beside?.close();
      }
    },
  };
}
