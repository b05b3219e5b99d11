import type { Debate } from '../../debate/debate.ts';

import type { Counts, FilterOptions } from '../filters.ts';
import type { Format } from '../formats/training-format.ts';
import type { Splits } from '../groups/article-groups.ts';
import type { RankingRule } from '../pairs/pair-of-family.ts';
import { isSimulated } from '../row-provenance.ts';
import type { FileKind } from '../write/tables.ts';

/** Most articles that are kept by name: a card with more is no use to a reader. */
const mostNamed = 200;

/** What the card says of the debates that went in, gathered on the way. */
export interface Collected {
  articles: Map<string, CardArticle>;
  articleHashes: Set<string>;
  models: Set<string>;
  strategies: Set<string>;
  /** BCP 47 tags; en where a scenario names none. */
  languages: Set<string>;
  /** Article groups by split. */
  groups: Map<string, Set<string>>;
  hasSimulated: boolean;
}

export function createCollected(): Collected {
  return {
    articles: new Map(),
    articleHashes: new Set(),
    models: new Set(),
    strategies: new Set(),
    languages: new Set(),
    groups: new Map(),
    hasSimulated: false,
  };
}

export function collect(
  collected: Collected,
  { debate, isShared }: { debate: Debate; isShared: boolean },
  { group, split, language }: { group: string; split: string; language: string },
): void {
  const { article, strategy } = debate.started;
  const { title, source, licence, sha256 } = article;
  collected.articleHashes.add(sha256);
  if (collected.articles.size < mostNamed) {
    collected.articles.set(sha256, {
      title,
      source,
      licence,
      sha256,
      group,
      isShared,
    });
  }
  for (const { spec } of Object.values(debate.models)) collected.models.add(spec);
  collected.strategies.add(strategy);
  collected.languages.add(language);
  const groups = collected.groups.get(split) ?? new Set();
  collected.groups.set(split, groups.add(group));
  collected.hasSimulated ||= isSimulated(debate);
}

/** An article of the data set, as the card names it. */
interface CardArticle {
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
  /** BCP 47, as cards name it. */
  languages: readonly string[];
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

/** Room for a template's own tokens and for an estimate that is 15% short, in steps of 512. */
export function maxLength(longestRow: number): number {
  return Math.ceil((longestRow * 1.2) / 512) * 512;
}
