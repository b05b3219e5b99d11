import { type Debate, fold } from '../debate/debate.ts';
import type { DebateEvent } from '../debate/events.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { Settings } from '../debate/setup.ts';
import type { JournalStore } from '../journal/types.ts';
import type { ModelHandle } from '../models/types.ts';
import { loadKept } from '../prompts/load-kept.ts';
import type { PromptSet } from '../prompts/types.ts';
import { counted } from '../text/figures.ts';
import { shownRun } from './catalogue/find-run.ts';
import { createRun, type DebateRun } from './debate-run.ts';
import type { Surroundings } from './prepare.ts';
import { modelUses, placeForThoughts, settingsUnder } from './prepare.ts';
import { pricedBudget, type RoleModels } from './role-models.ts';
import { checkSeats } from './seats.ts';
import { systemClock } from './system-clock.ts';
import { version } from './version.ts';

/** What a person may change where a debate goes on; null leaves it as it was. */
interface SettingChanges {
  rounds: number | null;
  budgetUsd: number | null;
  budgetTokens: number | null;
  /** False runs all rounds from now on. */
  stopEarly: boolean;
}

function changedSettings(before: Settings, changes: SettingChanges): Settings {
  return {
    ...before,
    rounds: changes.rounds ?? before.rounds,
    budgetUsd: changes.budgetUsd ?? before.budgetUsd,
    budgetTokens: changes.budgetTokens ?? before.budgetTokens,
    stopEarly: before.stopEarly && changes.stopEarly,
  };
}

/** Chooses the models of a debate that goes on: `before` are those it had, by role. */
export type ChooseModels = (
  personas: readonly string[],
  before: Readonly<Record<string, string>>,
) => Promise<Outcome<RoleModels>>;

export interface DebateToResume {
  store: JournalStore;
  name: string;
  changes: SettingChanges;
  models: ChooseModels;
  seats?: Surroundings['seats'];
  keepsThoughts?: boolean;
  /** Asked once all is known, before the journal is opened; a failure leaves the debate as it is. */
  agree?(ready: ReadyToResume): Promise<Outcome<null>>;
}

/** A stored debate with what it is resumed with. */
export interface ReadyToResume extends RoleModels {
  debate: Debate;
  events: readonly DebateEvent[];
  prompts: PromptSet;
  settings: Settings;
}

/** Opens a stored debate so that it goes on from its last finished event, once started. Calls no model. */
export async function resumeDebate(
  asked: DebateToResume,
): Promise<Outcome<{ run: DebateRun; models: RoleModels }>> {
  const placed = placeForThoughts(asked);
  if (!placed.ok) return placed;
  const models: RoleModels[] = [];
  const prepared = await prepareResumption({
    ...{ store: asked.store, name: asked.name, version, clock: systemClock, jitter: Math.random },
    ...(asked.seats ? { seats: asked.seats } : {}),
    keepsThoughts: asked.keepsThoughts ?? false,
    goOn: async ({ prompts, settings: before, models: specs }) => {
      const personas = prompts.scenario.personas.map(({ member }) => member.id);
      const seats = checkSeats(personas, Object.keys(asked.seats ?? {}));
      if (!seats.ok) return seats;
      const chosen = await asked.models(personas, specs);
      if (!chosen.ok) return chosen;
      models.push(chosen.value);
      const settings = changedSettings(before, asked.changes);
      const priced = pricedBudget(settings.budgetUsd, personas, chosen.value);
      return priced.ok ? success({ ...chosen.value, settings }) : priced;
    },
    agree: ({ debate, events, prompts, settings }) => {
      const [chosen] = models;
      if (!asked.agree || !chosen) return Promise.resolve(success(null));
      return asked.agree({ ...chosen, debate, events, prompts, settings });
    },
  });
  if (!prepared.ok) return prepared;
  const [chosen] = models;
  if (!chosen) throw new Error('a debate continues only with models that were chosen');
  return success({ run: prepared.value, models: chosen });
}

/** What decides how a stored debate goes on, known before its journal is locked. */
export interface StoredBefore {
  prompts: PromptSet;
  settings: Settings;
  /** Model spec by role, as last used. */
  models: Record<string, string>;
}

/** With what a stored debate goes on. */
export interface WayOn {
  modelOf(role: string): ModelHandle;
  /** How many judges read in turn; 1 where absent. */
  judges?: number;
  settings: Settings;
}

export interface ResumedDebate extends Surroundings {
  name: string;
  /** Chooses models and settings for the resumption from those it had. */
  goOn(before: StoredBefore): Promise<Outcome<WayOn>>;
  /** The last word before the journal is opened. */
  agree?(ready: Omit<ReadyToResume, keyof RoleModels>): Promise<Outcome<null>>;
}

/**
 * Opens a stored debate to go on from its last finished event. Calls no model. Fails as the journal does, with
 * `nothing-to-resume`, `no-rounds-left`, `over` or `bad-prompts`, or as `goOn` does.
 */
export async function prepareResumption(debate: ResumedDebate): Promise<Outcome<DebateRun>> {
  const { store, name } = debate;
  const stored = await store.read(name);
  if (!stored.ok) return stored;
  const before = fold(stored.value.events);
  if (!before) {
    return failure('nothing-to-resume', `${name} holds no event yet: nothing was said. Start a new one.`);
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
  if (!chosen.ok) return chosen;
  const { modelOf, judges } = chosen.value;
  const settings = settingsUnder(prompts.value, chosen.value.settings, judges);
  const over = endedForGood(before, settings, shownRun(store.place, name));
  if (over) return over;
  const { events } = stored.value;
  const agreed = await debate.agree?.({ debate: before, events, prompts: prompts.value, settings });
  if (agreed?.ok === false) return agreed;

  const journal = await store.open(name);
  if (!journal.ok) return journal;
  const begin = {
    type: 'debate-resumed' as const,
    parley: debate.version,
    settings,
    models: modelUses(prompts.value, modelOf, judges),
  };
  return success(createRun({ ...debate, journal: journal.value, prompts: prompts.value, modelOf, begin }));
}

/** What keeps a debate from going on under these settings; null where something is left to do. */
function endedForGood(debate: Debate, settings: Settings, run: string) {
  const { ended, verdicts, started } = debate;
  if (!ended || ['stopped', 'failed', 'budget'].includes(ended.reason)) return null;
  const roundsLeft = settings.rounds > verdicts.length;
  const ranOut = ended.reason === 'round-limit';
  if (roundsLeft && (ranOut || !settings.stopEarly)) return null;
  const message = `${started.debate} is over (${ended.reason}) after ${counted(verdicts.length, 'round')}.`;
  const data = { run, rounds: verdicts.length };
  return failure(ranOut ? 'no-rounds-left' : 'over', message, data);
}
