import type { Debate } from '../debate/debate.ts';
import type { PromptSet } from '../prompts/types.ts';
import type { CardArticle } from './describe/summary.ts';
import { isSimulated } from './provenance.ts';

/** Most articles that are kept by name: a card with more is no use to a reader. */
const mostNamed = 200;

/** What the card says of the debates that went in, gathered on the way. */
export interface Collected {
  articles: Map<string, CardArticle>;
  articleHashes: Set<string>;
  models: Set<string>;
  strategies: Set<string>;
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
    groups: new Map(),
    hasSimulated: false,
  };
}

export function collect(
  collected: Collected,
  { set, debate }: { set: PromptSet; debate: Debate },
  { group, split }: { group: string; split: string },
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
      isShared: set.scenario.shareText,
    });
  }
  for (const { spec } of Object.values(debate.models)) collected.models.add(spec);
  collected.strategies.add(strategy);
  const groups = collected.groups.get(split) ?? new Set();
  collected.groups.set(split, groups.add(group));
  collected.hasSimulated ||= isSimulated(debate);
}
