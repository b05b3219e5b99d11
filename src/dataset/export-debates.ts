import { basename, resolve } from 'node:path';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { JournalStore } from '../journal/types.ts';
import { checkFolder } from './check/check-folder.ts';
import { createCollected } from './collected.ts';
import { type Counts, createCounts, removedInWords } from './counts.ts';
import { debateSource } from './debate-source.ts';
import { describeFolder } from './describe/describe-folder.ts';
import type { ExportFailure, ExportRequest, ExportResult } from './export-request.ts';
import type { RowContext } from './export-rows.ts';
import { formatOf } from './formats/formats.ts';
import { rankingRules } from './pairs/ranking.ts';
import { createRepeats } from './pairs/repeats.ts';
import { surveyOf } from './survey.ts';
import { createTables } from './write/tables.ts';
import { beginFolder } from './write/whole-folder.ts';
import { writeDebates } from './write-debates.ts';

/**
 * Makes a data set directory from stored debates: rows, splits, card, metadata, checksums. One debate is in memory at
 * a time, and the directory is there whole or not at all.
 */
export async function exportDebates(request: ExportRequest): Promise<Outcome<ExportResult, ExportFailure>> {
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
    formats: request.formats.map((name) => formatOf(name, request.notes)),
    tables: createTables(draft, request.files, request.notes),
    counts: createCounts(),
    filters: request.filters,
    examples: { foldSystem: request.foldSystem, notes: request.notes },
    repeats: createRepeats(survey.descents),
  };
  try {
    await writeDebates(request, source, survey, context, collected);
  } finally {
    context.tables.close();
  }
  if (request.signal.aborted) return failure('aborted', 'Stopped. No data set was made.');
  const { counts } = context;
  if (Object.keys(counts.rows).length === 0) return failure('nothing', nothingInWords(request, counts));

  request.onProgress({ phase: 'describing', done: 0, of: 1 });
  await describeFolder(draft, {
    name: basename(resolve(request.out)),
    parley: request.version,
    madeAt: new Date(request.clock.now()).toISOString(),
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
  { onProgress }: ExportRequest,
  result: Omit<ExportResult, 'checked'>,
): Promise<Outcome<ExportResult, ExportFailure>> {
  const found = await checkFolder(draft, (done, of) => onProgress({ phase: 'checking', done, of }));
  const [fault] = found.faults;
  if (!fault) return success({ ...result, checked: found });
  const place = fault.row === null ? fault.file : `${fault.file} row ${fault.row}`;
  return failure(
    'check-failed',
    `What was written does not pass the check, and was not kept. ${place}: ${fault.message} (${found.total} in all). Add --no-check to keep it and look at it with parley check-export.`,
  );
}

function nothingInWords({ runs, store }: ExportRequest, counts: Counts): string {
  const where = runs ? runs.join(', ') : store.place;
  if (counts.debates === 0)
    return `There is no debate in ${where}: nothing to export. Give --transcripts FOLDER.`;
  const removed = removedInWords(counts).map(({ count, what }) => `${count} ${what}`);
  const why = removed.length > 0 ? ` Left out: ${removed.join('; ')}.` : '';
  return `Nothing of ${where} would be in the data set (${counts.debates} debates looked at).${why}`;
}
