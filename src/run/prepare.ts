import type { Clock } from '../debate/clock.ts';
import { fold } from '../debate/debate.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { Random } from '../debate/seeded-random.ts';
import type { Settings } from '../debate/setup.ts';
import type { JournalFailure, JournalStore } from '../journal/types.ts';
import type { ModelHandle } from '../models/types.ts';
import { loadKept } from '../prompts/load-kept.ts';
import type { PromptSet } from '../prompts/types.ts';
import { createRun, type DebateRun } from './debate-run.ts';
import { debateStarted, keptFilesOf, modelUses, settingsUnder } from './start.ts';

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

/** What decides how a stored debate goes on, known before its journal is locked. */
export interface StoredBefore {
  prompts: PromptSet;
  settings: Settings;
  /** Model spec by role, as last used. */
  models: Record<string, string>;
}

export interface ResumedDebate extends Surroundings {
  name: string;
  /** Chooses models and settings for the resumption from those it had. */
  goOn(before: StoredBefore): Promise<Outcome<{ modelOf(role: string): ModelHandle; settings: Settings }>>;
}

export type ResumeFailure = JournalFailure | 'nothing-to-resume' | 'bad-prompts' | 'refused';

/** Opens a stored debate to go on from its last finished event. Calls no model. */
export async function prepareResumption(debate: ResumedDebate): Promise<Outcome<DebateRun, ResumeFailure>> {
  const { store, name } = debate;
  const stored = await store.read(name);
  if (!stored.ok) return stored;
  const before = fold(stored.value.events);
  if (!before) {
    return failure(
      'nothing-to-resume',
      `${name} holds no event yet: nothing was said. Start it anew with parley run.`,
    );
  }
  const prompts = loadKept(stored.value.files);
  if (!prompts.ok) {
    return failure(
      'bad-prompts',
      `The prompt files kept with ${name} are not as it used them: ${prompts.failure.message}`,
    );
  }
  const models = Object.fromEntries(Object.entries(before.models).map(([role, use]) => [role, use.spec]));
  const chosen = await debate.goOn({ prompts: prompts.value, settings: before.settings, models });
  if (!chosen.ok) return failure('refused', chosen.failure.message);
  const { modelOf } = chosen.value;
  const settings = settingsUnder(prompts.value, chosen.value.settings);
  const over = endedForGood(before, settings);
  if (over) return failure('nothing-to-resume', over);

  const journal = await store.open(name);
  if (!journal.ok) return journal;
  const begin = {
    type: 'debate-resumed' as const,
    parley: debate.version,
    settings,
    models: modelUses(prompts.value, modelOf),
  };
  return success(createRun({ ...debate, journal: journal.value, prompts: prompts.value, modelOf, begin }));
}

/** Why a debate has nothing left to do under these settings; null where it has. */
function endedForGood(debate: NonNullable<ReturnType<typeof fold>>, settings: Settings): string | null {
  if (!debate.ended || ['stopped', 'failed', 'budget'].includes(debate.ended.reason)) return null;
  const roundsLeft = settings.rounds > debate.verdicts.length;
  const goesOnAnyway = debate.ended.reason === 'round-limit' || !settings.stopEarly;
  if (roundsLeft && goesOnAnyway) return null;
  const name = debate.started.debate;
  const more = debate.verdicts.length + 2;
  const how = debate.ended.reason === 'round-limit' ? `--rounds ${more}` : `--no-stop-early --rounds ${more}`;
  return `${name} is over (${debate.ended.reason}). To hold more rounds: parley resume ${name} ${how}`;
}
