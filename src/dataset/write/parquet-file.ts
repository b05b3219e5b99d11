import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import type { Columns, ColumnType, Row } from '../column-types.ts';

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

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

/** The Parquet schema of a table: lists in the three levels that Arrow, DuckDB and Spark read alike. */
function parquetSchema(columns: Columns): SchemaElement[] {
  const fields = Object.entries(columns);
  return [
    { name: 'root', num_children: fields.length },
    ...fields.flatMap(([name, type]) => elementsOf(name, type)),
  ];
}

function elementsOf(name: string, type: ColumnType): SchemaElement[] {
  switch (type.kind) {
    case 'text':
      return [{ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' }];
    case 'integer':
      return [{ name, type: 'INT64', repetition_type: type.isOptional ? 'OPTIONAL' : 'REQUIRED' }];
    case 'decimal':
      return [{ name, type: 'DOUBLE', repetition_type: 'OPTIONAL' }];
    case 'truth':
      return [{ name, type: 'BOOLEAN', repetition_type: 'REQUIRED' }];
    case 'list':
      return [
        { name, repetition_type: 'REQUIRED', num_children: 1, converted_type: 'LIST' },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        ...elementsOf('element', type.of),
      ];
    case 'group': {
      const fields = Object.entries(type.fields);
      return [
        { name, repetition_type: 'REQUIRED', num_children: fields.length },
        ...fields.flatMap(([field, inner]) => elementsOf(field, inner)),
      ];
    }
  }
}

/** One array a column, as the Parquet writer takes them. */
function parquetColumns(rows: readonly Row[], columns: Columns): { name: string; data: unknown[] }[] {
  return Object.entries(columns).map(([name, type]) => ({
    name,
    data: rows.map((row) => parquetValue(row[name], type)),
  }));
}

/** Messages of long histories, by what they are made of. */
const sharedGroups = new WeakMap<object, unknown>();

function parquetValue(value: unknown, type: ColumnType): unknown {
  if (value === undefined || value === null) return null;
  switch (type.kind) {
    case 'integer':
      return BigInt(value as number);
    case 'text':
      return (value as string).toWellFormed();
    case 'list':
      return (value as unknown[]).map((item) => parquetValue(item, type.of));
    case 'group': {
      const known = type.isShared && sharedGroups.get(value);
      if (known) return known;
      const group: Record<string, unknown> = {};
      for (const name in type.fields)
        group[name] = parquetValue((value as Row)[name], type.fields[name] as ColumnType);
      if (type.isShared) sharedGroups.set(value, group);
      return group;
    }
    default:
      return value;
  }
}
