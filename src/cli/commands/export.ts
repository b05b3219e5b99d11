import { z } from 'zod';
import type { ExportFailure, ExportResult } from '../../dataset/export-dataset.ts';
import type { ExportProgress } from '../../dataset/export-request.ts';
import type { FilterName, maskedIn, removedFrom } from '../../dataset/filters.ts';
import { type FormatName, formatNames } from '../../dataset/formats/index.ts';
import type { Splits } from '../../dataset/groups/article-groups.ts';
import { success } from '../../debate/outcome.ts';
import type { JournalStore } from '../../journal/types.ts';
import { choice, defineCommand, flag, type OptionValues, option, repeatable } from '../command.ts';
import { CommandError, misuse, say } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { inFlags } from '../model-words.ts';
import { decimal, share, text, whole, wordsOf } from '../option-values.ts';
import { sourceOptions } from '../shared-options.ts';

const phases: Record<ExportProgress['phase'], string> = {
  looking: 'debates looked at',
  writing: 'debates written',
  pairing: 'families of forks compared',
  describing: 'folders described',
  checking: 'folders checked',
};

/** Options that keep what a filter leaves out. */
const optionFor: Partial<Record<FilterName, string>> = {
  simulated: '--include-simulated',
  control: '--include-controls',
  unfinished: '--include-unfinished',
  secrets: '--allow-secrets',
  person: '--people',
  'near-duplicate': '--near-duplicates',
};

const remedies: Partial<Record<ExportFailure, string>> = {
  exists: ' Or add --force.',
  nothing: ' Or choose other runs with --transcripts and --run.',
  'empty-format':
    ' Leave those formats out, or add --allow-empty. parley pairs shows what forks give in pairs.',
  'one-label': ' Leave that format out, or add --allow-empty.',
  'check-failed': ' Add --no-check to keep it and look at it with parley check-export.',
};

const count = whole(0, 999_999_999);

const exportOptions = {
  format: option(
    '-f, --format <names>',
    'comma-separated formats, or all',
    z.union([z.literal('all').transform((): FormatName[] => [...formatNames]), wordsOf(formatNames)]),
    { usual: 'sft' },
  ),
  files: option('--files <kinds>', 'file types: jsonl, parquet, or both', wordsOf(['jsonl', 'parquet']), {
    usual: 'jsonl,parquet',
  }),
  run: repeatable('--run <name>', 'only this run; repeatable', text),
  splits: option(
    '--splits <shares>',
    'shares of the splits (train=0.9,validation=0.05,test=0.05 by default)',
    text,
  ),
  includeSimulated: flag('--include-simulated', 'include runs of the built-in simulator'),
  includeControls: flag('--include-controls', 'include controls, in which nothing is negotiated'),
  includeUnfinished: flag(
    '--include-unfinished',
    'include debates that stopped or failed, and speeches cut short',
  ),
  minGrounding: option('--min-grounding <share>', 'minimum mean grounding per persona', share),
  maxMisquotes: option('--max-misquotes <n>', 'maximum misquotes per persona', count),
  maxBreaches: option('--max-breaches <n>', 'maximum breaks of role per persona', count),
  maxTokens: option('--max-tokens <n>', 'maximum length of a row in estimated tokens', count),
  dropLowConfidence: flag('--drop-low-confidence', 'exclude debates whose last reading has low confidence'),
  nearDuplicates: option(
    '--near-duplicates <share>',
    'drop debates at least this similar to another (0.9 by default), or off',
    z.union([z.literal('off'), share.pipe(z.number().min(0.5, 'must be from 0.5 to 1, or off'))]),
  ),
  allForks: flag('--all-forks', 'keep rows of forks whose speeches another row already trains on'),
  allowSecrets: flag('--allow-secrets', 'skip the scan for keys and personal data'),
  people: flag('--people', 'include debates in which people wrote from seats, marked as a person’s'),
  rankBy: choice(
    '--rank-by <rule>',
    'how forks are ranked',
    ['grounding', 'movement', 'fidelity', 'judge', 'persuasion'],
    { usual: 'grounding' },
  ),
  minMargin: option('--min-margin <n>', 'minimum difference for a pair', decimal),
  window: option(
    '--window <tokens>',
    'truncate histories to fit this many tokens, one row per speech',
    whole(200, 10_000_000),
  ),
  shareArticle: flag('--share-article', 'include article text in full, whatever its licence'),
  withholdArticle: flag('--withhold-article', 'exclude article text, and speeches that cite it'),
  allowEmpty: flag('--allow-empty', 'allow formats without rows or with labels of one kind'),
  foldSystem: flag('--fold-system', 'move the system text into the first user message'),
  notes: flag('--notes', 'include private notes, in a column of their own'),
  check: flag('--no-check', 'skip reading back what was written'),
  force: flag('--force', 'overwrite an existing directory'),
  ...sourceOptions,
};

/** `parley export`: stored debates to a data set directory, checked, whole or not at all. */
export const command = defineCommand({
  description:
    'Create a data set from stored debates: rows, splits without leakage, a card, metadata and checksums. It is checked before it appears under its name.',
  argument: { help: 'the directory to create' },
  options: exportOptions,
  async action({ args: [folder = 'dataset'], options }, environment) {
    if (options.shareArticle && options.withholdArticle)
      return misuse(environment, 'Give --share-article or --withhold-article, not both.');
    const { defaultSplits, parseSplits } = await import('../../dataset/groups/article-groups.ts');
    const splits = options.splits === null ? success(defaultSplits) : parseSplits(options.splits);
    if (!splits.ok) return misuse(environment, inFlags(splits.failure));
    const { inSmallHeap } = await import('../small-heap.ts');
    const code = await inSmallHeap(environment);
    if (code !== null) return code;
    const { withRuns } = await import('../with-runs.ts');
    return withRuns(options.transcripts, ({ store }) =>
      exportFrom({ store, folder, splits: splits.value }, options, environment),
    );
  },
});

async function exportFrom(
  { store, folder, splits }: { store: JournalStore; folder: string; splits: Splits },
  options: OptionValues<typeof exportOptions>,
  environment: Environment,
): Promise<number> {
  const { exportDataset } = await import('../../dataset/export-dataset.ts');
  const { defaultFilters, maskedIn, removedFrom } = await import('../../dataset/filters.ts');
  const { leftovers } = await import('../../dataset/write/whole-folder.ts');
  const { withProgressLine } = await import('../progress-line.ts');
  const { namesOf } = await import('../with-runs.ts');
  const { run, format, files, nearDuplicates, shareArticle, withholdArticle, people } = options;
  const { includeSimulated, includeControls, includeUnfinished, allowSecrets, allForks } = options;
  const { dropLowConfidence, minGrounding, maxMisquotes, maxBreaches, maxTokens } = options;
  const runs = await namesOf(run, options.transcripts);
  const { result: made, code } = await withProgressLine(environment, (line, signal) =>
    exportDataset({
      ...options,
      ...{ store, out: folder, formats: format, files, splits, signal },
      runs: runs.length === 0 ? null : runs,
      filters: {
        ...{ includeSimulated, includeControls, includeUnfinished, allowSecrets, allForks },
        withPeople: people,
        ...{ dropLowConfidence, minGrounding, maxMisquotes, maxBreaches, maxTokens },
        nearDuplicates: nearDuplicates === 'off' ? null : (nearDuplicates ?? defaultFilters.nearDuplicates),
      },
      leastMargin: options.minMargin,
      articles: shareArticle ? 'share' : withholdArticle ? 'withhold' : null,
      replace: options.force,
      onProgress: ({ phase, done, of }) => line.show(phases[phase], done, of),
    }),
  );
  if (!made.ok) {
    const { reason, message, data = {} } = made.failure;
    const keeping = Object.keys(data).flatMap((name) => optionFor[name as FilterName] ?? []);
    const kept = keeping.length === 0 ? '' : ` Keep them with ${keeping.join(', ')}.`;
    throw new CommandError(`${message}${kept}${remedies[reason] ?? ''}`, code ?? exitCode.failed);
  }
  const { counts } = made.value;
  for (const text of resultInWords(folder, made.value, removedFrom(counts), maskedIn(counts)))
    say(environment, text);
  for (const left of await leftovers(folder))
    say(environment, `An export that was killed left ${left}: delete it if none is running.`);
  return exitCode.done;
}

function resultInWords(
  folder: string,
  { counts, groups, checked }: ExportResult,
  removed: ReturnType<typeof removedFrom>,
  masked: ReturnType<typeof maskedIn>,
): string[] {
  const rows = Object.entries(counts.rows).map(([format, splits]) => {
    const parts = Object.entries(splits).map(([split, count]) => `${count} ${split}`);
    return `  ${format}: ${parts.join(', ')}`;
  });
  const leftOut = removed.map(
    ({ name, count, what }) =>
      `  left out: ${count} ${what}${optionFor[name] ? ` (${optionFor[name]})` : ''}`,
  );
  const notLearned = masked.map(({ count, what }) => `  in histories, but not trained on: ${count} ${what}`);
  const grouped = Object.entries(groups).map(([split, count]) => `${count} in ${split}`);
  const { exact, of } = counts.verified;
  const longest = Object.entries(counts.tokens).map(
    ([format, { longest }]) => `  longest row of ${format}: about ${longest} tokens`,
  );
  const lines = [
    `Wrote ${folder} from ${counts.debates} debates.`,
    ...rows,
    ...longest,
    ...leftOut,
    ...notLearned,
  ];
  if (of > 0) lines.push(`  prompts rendered again exactly as sent: ${exact} of ${of} conversations`);
  lines.push(`  article groups: ${grouped.join(', ')}`);
  if (Object.keys(groups).length === 1) {
    lines.push(
      '  All debates are in one split, because article groups are never split: debates on more events give more splits.',
    );
  }
  lines.push(
    checked
      ? `Checked ${checked.rows} rows: fit to train on.`
      : `Not checked. Check it with: parley check-export ${folder}`,
  );
  return lines;
}
