import type { Clock } from '../debate/clock.ts';
import type { JournalStore } from '../journal/types.ts';
import type { CheckedFolder } from './check/check-folder.ts';
import type { Counts } from './counts.ts';
import type { FilterOptions } from './filters.ts';
import type { FormatName } from './formats/formats.ts';
import type { Splits } from './groups/splits.ts';
import type { RankingRule } from './pairs/ranking.ts';
import type { FileKind } from './write/tables.ts';
import type { FolderFailure } from './write/whole-folder.ts';

export interface ExportRequest {
  store: JournalStore;
  /** null for all that the store holds. */
  runs: readonly string[] | null;
  /** The folder to be made. */
  out: string;
  /** Replaces a folder that is there, at the very end. */
  replace: boolean;
  formats: readonly FormatName[];
  files: readonly FileKind[];
  splits: Splits;
  filters: FilterOptions;
  rankBy: RankingRule;
  /** null takes the rule's own. */
  leastMargin: number | null;
  foldSystem: boolean;
  notes: boolean;
  /** Reads everything back and holds it to the loaders' rules before the folder gets its name. */
  check: boolean;
  clock: Pick<Clock, 'now'>;
  version: string;
  onProgress(progress: Progress): void;
  /** Aborting leaves no folder behind. */
  signal: AbortSignal;
}

export interface Progress {
  phase: 'looking' | 'writing' | 'pairing' | 'describing' | 'checking';
  done: number;
  of: number;
}

export interface ExportResult {
  counts: Counts;
  /** How many article groups each split holds. */
  groups: Record<string, number>;
  /** null where it was not asked for. */
  checked: CheckedFolder | null;
}

export type ExportFailure = FolderFailure | 'nothing' | 'aborted' | 'check-failed' | 'unknown-run';
