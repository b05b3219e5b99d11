import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Columns, Row } from '../column-types.ts';
import type { Format } from '../formats/training-format.ts';
import { columnsOf } from '../formats/training-format.ts';
import { provenanceColumns } from '../row-provenance.ts';
import { jsonRow } from './json-row.ts';
import { createParquetTable, type ParquetTable } from './parquet-file.ts';

const bufferBytes = 1 << 18;

/** A file of lines, written in large pieces. Synchronous, so that whoever makes rows waits for the disk. */
interface LineFile {
  write(line: string): void;
  close(): void;
}

function createLineFile(path: string): LineFile {
  const file = openSync(path, 'wx');
  const buffer = Buffer.allocUnsafe(bufferBytes);
  let used = 0;
  const flush = () => {
    writeWhole(file, buffer.subarray(0, used));
    used = 0;
  };
  return {
    write(line) {
      const bytes = Buffer.from(`${line}\n`, 'utf8');
      if (used + bytes.length > bufferBytes) flush();
      if (bytes.length > bufferBytes) writeWhole(file, bytes);
      else used += bytes.copy(buffer, used);
    },
    close() {
      flush();
      closeSync(file);
    },
  };
}

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

export type FileKind = 'jsonl' | 'parquet';

export interface Tables {
  /** `row` holds the format's own columns; where the row comes from is added, or kept beside it for bare formats. */
  write(format: Format, split: string, row: Row, provenance: Row): void;
  close(): void;
}

/** Characters that may wait for their row groups in all tables together: what Parquet costs in memory. */
const mostWaiting = 4 << 20;

interface Table {
  columns: Columns;
  lines: LineFile | null;
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
      columns,
      lines: kinds.includes('jsonl') ? createLineFile(join(place, `${split}.jsonl`)) : null,
      parquet: kinds.includes('parquet')
        ? createParquetTable(columns, (shard) =>
            join(place, `${split}-${String(shard).padStart(5, '0')}.parquet`),
          )
        : null,
      beside: format.isBare ? createLineFile(join(beside, `${split}.jsonl`)) : null,
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
      const line = jsonRow(whole, table.columns);
      table.lines?.write(line);
      table.beside?.write(jsonRow(provenance, provenanceColumns));
      if (!table.parquet) return;
      table.parquet.write(whole, line.length);
      makeRoom();
    },
    close() {
      for (const { lines, parquet, beside } of tables.values()) {
        lines?.close();
        parquet?.close();
        beside?.close();
      }
    },
  };
}
