import type { Counts } from '../counts.ts';
import type { FilterOptions } from '../filters.ts';
import type { Format } from '../formats/format.ts';
import type { Splits } from '../groups/splits.ts';
import type { RankingRule } from '../pairs/ranking.ts';
import type { FileKind } from '../write/tables.ts';

/** An article of the data set, as the card names it. */
export interface CardArticle {
  title: string;
  source: string;
  licence: string;
  sha256: string;
  group: string;
  isShared: boolean;
}

/** A file of rows. */
export interface DataFile {
  /** Below the data set's folder, with forward slashes. */
  path: string;
  format: string;
  split: string;
  kind: FileKind;
}

/** Everything that the files beside the rows tell. */
export interface Summary {
  /** Name of the data set: its folder's. */
  name: string;
  parley: string;
  /** ISO 8601, UTC. */
  madeAt: string;
  formats: readonly Format[];
  files: readonly DataFile[];
  splits: Splits;
  filters: FilterOptions;
  ranking: { rule: RankingRule; leastMargin: number };
  foldSystem: boolean;
  notes: boolean;
  counts: Counts;
  articles: readonly CardArticle[];
  /** How many articles there are; `articles` names the first of them. */
  articleCount: number;
  models: readonly string[];
  strategies: readonly string[];
  hasSimulated: boolean;
}
