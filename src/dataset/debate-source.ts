import { createHash } from 'node:crypto';
import { apply, type Debate } from '../debate/debate.ts';
import type { EventOf } from '../debate/events.ts';
import type { JournalStore } from '../journal/types.ts';
import { loadKept } from '../prompts/load-kept.ts';
import type { PromptSet } from '../prompts/types.ts';
import { promptsHash } from './provenance.ts';

export interface LoadedDebate {
  set: PromptSet;
  debate: Debate;
  /** The debate as it stood when each verdict was read, oldest first. */
  beforeVerdicts: Debate[];
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
      return debate && set && { set, debate, beforeVerdicts };
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
