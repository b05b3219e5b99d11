import { readFile } from 'node:fs/promises';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { JournalStore } from '../journal/types.ts';
import { bundledPrompts } from '../prompts/bundled-prompts.ts';
import { loadKept } from '../prompts/load-kept.ts';
import { loadPrompts } from '../prompts/load-prompts.ts';
import type { PromptSet } from '../prompts/types.ts';
import type { DebateRun } from './debate-run.ts';
import { placeForThoughts } from './prepare.ts';
import { noSuchTurn, prepareFork, speechTurns } from './prepare-fork.ts';
import type { ChooseModels, ReadyToResume } from './resume-debate.ts';
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
