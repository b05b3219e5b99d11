import { basename, resolve } from 'node:path';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { JournalStore } from '../journal/types.ts';
import { systemClock } from '../run/system-clock.ts';
import { version } from '../run/version.ts';
import { counted } from '../text/figures.ts';
import { type CheckedDataset, checkDataset } from './check/check-dataset.ts';
import { createSplitTable } from './check/leaks.ts';
import { debateSource, surveyOf } from './debate-source.ts';
import { describeFolder } from './describe/describe-folder.ts';
import { createCollected } from './describe/summary.ts';
import type { ExportRequest } from './export-request.ts';
import type { RowContext } from './export-rows.ts';
import { type Counts, createCounts, defaultFilters, removedFrom } from './filters.ts';
import { formatOf } from './formats/index.ts';
import type { Format } from './formats/training-format.ts';
import { defaultSplits } from './groups/article-groups.ts';
import { createRepeats } from './pairs/families.ts';
import { rankingRules } from './pairs/pair-of-family.ts';
import { createTables } from './write/tables.ts';
import { beginFolder, type FolderFailure } from './write/whole-folder.ts';
import { writeDebates } from './write-rows.ts';

/**
 * Makes a data set directory from stored debates: rows, splits, card, metadata, checksums. One debate is in memory at
 * a time, and the directory is there whole or not at all.
 */
export async function exportDataset(input: ExportInput): Promise<Outcome<ExportResult, ExportFailure>> {
  const request: ExportRequest = { ...defaults, ...input };
  const folder = await beginFolder(request.out, { replace: request.replace });
  if (!folder.ok) return folder;
  const { draft, finish, abandon } = folder.value;
  try {
    const made = await makeIn(draft, request);
    if (made.ok) await finish();
    else await abandon();
    return made;
  } catch (error) {
    await abandon();
    throw error;
  }
}

async function makeIn(draft: string, request: ExportRequest): Promise<Outcome<ExportResult, ExportFailure>> {
  const source = debateSource(request.store);
  const runs = request.runs ?? (await listed(request.store));
  const survey = await surveyOf(source, runs, request);
  const collected = createCollected();
  const context: RowContext = {
    formats: request.formats.map((format) => (typeof format === 'string' ? formatOf(format) : format)),
    tables: createTables(draft, request.files, request.notes),
    counts: createCounts(),
    filters: request.filters,
    examples: { foldSystem: request.foldSystem, notes: request.notes, window: request.window },
    repeats: createRepeats(survey.descents),
    prompts: createSplitTable(),
  };
  try {
    await writeDebates(request, source, survey, context, collected);
  } finally {
    context.tables.close();
  }
  if (request.signal.aborted) return failure('aborted', 'Stopped. No data set was made.');
  const { counts } = context;
  if (Object.keys(counts.rows).length === 0)
    return failure('nothing', nothingInWords(request, counts), counts.removed);
  const empty = context.formats.filter(({ name }) => counts.rows[name] === undefined);
  if (empty.length > 0 && !request.allowEmpty)
    return failure('empty-format', emptyInWords(empty, counts), counts.removed);

  request.onProgress({ phase: 'describing', done: 0, of: 1 });
  await describeFolder(draft, {
    name: basename(resolve(request.out)),
    parley: request.version,
    madeAt: new Date(request.clock.now()).toISOString(),
    languages: [...collected.languages].sort(),
    formats: context.formats,
    splits: request.splits,
    filters: request.filters,
    ranking: {
      rule: request.rankBy,
      leastMargin: request.leastMargin ?? rankingRules[request.rankBy].leastMargin,
    },
    foldSystem: request.foldSystem,
    notes: request.notes,
    counts,
    articles: [...collected.articles.values()],
    articleCount: collected.articleHashes.size,
    models: [...collected.models].sort(),
    strategies: [...collected.strategies].sort(),
    hasSimulated: collected.hasSimulated,
  });
  const groups = Object.fromEntries([...collected.groups].map(([split, names]) => [split, names.size]));
  return request.check
    ? checked(draft, request, { counts, groups })
    : success({ counts, groups, checked: null });
}

async function listed(store: JournalStore): Promise<string[]> {
  const runs: string[] = [];
  for await (const run of store.list()) runs.push(run);
  return runs;
}

async function checked(
  draft: string,
  { onProgress, formats, allowEmpty }: ExportRequest,
  result: Omit<ExportResult, 'checked'>,
): Promise<Outcome<ExportResult, ExportFailure>> {
  const found = await checkDataset(draft, {
    formats: formats.filter((format) => typeof format !== 'string'),
    onFile: (done, of) => onProgress({ phase: 'checking', done, of }),
  });
  // A format with one label is as unfit as an empty one, and wanted as little.
  const [fault] = found.faults.filter(({ reason }) => !(allowEmpty && reason === 'one-label'));
  if (!fault) return success({ ...result, checked: found });
  const place = fault.row === null ? fault.file : `${fault.file} row ${fault.row}`;
  return failure(
    found.faults.every(({ reason }) => reason === 'one-label') ? 'one-label' : 'check-failed',
    `What was written does not pass the check, and was not kept. ${place}: ${fault.message} (${found.total} in all).`,
  );
}

function nothingInWords({ runs, store }: ExportRequest, counts: Counts): string {
  const where = runs ? runs.join(', ') : store.place;
  if (counts.debates === 0) return `There is no debate in ${where}: nothing to export.`;
  const removed = removedFrom(counts).map(({ count, what }) => `${count} ${what}`);
  const why = removed.length > 0 ? ` Left out: ${removed.join('; ')}.` : '';
  return `Nothing of ${where} would be in the data set (${counted(counts.debates, 'debate')} looked at).${why}`;
}

/** What an export needs to be told: where the debates are and where the data set goes. The rest has defaults. */
export type ExportInput = Pick<ExportRequest, 'store' | 'out'> & Partial<ExportRequest>;

const defaults = {
  runs: null,
  replace: false,
  formats: ['sft'],
  files: ['jsonl', 'parquet'],
  splits: defaultSplits,
  filters: defaultFilters,
  rankBy: 'grounding',
  leastMargin: null,
  foldSystem: false,
  notes: false,
  window: null,
  articles: null,
  allowEmpty: false,
  check: true,
  clock: systemClock,
  version,
  onProgress: () => {},
  signal: new AbortController().signal,
} satisfies Partial<ExportRequest>;

/** Which formats have no rows, and what was in the way of each. */
function emptyInWords(formats: readonly Format[], counts: Counts): string {
  const names = formats.map(({ name }) => name).join(', ');
  const removed = removedFrom(counts).map(({ count, what }) => `${count} ${what}`);
  const why = removed.length > 0 ? ` Left out: ${removed.join('; ')}.` : '';
  const needsForks = formats.some(({ of }) => of === 'pair');
  const pairs = needsForks
    ? ' Pairs are made of forks of one debate at one turn that a rule ranks apart.'
    : '';
  return `Nothing would be in ${names}.${pairs}${why}`;
}

/** What an export wrote. */
export interface ExportResult {
  /** Rows written by format and split, and everything that was left out, with its reason. */
  counts: Counts;
  /** How many article groups each split holds. */
  groups: Record<string, number>;
  /** null where it was not asked for. */
  checked: CheckedDataset | null;
}

export type ExportFailure =
  | FolderFailure
  | 'nothing'
  | 'empty-format'
  | 'aborted'
  | 'check-failed'
  /** All speeches of a format have the same label. */
  | 'one-label'
  | 'unknown-run';
