import { readFile } from 'node:fs/promises';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { JournalStore } from '../journal/types.ts';
import { bundledPrompts } from '../prompts/bundled-prompts.ts';
import { loadKept } from '../prompts/load-kept.ts';
import { loadPrompts } from '../prompts/load-prompts.ts';
import type { PromptSet } from '../prompts/types.ts';
import type { DebateRun } from './debate-run.ts';
import { prepareFork } from './prepare-fork.ts';
import type { ChooseModels } from './resume-debate.ts';
import type { RoleModels } from './role-models.ts';
import { systemClock } from './system-clock.ts';
import { version } from './version.ts';

export interface DebateToFork {
  store: JournalStore;
  /** The debate to fork. */
  run: string;
  /** The speech that is given anew. */
  turn: number;
  /** Tells apart forks at the same turn: each goes on with chances of its own. */
  branch: number;
  /** null for one made of the run, the turn and the branch. */
  name: string | null;
  changes: PromptChanges;
  models: ChooseModels;
}

/** Makes a new run that shares everything before a speech with another one, and can be started. Calls no model. */
export async function forkDebate(
  asked: DebateToFork,
): Promise<Outcome<{ run: DebateRun; models: RoleModels }>> {
  const { store, run, turn, branch, changes } = asked;
  const models: RoleModels[] = [];
  const prepared = await prepareFork({
    ...{ store, run, turn, branch, version, clock: systemClock, jitter: Math.random },
    name: asked.name ?? forkName(run, turn, branch),
    goOn: async ({ prompts: before, settings, models: specs }) => {
      const prompts = await changedPrompts(before, changes);
      if (!prompts.ok) return prompts;
      const personas = before.scenario.personas.map(({ member }) => member.id);
      const chosen = await asked.models(personas, specs);
      if (!chosen.ok) return chosen;
      models.push(chosen.value);
      return success({ modelOf: chosen.value.modelOf, settings, prompts: prompts.value });
    },
  });
  if (!prepared.ok) return prepared;
  const [chosen] = models;
  if (!chosen) throw new Error('a fork goes on only with models that were chosen');
  return success({ run: prepared.value, models: chosen });
}

export function forkName(run: string, turn: number, branch: number): string {
  return `${run.slice(0, 80)}-t${turn}-${branch}`;
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

/** Any scenario will do to load a strategy with. */
const anyScenario = 'us-dprk-talks';

export interface PromptChanges {
  /** Another strategy: a bundled one's name, or a Markdown file; null for the one before. */
  strategy: string | null;
  /** Another file for the persona whose id it holds; null for none. */
  personaFile: string | null;
}

/** The prompts of a debate with another strategy, or with another file for one persona, or both. */
async function changedPrompts(
  before: PromptSet,
  { strategy, personaFile }: PromptChanges,
): Promise<Outcome<PromptSet>> {
  let files = new Map(before.files);
  if (strategy !== null) {
    const loaded = await loadPrompts({ promptRoot: bundledPrompts(), scenario: anyScenario, strategy });
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
