import type { DebateSource } from './debate-source.ts';
import type { ExportRequest } from './export-request.ts';
import type { UsedArticle } from './groups/article-groups.ts';
import type { Descent } from './pairs/families.ts';

/** What must be known of all debates before rows of any can be made. Small: a few words a debate. */
export interface Survey {
  runs: string[];
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
  const parents = new Map<string, Descent>();
  const forks: Descent[] = [];
  const wanted = new Set<string>();
  const all: [run: string, debate: string][] = [];
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
        text: passages.map(({ text }) => text).join('\n'),
        at: started.at,
      });
    } else if (started.at < before.at) articles.set(key, { ...before, at: started.at });
    const { forkedFrom } = started;
    if (forkedFrom) {
      forks.push({ run, debate: started.debate, forkedFrom });
      wanted.add(forkedFrom.debate);
    }
    all.push([run, started.debate]);
  }
  const forkIds = new Set(forks.map(({ debate }) => debate));
  for (const [run, debate] of all) {
    if (wanted.has(debate) && !forkIds.has(debate)) parents.set(debate, { run, debate, forkedFrom: null });
  }
  return { runs: [...runs], articles: [...articles.values()], descents: [...parents.values(), ...forks] };
}
