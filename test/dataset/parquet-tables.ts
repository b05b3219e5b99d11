import { globSync } from 'node:fs';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { toolPackage } from '../helpers/tools.ts';

interface DuckDB {
  DuckDBConnection: {
    create(): Promise<{
      run(sql: string): Promise<unknown>;
      runAndReadAll(sql: string): Promise<{ getRowObjectsJson(): Record<string, unknown>[] }>;
    }>;
  };
}

/** DuckDB, where it is fetched (`npm run test:long` does, and `npm run tools duckdb`); else null. */
export const duckdb = (await toolPackage<DuckDB>('duckdb', '@duckdb/node-api'))?.DuckDBConnection ?? null;

/** The rows of Parquet files as another program reads them, whole numbers as text as in DuckDB's JSON: DuckDB where it is, else hyparquet. */
export async function parquetRows(files: string): Promise<Record<string, unknown>[]> {
  if (duckdb) {
    const read = await (await duckdb.create()).runAndReadAll(`SELECT * FROM read_parquet('${files}')`);
    return read.getRowObjectsJson();
  }
  const tables = globSync(files)
    .sort()
    .map(async (file) => parquetReadObjects({ file: await asyncBufferFromFile(file) }));
  const rows = (await Promise.all(tables)).flat();
  return JSON.parse(JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value)));
}

/** A line for every column of a Parquet file and every part of one, with how it is stored and what it means. */
export async function parquetColumns(file: string): Promise<string> {
  const { schema } = await parquetMetadataAsync(await asyncBufferFromFile(file));
  const lines = schema.map(({ name, type, repetition_type, converted_type, num_children }) =>
    [name, type ?? `group of ${num_children}`, repetition_type, converted_type].filter(Boolean).join(' '),
  );
  return `${lines.join('\n')}\n`;
}
