import type { DebateSource } from './debate-source.ts';
import type { ExportRequest } from './export-request.ts';
import type { UsedArticle } from './groups/article-groups.ts';
import { minHash } from './groups/min-hash.ts';
import type { Descent } from './pairs/families.ts';
import { forksLast } from './pairs/repeats.ts';

/** What must be known of all debates before rows of any can be made. Small: a few words a debate. */
export interface Survey {
  /** Forks after all others. */
  runs: readonly string[];
  /** Every article with the event it stands for, once. */
  articles: UsedArticle[];
  /** Debates that are forks, and those that may have been forked. */
  descents: Descent[];
}

/** Reads the first event of every debate. Those that cannot be read are met, and counted, when rows are made. */
export async function surveyOf(
  source: DebateSource,
  runs: readonly string[],
  { onProgress, signal }: Pick<ExportRequest, 'onProgress' | 'signal'>,
): Promise<Survey> {
  const articles = new Map<string, UsedArticle>();
  const forks: Descent[] = [];
  /** Runs by the id of their debate, where it is not their name: those whose folder was renamed. */
  const renamed = new Map<string, string>();
  for (const [index, run] of runs.entries()) {
    if (signal.aborted) break;
    onProgress({ phase: 'looking', done: index, of: runs.length });
    const head = await source.head(run);
    if (!head) continue;
    const { started, set } = head;
    const { sha256, passages } = started.article;
    const { group } = set.scenario;
    const key = `${sha256}\n${group ?? ''}`;
    const before = articles.get(key);
    if (!before) {
      articles.set(key, {
        sha256,
        group,
        signature: minHash(passages.map(({ text }) => text).join('\n')),
        at: started.at,
      });
    } else if (started.at < before.at) articles.set(key, { ...before, at: started.at });
    const { debate, forkedFrom } = started;
    if (forkedFrom) forks.push({ run, debate, forkedFrom });
    else if (debate !== run) renamed.set(debate, run);
  }
  const descents = [...parentsOf(forks, runs, renamed), ...forks];
  return { runs: forksLast(runs, descents), articles: [...articles.values()], descents };
}

/** The debates that forks come from and that are none themselves. */
function parentsOf(
  forks: readonly Descent[],
  runs: readonly string[],
  renamed: ReadonlyMap<string, string>,
): Descent[] {
  if (forks.length === 0) return [];
  const own = new Set(forks.map(({ debate }) => debate));
  const stored = new Set(runs);
  for (const run of renamed.values()) stored.delete(run);
  const wanted = new Set(forks.flatMap(({ forkedFrom }) => forkedFrom?.debate ?? []));
  return [...wanted].flatMap((debate) => {
    const run = renamed.get(debate) ?? (stored.has(debate) ? debate : undefined);
    return run === undefined || own.has(debate) ? [] : [{ run, debate, forkedFrom: null }];
  });
}
