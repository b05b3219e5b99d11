import {
  type ExportFailure,
  type ExportProgress,
  type ExportResult,
  exportDataset,
} from '../../dataset/export-dataset.ts';
import { type FilterName, removedFrom } from '../../dataset/filters.ts';
import { leftovers } from '../../dataset/write/whole-folder.ts';
import type { JournalStore } from '../../journal/types.ts';
import { systemClock } from '../../run/system-clock.ts';
import { version } from '../../run/version.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { complain } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { type ExportOptions, readExportOptions } from '../export-options.ts';
import { withRuns } from '../open-runs.ts';
import { createProgressLine } from '../progress-line.ts';
import { listenForSignals } from '../signals.ts';
import { inSmallHeap } from '../small-heap.ts';

const phases: Record<ExportProgress['phase'], string> = {
  looking: 'debates looked at',
  writing: 'debates written',
  pairing: 'families of forks compared',
  describing: 'folders described',
  checking: 'folders checked',
};

/** Options that keep what a filter leaves out. */
const optionFor: Partial<Record<FilterName, string>> = {
  simulated: ' (--include-simulated)',
  control: ' (--include-controls)',
  unfinished: ' (--include-unfinished)',
  incomplete: ' (--include-unfinished)',
  secrets: ' (--allow-secrets)',
  'near-duplicate': ' (--near-duplicates)',
  'fork-repeat': ' (--all-forks)',
};

const remedies: Partial<Record<ExportFailure, string>> = {
  exists: ' Or add --force.',
  nothing: ' Choose other debates with --transcripts or --run, or keep more of them: parley export --help.',
  'check-failed': ' Add --no-check to keep it and look at it with parley check-export.',
};

/** `parley export`: stored debates to a data set directory, checked, whole or not at all. */
export async function exportData(
  out: string | undefined,
  options: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  const read = readExportOptions(options);
  if (!read.ok) return complain(environment, read.failure.message);
  const code = await inSmallHeap();
  if (code !== null) return code;
  return withRuns(String(options['transcripts']), environment, ({ store }) =>
    exportFrom(store, { folder: out ?? 'dataset', read: read.value, options }, environment),
  );
}

interface Asked {
  folder: string;
  read: ExportOptions;
  options: Record<string, unknown>;
}

async function exportFrom(
  store: JournalStore,
  { folder, read, options }: Asked,
  environment: Environment,
): Promise<number> {
  const { stderr } = environment;
  const runs = Array.isArray(options['run']) ? options['run'].map(String) : null;
  const stopped = new AbortController();
  const line = createProgressLine(stderr, systemClock);
  const interruption = listenForSignals(
    () => stopped.abort(),
    (code) => process.exit(code),
  );
  try {
    const made = await exportDataset({
      ...read,
      store,
      runs,
      out: folder,
      clock: systemClock,
      version,
      onProgress: ({ phase, done, of }) => line.show(phases[phase], done, of),
      signal: stopped.signal,
    });
    line.clear();
    if (!made.ok) {
      const { reason, message } = made.failure;
      const code = complain(environment, `${message}${remedies[reason] ?? ''}`);
      return interruption.code ?? code;
    }
    for (const text of resultInWords(folder, made.value)) stderr.write(`${sanitizeLine(text)}\n`);
    for (const left of await leftovers(folder)) {
      stderr.write(
        `${sanitizeLine(`An export that was killed left ${left}: delete it if none is running.`)}\n`,
      );
    }
    return exitCode.done;
  } finally {
    line.clear();
    interruption.dispose();
  }
}

function resultInWords(folder: string, { counts, groups, checked }: ExportResult): string[] {
  const rows = Object.entries(counts.rows).map(([format, splits]) => {
    const parts = Object.entries(splits).map(([split, count]) => `${count} ${split}`);
    return `  ${format}: ${parts.join(', ')}`;
  });
  const removed = removedFrom(counts).map(
    ({ name, count, what }) => `  left out: ${count} ${what}${optionFor[name] ?? ''}`,
  );
  const grouped = Object.entries(groups).map(([split, count]) => `${count} in ${split}`);
  const { exact, of } = counts.verified;
  const lines = [`Wrote ${folder} from ${counts.debates} debates.`, ...rows, ...removed];
  if (of > 0) lines.push(`  prompts rendered again exactly as sent: ${exact} of ${of} conversations`);
  lines.push(`  article groups: ${grouped.join(', ')}`);
  if (Object.keys(groups).length === 1) {
    lines.push(
      '  All debates are in one split, since no article group may be parted: debates on more events give more splits.',
    );
  }
  lines.push(
    checked
      ? `Checked ${checked.rows} rows: fit to train on.`
      : `Not checked: parley check-export ${folder} does it.`,
  );
  return lines;
}
