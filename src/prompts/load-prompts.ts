import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createFaultLog, inOrder, type SourceFault } from '../source/source-fault.ts';
import { orKnown } from '../text/near-names.ts';
import {
  type ModeratorSource,
  moderatorNames,
  type ParsedModerator,
  parseModerator,
} from './moderator-files.ts';
import { keptPath, type LoadedPrompts, type PromptFailure, together } from './prompt-set.ts';
import { type ParsedScenario, parseScenario } from './read-scenario.ts';
import { foldersIn, markdownFilesIn, scenarioFileName, scenarioFolder } from './scenario-source.ts';
import { parseStrategy, type StrategySource } from './strategy-file.ts';
import { readTextFile, remembering, type TextFile, type Texts } from './text-file.ts';
import type { ModeratorPrompts } from './types.ts';

export interface PromptChoice {
  /** The folder that holds scenarios/, strategies/ and moderator/. */
  promptRoot: string;
  /** A folder of the same form whose files go before those of promptRoot; it need not hold all of them. */
  overrides?: string;
  /** The id of a scenario below promptRoot, or the path of a folder. */
  scenario: string;
  /** Folders whose folders are scenarios of a person's own, found by their names after those below promptRoot. */
  places?: readonly string[];
  /** The id of a strategy below promptRoot, or the path of a file. */
  strategy: string;
}

const sameScenario = remembering<ParsedScenario>();
const sameModerator = remembering<ParsedModerator>();

/** Loads and checks everything a debate is prompted with; names every fault of every file. */
export async function loadPrompts(choice: PromptChoice): Promise<LoadedPrompts> {
  const folder = await findScenario(choice);
  if (folder === null) return unknownScenario(choice);
  const file = await findStrategy(choice);
  if (file === null) return unknownStrategy(choice);
  const log = createFaultLog();
  const source = await scenarioFolder(folder);
  const scenario = sameScenario(source.texts, log, () => parseScenario(source, log));
  const strategy = parseStrategy(basename(file, '.md'), await strategyFolders(file, ...rootsOf(choice)), log);
  const chair = await moderatorFolder(...rootsOf(choice));
  const moderator = sameModerator(chair.texts, log, () => parseModerator(chair, log));
  if (!scenario.scenario || !strategy.strategy || !moderator.moderator) return together(log, null);
  const { id } = scenario.scenario;
  const files = new Map([
    ...pathsOf(scenario.files, (path) => keptPath.scenario(id, path)),
    ...pathsOf(strategy.files, keptPath.strategy),
    ...pathsOf(moderator.files, keptPath.moderator),
  ]);
  return together(log, {
    scenario: scenario.scenario,
    strategy: strategy.strategy,
    moderator: moderator.moderator,
    files,
  });
}

/** Folders of prompts, those that go first first. */
function rootsOf({
  promptRoot,
  overrides,
}: Pick<PromptChoice, 'promptRoot' | 'overrides'>): [string, ...string[]] {
  return overrides === undefined ? [promptRoot] : [overrides, promptRoot];
}

/** The moderator's files, each from the first of some prompt folders that has it. */
async function moderatorFolder(
  ...promptRoots: [string, ...string[]]
): Promise<ModeratorSource & { texts: Texts }> {
  const files = new Map<string, TextFile>();
  const labels = new Map<string, string>();
  const names = new Set<string>();
  for (const root of promptRoots) {
    const folder = join(root, 'moderator');
    const own = (await markdownFilesIn(folder)).map((name) => basename(name, '.md'));
    for (const name of [...own, ...moderatorNames]) {
      if (files.get(name)?.ok) continue;
      files.set(name, readTextFile(folder, `${name}.md`));
      labels.set(name, join(folder, `${name}.md`));
    }
    for (const name of own) names.add(name);
  }
  return {
    read: (name) => files.get(name) ?? { ok: false, reason: 'missing', message: `${name}.md does not exist` },
    label: (name) => labels.get(name) ?? `${name}.md`,
    names: [...names],
    texts: files,
  };
}

/** Strategies beside a file first, then those of the prompt folders: so that one's own may extend a built-in one. */
export async function strategyFolders(
  file: string,
  ...promptRoots: readonly string[]
): Promise<StrategySource> {
  const folders = [...new Set([dirname(file), ...promptRoots.map((root) => join(root, 'strategies'))])];
  const folderOf = new Map<string, string>();
  for (const folder of folders) {
    const others = (await markdownFilesIn(folder)).filter((name) => /^[a-z0-9-]+\.md$/.test(name));
    for (const name of new Set(folder === dirname(file) ? [basename(file), ...others] : others)) {
      const id = basename(name, '.md');
      if (!folderOf.has(id)) folderOf.set(id, folder);
    }
  }
  return {
    read(id) {
      const folder = folderOf.get(id);
      if (folder !== undefined) return readTextFile(folder, `${id}.md`);
      return { ok: false, reason: 'missing', message: `there is no strategy "${id}"` };
    },
    label: (id) => join(folderOf.get(id) ?? '', `${id}.md`),
    ids: [...folderOf.keys()],
  };
}

/** The folder of the scenario that is meant; null where there is none. */
export async function findScenario(
  choice: Pick<PromptChoice, 'promptRoot' | 'overrides' | 'scenario' | 'places'>,
): Promise<string | null> {
  const { scenario } = choice;
  const isId = /^[a-z0-9-]+$/.test(scenario);
  for (const root of isId ? rootsOf(choice) : []) {
    const builtIn = join(root, 'scenarios', scenario);
    if ((await kindOf(builtIn)) === 'folder') return builtIn;
  }
  for (const place of isId ? (choice.places ?? []) : []) {
    const own = join(place, scenario);
    if ((await kindOf(join(own, scenarioFileName))) === 'file') return own;
  }
  return (await kindOf(scenario)) === 'folder' ? scenario : null;
}

/** The scenarios whose folders lie in a folder, in order of their names. */
export async function scenariosIn(place: string): Promise<{ id: string; folder: string }[]> {
  const found = [];
  for (const id of (await foldersIn(place)).sort()) {
    const folder = join(place, id);
    if ((await kindOf(join(folder, scenarioFileName))) === 'file') found.push({ id, folder });
  }
  return found;
}

async function findStrategy(choice: PromptChoice): Promise<string | null> {
  const { strategy } = choice;
  const isId = /^[a-z0-9-]+$/.test(strategy);
  for (const root of isId ? rootsOf(choice) : []) {
    const builtIn = join(root, 'strategies', `${strategy}.md`);
    if ((await kindOf(builtIn)) === 'file') return builtIn;
  }
  return strategy.endsWith('.md') && (await kindOf(strategy)) === 'file' ? strategy : null;
}

async function unknownScenario({ promptRoot, scenario, places = [] }: PromptChoice): Promise<LoadedPrompts> {
  const found = await Promise.all([join(promptRoot, 'scenarios'), ...places].map(scenariosIn));
  const known = [...new Set(found.flat().map(({ id }) => id))];
  return unknown('unknown-scenario', `there is no scenario "${scenario}"${orKnown(scenario, known)}`);
}

async function unknownStrategy({ promptRoot, strategy }: PromptChoice): Promise<LoadedPrompts> {
  const known = (await markdownFilesIn(join(promptRoot, 'strategies'))).map((name) => basename(name, '.md'));
  return unknown('unknown-strategy', `there is no strategy "${strategy}"${orKnown(strategy, known)}`);
}

function unknown(reason: PromptFailure, message: string): LoadedPrompts {
  return { ok: false, failure: { reason, message }, faults: [] };
}

async function kindOf(path: string): Promise<'file' | 'folder' | null> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) return 'folder';
  return found?.isFile() ? 'file' : null;
}

function pathsOf(files: Map<string, string>, path: (name: string) => string): [string, string][] {
  return [...files].map(([name, content]) => [path(name), content]);
}

/** The moderator's prompts alone, for reading positions where no debate is held. */
export async function loadModerator(
  promptRoot: string,
): Promise<{ ok: true; value: ModeratorPrompts } | { ok: false; faults: SourceFault[] }> {
  const log = createFaultLog();
  const { moderator } = parseModerator(await moderatorFolder(promptRoot), log);
  return moderator ? { ok: true, value: moderator } : { ok: false, faults: inOrder(log.faults) };
}
