import type { Clock } from '../debate/clock.ts';
import { type Outcome, success } from '../debate/outcome.ts';
import type { Random } from '../debate/seeded-random.ts';
import type { Settings } from '../debate/setup.ts';
import type { JournalFailure, JournalStore } from '../journal/types.ts';
import type { ModelHandle } from '../models/types.ts';
import type { PromptSet } from '../prompts/types.ts';
import { createRun, type DebateRun } from './debate-run.ts';
import { debateStarted, keptFilesOf } from './start.ts';

export interface Surroundings {
  store: JournalStore;
  /** Version of parley, for the journal. */
  version: string;
  clock: Clock;
  jitter: Random;
  onSubscriberError?: (error: unknown) => void;
}

export interface NewDebate extends Surroundings {
  name: string;
  prompts: PromptSet;
  modelOf(role: string): ModelHandle;
  seed: number;
  settings: Settings;
  /** True takes a run of this name that was killed before its first event; its prompt files must be the same. */
  takesEmpty?: boolean;
}

/** Makes the journal of a new debate and a run over it. Calls no model. */
export async function prepareDebate(debate: NewDebate): Promise<Outcome<DebateRun, JournalFailure>> {
  const { name, prompts, modelOf } = debate;
  const journal = await newJournal(debate);
  if (!journal.ok) return journal;
  const begin = debateStarted({ ...debate, debate: name });
  return success(createRun({ ...debate, journal: journal.value, prompts, modelOf, begin }));
}

async function newJournal({ store, name, prompts, takesEmpty }: NewDebate) {
  const made = await store.create(name, keptFilesOf(prompts));
  if (made.ok || made.failure.reason !== 'exists' || !takesEmpty) return made;
  const there = await store.open(name);
  if (!there.ok || there.value.history.length === 0) return there;
  await there.value.close();
  return made;
}
