import { hash } from 'node:crypto';
import type { Clock } from '../debate/clock.ts';
import { type BodyOf, moderatorId } from '../debate/events.ts';
import { judgeRoles, samplesFor } from '../debate/judges.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { Random } from '../debate/seeded-random.ts';
import type { ModelUse, Settings } from '../debate/setup.ts';
import type { JournalFailure, JournalStore, KeptFile } from '../journal/types.ts';
import type { ModelHandle } from '../models/types.ts';
import type { PromptSet } from '../prompts/types.ts';
import { rememberingFor } from '../text/memo.ts';
import { createRun, type DebateRun } from './debate-run.ts';
import type { Seat } from './seats.ts';

const disclaimer =
  'Simulated by AI. The speakers are roles, not people; nothing here is a statement of any government or person, and it is not a forecast.';

export const defaultSettings: Settings = {
  rounds: 6,
  order: 'fixed',
  judgeSamples: 3,
  turnTokens: 600,
  temperature: null,
  budgetUsd: null,
  budgetTokens: null,
  stopEarly: true,
};

interface StartOptions {
  debate: string;
  version: string;
  prompts: PromptSet;
  modelOf(role: string): ModelHandle;
  /** How many judges read in turn; 1 where absent. */
  judges?: number;
  seed: number;
  settings: Settings;
}

/** The first event of a debate: everything a reader needs to know of what was set up. */
export function debateStarted(options: StartOptions): BodyOf<'debate-started'> {
  const { scenario, strategy, control } = options.prompts;
  const { article, agenda, cast, prompts, facts } = setUpOf(options.prompts);
  const models = modelUses(options.prompts, options.modelOf, options.judges);
  return {
    type: 'debate-started',
    debate: options.debate,
    parley: options.version,
    scenario: { id: scenario.id, title: scenario.title },
    article,
    agenda,
    cast,
    strategy: strategy.id,
    prompts,
    models,
    simulated: Object.values(models).some((model) => model.simulated),
    seed: options.seed,
    settings: settingsUnder(options.prompts, options.settings, options.judges),
    disclaimer,
    ...(facts ? { facts } : {}),
    ...(scenario.language === undefined ? {} : { language: scenario.language }),
    ...(control ? { control: control.id } : {}),
  };
}

/**
 * What the first events of all debates on a set have in common, as one object that nobody can change: what is worked out of an article or
 * an agenda is then worked out once.
 */
const setUpOf = rememberingFor((prompts: PromptSet) => {
  const { article, agenda, personas, facts } = prompts.scenario;
  const cast = personas.map(({ member }) => member);
  return frozen({ article, agenda, cast, facts, prompts: promptHashes(prompts) });
});

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null)
    for (const part of Object.values(Object.freeze(value))) frozen(part);
  return value;
}

/** Turns of a caucus where prompts hold one and nobody says how many. */
const usualCaucus = 2;

/** Settings as prompts and judges need them: a control holds all its rounds, who has a question off the record puts it, and each judge reads. */
export function settingsUnder(
  { control, poll, facts, caucus, scenario }: PromptSet,
  { caucus: chosen, ...settings }: Settings,
  judges = 1,
): Settings {
  return {
    ...settings,
    ...(caucus === undefined ? {} : { caucus: chosen ?? scenario.caucus ?? usualCaucus }),
    judgeSamples: samplesFor(settings.judgeSamples, judges),
    ...(control ? { stopEarly: false } : {}),
    ...(poll === undefined ? {} : { poll: true }),
    ...(facts && scenario.facts ? { facts: true } : {}),
  };
}

/** Which model each role has: every persona, the moderator and the judges. */
export function modelUses(
  prompts: PromptSet,
  modelOf: (role: string) => ModelHandle,
  judges = 1,
): Record<string, ModelUse> {
  const personas = prompts.scenario.personas.map((persona) => persona.member.id);
  const uses: Record<string, ModelUse> = {};
  for (const role of [...personas, moderatorId, ...judgeRoles(judges)]) {
    const { spec, simulated } = modelOf(role);
    uses[role] = { spec, simulated };
  }
  return uses;
}

/** The prompt files in use, in the order of their paths, as they are kept beside the journal. */
export const keptFilesOf = rememberingFor((prompts: PromptSet): readonly KeptFile[] =>
  [...prompts.files]
    .map(([path, content]) => ({ path, content }))
    .sort((one, other) => (one.path < other.path ? -1 : 1)),
);

/** The prompt files in use with their hashes, as the journal names them. */
export const promptHashes = rememberingFor((prompts: PromptSet): { path: string; sha256: string }[] =>
  keptFilesOf(prompts).map(({ path, content }) => ({ path, sha256: hash('sha256', content) })),
);

export interface Surroundings {
  store: JournalStore;
  /** Version of parley, for the journal. */
  version: string;
  clock: Clock;
  jitter: Random;
  /** People who speak for personas from the start. */
  seats?: Readonly<Record<string, Seat>>;
  onSubscriberError?: (error: unknown) => void;
  /** Are the speakers' thoughts kept beside the journal? */
  keepsThoughts?: boolean;
}

/** Fails where thoughts are to be kept and the journals have no folder. */
export function placeForThoughts({
  store,
  keepsThoughts = false,
}: Pick<Surroundings, 'store' | 'keepsThoughts'>): Outcome<null, 'no-place-for-thoughts'> {
  if (!keepsThoughts || store.openThoughts) return success(null);
  return failure(
    'no-place-for-thoughts',
    'Thoughts are kept in a file beside the journal, and these runs have no folder. Keep the run in a folder, or its thoughts nowhere.',
  );
}

export interface NewDebate extends Surroundings {
  name: string;
  prompts: PromptSet;
  modelOf(role: string): ModelHandle;
  /** How many judges read in turn; 1 where absent. */
  judges?: number;
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
