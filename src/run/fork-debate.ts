import { readFile } from 'node:fs/promises';
import { fold } from '../debate/debate.ts';
import type { DebateEvent, EventOf } from '../debate/events.ts';
import { nextSpeaker } from '../debate/next.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { seededInteger } from '../debate/seeded-random.ts';
import type { JournalStore } from '../journal/types.ts';
import { bundledPrompts } from '../prompts/bundled-prompts.ts';
import { loadKept } from '../prompts/load-kept.ts';
import { loadPrompts } from '../prompts/load-prompts.ts';
import type { PromptSet } from '../prompts/types.ts';
import { createRun, type DebateRun } from './debate-run.ts';
import {
  keptFilesOf,
  modelUses,
  placeForThoughts,
  promptHashes,
  type Surroundings,
  settingsUnder,
} from './prepare.ts';
import type { ChooseModels, ReadyToResume, StoredBefore, WayOn } from './resume-debate.ts';
import { pricedBudget, type RoleModels } from './role-models.ts';
import { systemClock } from './system-clock.ts';
import { version } from './version.ts';

export interface DebateToFork {
  store: JournalStore;
  /** The debate to fork. */
  run: string;
  /** The speech that is given anew. */
  turn: number;
  /** Distinguishes forks at the same turn: each goes on with chances of its own. */
  branch: number;
  /** null for one made of the run, the turn and the branch. */
  name: string | null;
  changes: PromptChanges;
  models: ChooseModels;
  keepsThoughts?: boolean;
  /** Asked before anything is made; a failure leaves all as it is. */
  agree?(ready: ReadyToResume): Promise<Outcome<null>>;
}

/** Makes a new run that shares everything before a speech with another one, and can be started. Calls no model. */
export async function forkDebate(
  asked: DebateToFork,
): Promise<Outcome<{ run: DebateRun; models: RoleModels }>> {
  const { store, run, turn, branch, changes, keepsThoughts = false } = asked;
  const placed = placeForThoughts(asked);
  if (!placed.ok) return placed;
  const models: RoleModels[] = [];
  const prepared = await prepareFork({
    ...{ store, run, turn, branch, keepsThoughts, version, clock: systemClock, jitter: Math.random },
    name: asked.name ?? forkName(run, turn, branch),
    agree: async (ready) => {
      const [chosen] = models;
      return asked.agree && chosen ? asked.agree({ ...ready, ...chosen }) : success(null);
    },
    goOn: async (before) => {
      const prompts = await changedPrompts(before.prompts, changes);
      if (!prompts.ok) return prompts;
      const personas = before.prompts.scenario.personas.map(({ member }) => member.id);
      const chosen = await asked.models(personas, before.models);
      if (!chosen.ok) return chosen;
      models.push(chosen.value);
      const { budgetUsd = null, budgetTokens = null } = changes;
      const settings = {
        ...before.settings,
        ...(budgetUsd === null ? {} : { budgetUsd }),
        ...(budgetTokens === null ? {} : { budgetTokens }),
      };
      const priced = pricedBudget(settings.budgetUsd, personas, chosen.value);
      if (!priced.ok) return priced;
      return success({ ...chosen.value, settings, prompts: prompts.value });
    },
  });
  if (!prepared.ok) return prepared;
  const [chosen] = models;
  if (!chosen) throw new Error('a fork continues only with models that were chosen');
  return success({ run: prepared.value, models: chosen });
}

export function forkName(run: string, turn: number, branch: number): string {
  return `${run.slice(0, 80)}-t${turn}-${branch}`;
}

/** One fork of several that are made at once. */
interface ForkToMake {
  turn: number;
  branch: number;
  /** null for the strategy of the debate. */
  strategy: string | null;
}

/**
 * The forks of a run at several speeches, so many under each strategy, in the order of the turns; every speech of a
 * persona where no turns are named. Everything is checked before the first fork is made: fails as the journal does, with
 * `no-such-turn`, or as loading a strategy does.
 */
export async function forksToMake(asked: {
  store: JournalStore;
  run: string;
  turns: readonly number[] | 'every';
  strategies: readonly string[];
  count: number;
}): Promise<Outcome<ForkToMake[]>> {
  const { store, run, count } = asked;
  const stored = await store.read(run);
  if (!stored.ok) return stored;
  const speeches = speechTurns(stored.value.events);
  const turns =
    asked.turns === 'every' ? speeches : [...new Set(asked.turns)].sort((one, other) => one - other);
  const stranger = turns.find((turn) => !speeches.includes(turn)) ?? (turns.length === 0 ? 0 : undefined);
  if (stranger !== undefined) return failure('no-such-turn', noSuchTurn(run, stranger, stored.value.events));
  for (const strategy of asked.strategies) {
    const loaded = await loadStrategy(strategy);
    if (!loaded.ok) return loaded;
  }
  const strategies = asked.strategies.length > 0 ? asked.strategies : [null];
  const forks: ForkToMake[] = [];
  for (const turn of turns) {
    const ways = strategies.flatMap((strategy) => Array<string | null>(count).fill(strategy));
    const branches = await freeBranches({ store, run, turn }, ways.length);
    forks.push(...ways.map((strategy, place) => ({ turn, strategy, branch: branches[place] ?? place + 1 })));
  }
  return success(forks);
}

/** The first numbers of forks at a turn whose names are not taken, from 1. */
export async function freeBranches(
  { store, run, turn }: Pick<DebateToFork, 'store' | 'run' | 'turn'>,
  count: number,
): Promise<number[]> {
  const free: number[] = [];
  for (let branch = 1; free.length < count; branch++) {
    if (await isFree(store, forkName(run, turn, branch))) free.push(branch);
  }
  return free;
}

/** A name that no store takes counts as free: making the fork says what is wrong with it. */
async function isFree(store: JournalStore, name: string): Promise<boolean> {
  for await (const event of store.events(name)) return !event.ok && event.failure.reason !== 'damaged';
  return false;
}

/** Loads a strategy with its checks; any scenario will do beside it. */
function loadStrategy(strategy: string) {
  return loadPrompts({ promptRoot: bundledPrompts(), scenario: 'us-dprk-talks', strategy });
}

interface PromptChanges {
  /** Another strategy: a bundled one's name, or a Markdown file; null for the one before. */
  strategy: string | null;
  /** Another file for the persona whose id it holds; null for none. */
  personaFile: string | null;
  /** New budgets, in which the part it shares counts; null for those before. */
  budgetUsd?: number | null;
  budgetTokens?: number | null;
}

/** The prompts of a debate with another strategy, or with another file for one persona, or both. */
async function changedPrompts(
  before: PromptSet,
  { strategy, personaFile }: PromptChanges,
): Promise<Outcome<PromptSet>> {
  let files = new Map(before.files);
  if (strategy !== null) {
    const loaded = await loadStrategy(strategy);
    if (!loaded.ok) return loaded;
    const isStrategy = ([path]: [string, string]) => path.startsWith('strategies/');
    files = new Map([
      ...[...files].filter((file) => !isStrategy(file)),
      ...[...loaded.value.files].filter(isStrategy),
    ]);
  }
  if (personaFile !== null) {
    const replaced = await withPersona(files, personaFile, before);
    if (!replaced.ok) return replaced;
    files = replaced.value;
  }
  return loadKept(files);
}

/** Puts a persona's file in the place of the one with its id. */
async function withPersona(
  files: ReadonlyMap<string, string>,
  file: string,
  before: PromptSet,
): Promise<Outcome<Map<string, string>>> {
  const content = await readFile(file, 'utf8').catch(() => null);
  if (content === null) return failure('not-found', `The persona's file ${file} cannot be read.`);
  const id = /^id:[ \t]*["']?([a-z0-9-]+)/m.exec(content)?.[1] ?? '';
  const path = [...files.keys()].find((known) => known.endsWith(`/personas/${id}.md`));
  if (path !== undefined) return success(new Map([...files, [path, content]]));
  const cast = before.scenario.personas.map(({ member }) => member.id).join(', ');
  const named = id === '' ? 'names no persona (id: …)' : `is of ${id}, who is not in this debate`;
  return failure('unknown-persona', `${file} ${named}. The cast: ${cast}.`);
}

export interface Fork extends Surroundings {
  /** The debate to fork. */
  run: string;
  /** The speech that is given anew. */
  turn: number;
  /** Name of the new run. */
  name: string;
  /** Distinguishes forks at the same turn: each number goes on with chances of its own, the same each time. */
  branch: number;
  /** Chooses models, settings and prompts for the way on from those it had. */
  goOn(before: StoredBefore): Promise<Outcome<WayOn & { prompts: PromptSet }>>;
  /** Asked before anything is made; a failure leaves all as it is. */
  agree?(ready: Omit<ReadyToResume, keyof RoleModels>): Promise<Outcome<null>>;
}

/**
 * Makes a new run that shares everything before a speech with another one and goes on from there by itself. Its
 * journal begins with the shared events, whole or not at all; the one it came from is left as it is. Calls no model. Fails as the journal does, with `no-such-turn` or `bad-prompts`, or as
 * `goOn` does.
 */
export async function prepareFork(fork: Fork): Promise<Outcome<DebateRun>> {
  const { store, run, turn, name } = fork;
  const stored = await store.read(run);
  if (!stored.ok) return stored;
  const { events } = stored.value;
  const speech = events.find(
    (event): event is EventOf<'turn-ended'> => event.type === 'turn-ended' && event.turn === turn,
  );
  if (speech?.kind !== 'speech') return failure('no-such-turn', noSuchTurn(run, turn, events));
  const kept = loadKept(stored.value.files);
  if (!kept.ok) {
    return failure(
      'bad-prompts',
      `The prompt files kept with ${run} are not as it used them: ${kept.failure.message}`,
    );
  }
  const shared = before(events, speech);
  const debate = fold(shared);
  if (!debate) throw new Error('a journal with a speech has a start');
  const models = Object.fromEntries(Object.entries(debate.models).map(([role, use]) => [role, use.spec]));
  const chosen = await fork.goOn({ prompts: kept.value, settings: debate.settings, models });
  if (!chosen.ok) return chosen;
  const { modelOf, judges, prompts } = chosen.value;
  const settings = settingsUnder(prompts, chosen.value.settings, judges);

  const uses = modelUses(prompts, modelOf, judges);
  const started: EventOf<'debate-started'> = {
    ...debate.started,
    debate: name,
    cast: prompts.scenario.personas.map((persona) => persona.member),
    strategy: prompts.strategy.id,
    prompts: promptHashes(prompts),
    simulated: debate.started.simulated || Object.values(uses).some(({ simulated }) => simulated),
    forkedFrom: { debate: debate.started.debate, turn },
  };
  const history = withSeed([started, ...shared.slice(1)], speech, fork.branch);
  const ready = { debate: fold(history) ?? debate, events: history, prompts, settings };
  const agreed = await fork.agree?.(ready);
  if (agreed && !agreed.ok) return agreed;
  const journal = await store.create(name, keptFilesOf(prompts), history);
  if (!journal.ok) return journal;
  const begin = { type: 'debate-resumed' as const, parley: fork.version, settings, models: uses };
  return success(createRun({ ...fork, journal: journal.value, prompts, modelOf, begin }));
}

/** The events before a speech, without its own failed attempts. */
function before(events: readonly DebateEvent[], speech: EventOf<'turn-ended'>): DebateEvent[] {
  const shared = events.slice(0, speech.number);
  while (shared.at(-1)?.type === 'attempt-failed') shared.pop();
  return shared;
}

/** A seed of its own, such that the same persona has the word where the seed decides the order. */
function withSeed(
  history: readonly [EventOf<'debate-started'>, ...DebateEvent[]],
  speech: EventOf<'turn-ended'>,
  branch: number,
): DebateEvent[] {
  const [started, ...rest] = history;
  for (let attempt = 0; ; attempt++) {
    const seed = seededInteger(started.seed, 'fork', speech.turn, branch, attempt);
    const events = [{ ...started, seed }, ...rest];
    const debate = fold(events);
    const next = debate && nextSpeaker(debate, speech.round);
    if (next?.type === 'known' && next.persona === speech.speaker) return events;
    if (attempt > 10_000) throw new Error(`no seed gives ${speech.speaker} the word at turn ${speech.turn}`);
  }
}

/** The numbers of the personas' speeches, in order. */
function speechTurns(events: readonly DebateEvent[]): number[] {
  return events.flatMap((event) =>
    event.type === 'turn-ended' && event.kind === 'speech' ? [event.turn] : [],
  );
}

function noSuchTurn(run: string, turn: number, events: readonly DebateEvent[]): string {
  const speeches = speechTurns(events);
  if (speeches.length === 0) return `${run} holds no speech yet: there is nothing to fork.`;
  return `Turn ${turn} of ${run} is no persona's speech. Fork at one of: ${speeches.join(', ')}.`;
}
