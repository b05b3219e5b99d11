import type { Clock } from '../debate/clock.ts';
import type { JournalStore } from '../journal/types.ts';
import type { FilterOptions } from './filters.ts';
import type { FormatName } from './formats/index.ts';
import type { Format } from './formats/training-format.ts';
import type { Splits } from './groups/article-groups.ts';
import type { RankingRule } from './pairs/pair-of-family.ts';
import type { FileKind } from './write/tables.ts';

/** Everything that an export is told; `exportDataset` gives defaults to most of it. */
export interface ExportRequest {
  /** The stored debates. */
  store: JournalStore;
  /** null for all that the store holds. */
  runs: readonly string[] | null;
  /** The folder to be made. */
  out: string;
  /** Replaces a folder that is there, at the very end. */
  replace: boolean;
  /** Names of parley's own, or formats of the caller's. */
  formats: readonly (FormatName | Format)[];
  /** Which files hold the rows; both by default. */
  files: readonly FileKind[];
  /** Shares of `train`, `validation` and `test`, over articles; 0.8, 0.1 and 0.1 by default. */
  splits: Splits;
  /** What is left out; `defaultFilters` by default. */
  filters: FilterOptions;
  /** The rule that ranks two speeches of a pair; `grounding` by default. */
  rankBy: RankingRule;
  /** null takes the rule's own. */
  leastMargin: number | null;
  /** Puts the system text into the first user message, for chat templates without a system role; false by default. */
  foldSystem: boolean;
  /** Includes private notes, where the strategy asked for them; false by default. */
  notes: boolean;
  /** Estimated tokens that a row may have, its history cut to fit: a row a speech. null keeps whole histories. */
  window: number | null;
  /** Decides over all articles; null follows what scenarios and licences say. */
  articles: 'share' | 'withhold' | null;
  /** True makes a data set though a format asked for has no rows, or labels of one kind alone. */
  allowEmpty: boolean;
  /** Reads everything back and holds it to the loaders' rules before the folder gets its name. */
  check: boolean;
  /** The time written into the card; the system's by default. */
  clock: Pick<Clock, 'now'>;
  /** The version of parley written into every row; this one by default. */
  version: string;
  /** Called as the export goes on, with the phase and how much of it is done. */
  onProgress(progress: ExportProgress): void;
  /** Aborting leaves no folder behind. */
  signal: AbortSignal;
}

export interface ExportProgress {
  phase: 'looking' | 'writing' | 'pairing' | 'describing' | 'checking';
  done: number;
  of: number;
}
