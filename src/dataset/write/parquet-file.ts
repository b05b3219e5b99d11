import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import type { Columns, Row } from '../columns.ts';
import { parquetColumns, parquetSchema } from '../rows/parquet-rows.ts';

/** Characters after which a new file is begun, so that the footer, which is kept in memory, stays small. */
const shardCharacters = 512 << 20;

/** A table as Parquet files of limited size. */
export interface ParquetTable {
  /** `size` is the row's length as JSON. */
  write(row: Row, size: number): void;
  /** Characters waiting for their row group. */
  waiting(): number;
  flush(): void;
  close(): void;
}

/** `pathOf` names the files from 0. Nothing is made before the first row. */
export function createParquetTable(columns: Columns, pathOf: (shard: number) => string): ParquetTable {
  let rows: Row[] = [];
  let waiting = 0;
  let inShard = 0;
  let shards = 0;
  let writer: ParquetWriter | null = null;

  const flush = () => {
    if (rows.length === 0) return;
    // Statistics would keep the smallest and largest text of every row group in memory.
    writer ??= new ParquetWriter({
      writer: fileWriter(pathOf(shards++)),
      schema: parquetSchema(columns),
      statistics: false,
      createdBy: 'parley',
    });
    const columnData = parquetColumns(rows, columns).map((column) => ({ ...column, offsetIndex: false }));
    writer.write({ columnData, rowGroupSize: rows.length });
    inShard += waiting;
    rows = [];
    waiting = 0;
    if (inShard >= shardCharacters) finish();
  };
  const finish = () => {
    writer?.finish();
    writer = null;
    inShard = 0;
  };

  return {
    write(row, size) {
      rows.push(row);
      waiting += size;
    },
    waiting: () => waiting,
    flush,
    close() {
      flush();
      finish();
    },
  };
}
