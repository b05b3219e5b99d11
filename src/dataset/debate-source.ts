import { createHash } from 'node:crypto';
import type { Passage } from '../debate/agenda.ts';
import { apply, type Debate } from '../debate/debate.ts';
import type { EventOf } from '../debate/events.ts';
import type { Article } from '../debate/setup.ts';
import type { JournalStore } from '../journal/types.ts';
import { loadKept } from '../prompts/load-kept.ts';
import type { PromptSet } from '../prompts/types.ts';
import type { Explanation } from '../why/explanations.ts';
import { storedWhy } from '../why/explanations.ts';
import type { ExportRequest } from './export-request.ts';
import type { UsedArticle } from './groups/article-groups.ts';
import { minHash } from './groups/similar-texts.ts';
import type { Descent } from './pairs/families.ts';
import { forksLast } from './pairs/families.ts';
import { promptsHash } from './row-provenance.ts';

export interface LoadedDebate {
  set: PromptSet;
  debate: Debate;
  /** The debate as it stood when each verdict was read, oldest first. */
  beforeVerdicts: Debate[];
  /** Why its speakers moved, as far as it was asked; null where nobody asked. */
  why: readonly Explanation[] | null;
}

/** Reads debates out of a store, one in memory at a time. Whatever cannot be read or folded is null, not an error. */
export interface DebateSource {
  /** The first event alone, and the prompts. */
  head(run: string): Promise<{ started: EventOf<'debate-started'>; set: PromptSet } | null>;
  load(run: string): Promise<LoadedDebate | null>;
}

/** Sets of prompts kept in memory; most debates of a batch share a few. */
const mostSets = 32;

export function debateSource(store: JournalStore): DebateSource {
  const sets = new Map<string, PromptSet>();

  /** The journal says which files were used, so those of a set already loaded need not be read again. */
  async function setOf(run: string, started: EventOf<'debate-started'>): Promise<PromptSet | null> {
    const key = promptsHash({ started });
    const known = sets.get(key);
    if (known) return known;
    const stored = await store.read(run);
    if (!stored.ok || !areAsUsed(started, stored.value.files)) return null;
    const loaded = loadKept(stored.value.files);
    if (!loaded.ok) return null;
    const [oldest] = sets.keys();
    if (sets.size >= mostSets && oldest !== undefined) sets.delete(oldest);
    sets.set(key, loaded.value);
    return loaded.value;
  }

  return {
    async head(run) {
      for await (const event of store.events(run)) {
        if (!event.ok || event.value.type !== 'debate-started') return null;
        const set = await setOf(run, event.value);
        return set && { started: event.value, set };
      }
      return null;
    },
    async load(run) {
      let debate: Debate | null = null;
      const beforeVerdicts: Debate[] = [];
      for await (const event of store.events(run)) {
        if (!event.ok) return null;
        if (event.value.type === 'verdict-given' && debate) beforeVerdicts.push(debate);
        try {
          debate = apply(debate, event.value);
        } catch {
          return null;
        }
      }
      const set = debate && (await setOf(run, debate.started));
      return debate && set && { set, debate, beforeVerdicts, why: storedWhy(store.place, run, debate) };
    },
  };
}

function areAsUsed({ prompts }: EventOf<'debate-started'>, files: ReadonlyMap<string, string>): boolean {
  const hashOf = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
  return (
    prompts.length === files.size &&
    prompts.every(({ path, sha256 }) => hashOf(files.get(path) ?? '') === sha256)
  );
}

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
    const { sha256 } = started.article;
    const { group } = set.scenario;
    const key = `${sha256}\n${group ?? ''}`;
    const before = articles.get(key);
    if (!before) {
      articles.set(key, {
        sha256,
        group,
        signatures: textsOf(started.article).map(minHash),
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

/** An article's text; for a dossier also that of each source, which another dossier may have too. */
function textsOf({ passages, sources = [] }: Article): string[] {
  const joined = (of: readonly Passage[]) => of.map(({ text }) => text).join('\n');
  const parts = sources.map(({ first }, place) =>
    passages.filter(
      ({ number }) => number >= first && number < (sources[place + 1]?.first ?? Number.POSITIVE_INFINITY),
    ),
  );
  return [passages, ...parts].map(joined);
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
