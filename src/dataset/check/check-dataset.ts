import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { chunksOf, linesOf } from '../../journal/journal-parts.ts';
import type { Format } from '../formats/training-format.ts';
import { filesBelow, hashedFile } from '../write/whole-folder.ts';
import { createTemplateTrial, type TemplateTrial, type TemplateVerdict } from './chat-templates.ts';
import type { TableCheck } from './conversation-rules.ts';
import { createFaultLog, type DataFault, type FaultLog, type FaultReason } from './fault-log.ts';
import { createLeakWatch, createSplitTable, type LeakWatch, learnedIn, splitOfFile } from './leaks.ts';
import { readParquet } from './read-parquet.ts';
import { createRowReader, type ReadRow } from './read-row.ts';
import { type ColumnKinds, checkOf, createColumnKinds, strayNames } from './table-kinds.ts';

/** What a check of a data set found. */
export interface CheckedDataset {
  /** The first few of each kind and file. */
  faults: DataFault[];
  /** Faults in all, those not listed included. */
  total: number;
  /** How many faults of each kind and file are not listed. */
  unnamed: { file: string; reason: FaultReason; count: number }[];
  /** The files that were read, with their rows and what they hold. */
  files: { path: string; rows: number; kind: string }[];
  /** Rows of all tables, each counted once though it stands in JSON lines and in Parquet. */
  rows: number;
  /** How chat templates of open models take the conversations. */
  templates: TemplateVerdict[];
}

export interface CheckOptions {
  /** Formats of the caller's own, whose tables are held to their checks. */
  formats?: readonly Format[];
  /** Called after each file. */
  onFile?: (done: number, of: number) => void;
  /** Sees every row that could be read. */
  onRow?: (path: string, row: Record<string, unknown>) => void;
}

/** Everything that is looked at over more than one file. */
interface Context {
  log: FaultLog;
  leaks: LeakWatch;
  onRow: NonNullable<CheckOptions['onRow']>;
  templates: TemplateTrial;
  /** Tables that are there as JSON lines. */
  inLines: ReadonlySet<string>;
  /** Formats of the caller's own. */
  formats: readonly Format[];
  /** By folder: files of one folder are parts of one table. */
  kinds: Map<string, ColumnKinds>;
}

/**
 * Holds the JSON lines and Parquet files of a folder to what the loaders of TRL, Hugging Face, Axolotl, LLaMA-Factory and
 * OpenAI ask for. Knows parley's own exports no better than any other data. Reads by line, and by row group.
 */
export async function checkDataset(
  folder: string,
  { formats = [], onFile = () => {}, onRow = () => {} }: CheckOptions = {},
): Promise<CheckedDataset> {
  const paths = (await filesBelow(folder)).filter((path) => !path.startsWith('.'));
  const tables = paths.filter((path) => isLines(path) || isParquet(path));
  const context: Context = {
    log: createFaultLog(),
    leaks: createLeakWatch(),
    kinds: new Map(),
    formats,
    onRow,
    templates: createTemplateTrial(),
    inLines: new Set(tables.filter(isLines).map(tableOf)),
  };
  const files: CheckedDataset['files'] = [];
  for (const [index, path] of tables.entries()) {
    onFile(index, tables.length);
    files.push(await checkFile(folder, path, context));
  }
  checkCounts(files, context.log);
  if (paths.includes('SHA256SUMS')) await checkSums(folder, context.log);
  if (tables.length === 0) {
    const message = 'no .jsonl or .parquet file is in this folder: there is nothing to check';
    context.log.add({ file: '.', row: null, reason: 'no-rows', message });
  }
  return {
    faults: context.log.named(),
    total: context.log.total(),
    unnamed: context.log.unnamed(),
    files,
    rows: rowsOf(files),
    templates: context.templates.verdicts(),
  };
}

/** A table in JSON lines and in Parquet is one; what stands beside bare rows is none. */
function rowsOf(files: CheckedDataset['files']): number {
  const counts = new Map<string, { lines: number; parquet: number }>();
  for (const { path, rows } of files) {
    if (path.startsWith('provenance/')) continue;
    const table = tableOf(path);
    const counted = counts.get(table) ?? { lines: 0, parquet: 0 };
    counted[isParquet(path) ? 'parquet' : 'lines'] += rows;
    counts.set(table, counted);
  }
  return [...counts.values()].reduce((sum, { lines, parquet }) => sum + (lines || parquet), 0);
}

function tableOf(path: string): string {
  return path.replace(/(?:-\d{5})?\.(?:jsonl|ndjson|parquet)$/i, '');
}

/** More repeats than this, and than this share of the rows, are no chance. */
const fewRepeats = 3;
const repeatedShare = 0.01;

/** Longer rows are kept whole by no usual trainer: some 100,000 tokens. */
const mostRowCharacters = 400_000;

/** Columns of which both values are needed. */
const labelColumns = ['label', 'kto_tag'];

async function checkFile(folder: string, path: string, context: Context) {
  const { log, leaks } = context;
  const table = path.replace(/[^/]*$/, '');
  const columns = context.kinds.get(table) ?? createColumnKinds();
  context.kinds.set(table, columns);
  const split = splitOfFile(path);
  const labels = new Set<unknown>();
  const known = createSplitTable();
  /** Of the first row: in its order, and sorted. */
  let firstKeys: string | null = null;
  let keys: string | null = null;
  let kind: TableCheck | null = null;
  let row = 0;
  let repeated = 0;
  const place = join(folder, ...path.split('/'));
  const isBeside = path.startsWith('provenance/');
  const isFirstForm = !isParquet(path) || !context.inLines.has(tableOf(path));
  for await (const read of isParquet(path) ? readParquet(place) : readLines(place)) {
    row += 1;
    const tell = (reason: FaultReason, message: string) => log.add({ file: path, row, reason, message });
    if (!read.ok) {
      tell(read.reason, read.message);
      continue;
    }
    context.onRow(path, read.row);
    const own = Object.keys(read.row);
    const inOrder = own.join(' ');
    if (inOrder !== firstKeys) {
      own.sort();
      if (keys === null) {
        kind = checkOf(own, path, context.formats);
        if (!kind && !isBeside)
          tell('unknown-table', `no trainer reads a table of ${own.slice(0, 8).join(', ') || 'nothing'}`);
        for (const name of strayNames(own, kind)) tell('reserved-name', strayInWords(name, kind));
        firstKeys = inOrder;
        keys = own.join(' ');
      } else if (own.join(' ') !== keys) {
        tell(
          'other-keys',
          `the row’s keys differ from the first row’s: ${differenceOf(keys.split(' '), own)}`,
        );
      }
    }
    for (const clash of columns.clashesOf(read.row)) tell('mixed-types', clash);
    for (const fault of kind?.faults(read.row) ?? []) tell(fault.reason, fault.message);
    if (kind && !isBeside) {
      const learned = learnedIn(read.row, kind.own);
      if (known.isRepeated(learned.key)) repeated += 1;
      if (learned.length > mostRowCharacters)
        tell(
          'too-long',
          `the row has ${learned.length} characters; no usual trainer keeps more than ${mostRowCharacters}`,
        );
      const label = labelColumns.find((name) => kind?.own.includes(name));
      if (label) labels.add(read.row[label]);
      if (isFirstForm) context.templates.take(read.row);
    }
    if (split === null) continue;
    for (const leak of leaks.leaksOf(read.row, split, table)) tell('leak', leak);
  }
  if (row === 0) log.add({ file: path, row: null, reason: 'no-rows', message: 'the file holds no row' });
  if (repeated >= fewRepeats && repeated > row * repeatedShare) {
    const message = `${repeated} of ${row} rows repeat another: a trainer learns them again and again`;
    log.add({ file: path, row: null, reason: 'repeated-row', message });
  }
  if (row > 1 && labels.size === 1 && split !== 'validation' && split !== 'test') {
    const message = `every label is ${String([...labels][0])}: unpaired preferences need both`;
    log.add({ file: path, row: null, reason: 'one-label', message });
  }
  return { path, rows: row, kind: kind?.name ?? 'other' };
}

async function* readLines(path: string): AsyncGenerator<ReadRow> {
  const readRow = createRowReader();
  let isFirst = true;
  for await (const lines of linesOf(chunksOf(path))) {
    for (const { bytes } of lines) {
      yield readRow(bytes, isFirst);
      isFirst = false;
    }
  }
}

function isLines(path: string): boolean {
  return /\.(jsonl|ndjson)$/i.test(path);
}

function isParquet(path: string): boolean {
  return /\.parquet$/i.test(path);
}

async function checkSums(folder: string, log: FaultLog): Promise<void> {
  const sums = await readFile(join(folder, 'SHA256SUMS'), 'utf8');
  for (const line of sums.split('\n').filter((one) => one !== '')) {
    const [, expected = '', path = ''] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
    const isInside = path !== '' && !path.startsWith('/') && !path.split('/').includes('..');
    const isThere = isInside && (await stat(join(folder, path)).catch(() => null)) !== null;
    const actual = isThere ? (await hashedFile(folder, path)).sha256 : null;
    if (actual === expected) continue;
    const message =
      actual === null ? 'SHA256SUMS lists it, but it is missing' : 'it does not match SHA256SUMS';
    log.add({ file: path || 'SHA256SUMS', row: null, reason: 'checksum', message });
  }
}

function strayInWords(name: string, kind: TableCheck | null): string {
  return kind?.isBare
    ? `column ${name} is not allowed in ${kind.name} data`
    : `column ${name} has a meaning of its own to trainers and would change how ${kind?.name ?? 'this'} data is read`;
}

function differenceOf(first: readonly string[], own: readonly string[]): string {
  const missing = first.filter((key) => !own.includes(key)).map((key) => `${key} is missing`);
  const more = own.filter((key) => !first.includes(key)).map((key) => `${key} is new`);
  return [...missing, ...more].join(', ');
}

interface CountedFile {
  path: string;
  rows: number;
}

/**
 * Holds files of one table in a parley folder against each other: Parquet files hold the rows of the JSON lines beside
 * them, and bare rows have their provenance in a file of its own, line by line.
 */
function checkCounts(files: readonly CountedFile[], log: FaultLog): void {
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
