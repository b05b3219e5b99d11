import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createFaultLog, type FaultLog, inOrder, type SourceFault } from '../source/source-fault.ts';
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
import { type ParsedStrategy, parseStrategy, type StrategySource } from './strategy-file.ts';
import { keepLast, readTextFile, remembering, type TextFile, type Texts } from './text-file.ts';
import type { ModeratorPrompts, PromptSet } from './types.ts';

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
export function loadPrompts(choice: PromptChoice): LoadedPrompts {
  const folder = findScenario(choice);
  if (folder === null) return unknownScenario(choice);
  const file = findStrategy(choice);
  if (file === null) return unknownStrategy(choice);
  const log = createFaultLog();
  const source = scenarioFolder(folder);
  const scenario = sameScenario(source.texts, log, () => parseScenario(source, log));
  const strategy = strategyIn(strategyFolders(file, ...rootsOf(choice)), basename(file, '.md'), log);
  const chair = moderatorFolder(...rootsOf(choice));
  const moderator = sameModerator(chair.texts, log, () => parseModerator(chair, log));
  return together(log, setOf(scenario, strategy, moderator));
}

/** A strategy as it was last parsed while its own file and those below it are the same. */
function strategyIn(source: StrategySource, id: string, log: FaultLog): ParsedStrategy {
  const same = strategies.find(
    ({ files }) =>
      files.keys().next().value === id &&
      [...files].every(([name, text]) => {
        const file = source.read(name);
        return file.ok && file.text === text;
      }),
  );
  if (same) return same;
  const parsed = parseStrategy(id, source, log);
  if (parsed.strategy) keepLast(strategies, parsed);
  return parsed;
}

const strategies: ParsedStrategy[] = [];
const sets: PromptSet[] = [];

/** The same parts make the very same set, so that what is worked out of a set is worked out once for many debates. */
function setOf(
  { scenario, files: ofScenario }: ParsedScenario,
  { strategy, files: ofStrategy }: ParsedStrategy,
  { moderator, files: ofModerator }: ParsedModerator,
): PromptSet | null {
  if (!scenario || !strategy || !moderator) return null;
  const same = sets.find(
    (set) => set.scenario === scenario && set.strategy === strategy && set.moderator === moderator,
  );
  if (same) return same;
  const files = new Map([
    ...pathsOf(ofScenario, (path) => keptPath.scenario(scenario.id, path)),
    ...pathsOf(ofStrategy, keptPath.strategy),
    ...pathsOf(ofModerator, keptPath.moderator),
  ]);
  return keepLast(sets, { scenario, strategy, moderator, files });
}

/** Folders of prompts, those that go first first. */
function rootsOf({
  promptRoot,
  overrides,
}: Pick<PromptChoice, 'promptRoot' | 'overrides'>): [string, ...string[]] {
  return overrides === undefined ? [promptRoot] : [overrides, promptRoot];
}

/** The moderator's files, each from the first of some prompt folders that has it. */
function moderatorFolder(...promptRoots: [string, ...string[]]): ModeratorSource & { texts: Texts } {
  const files = new Map<string, TextFile>();
  const labels = new Map<string, string>();
  const names = new Set<string>();
  for (const root of promptRoots) {
    const folder = join(root, 'moderator');
    const own = markdownFilesIn(folder).map((name) => basename(name, '.md'));
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
export function strategyFolders(file: string, ...promptRoots: readonly string[]): StrategySource {
  const folders = [...new Set([dirname(file), ...promptRoots.map((root) => join(root, 'strategies'))])];
  const folderOf = new Map<string, string>();
  for (const folder of folders) {
    const others = markdownFilesIn(folder).filter((name) => /^[a-z0-9-]+\.md$/.test(name));
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
export function findScenario(
  choice: Pick<PromptChoice, 'promptRoot' | 'overrides' | 'scenario' | 'places'>,
): string | null {
  const { scenario } = choice;
  const isId = /^[a-z0-9-]+$/.test(scenario);
  for (const root of isId ? rootsOf(choice) : []) {
    const builtIn = join(root, 'scenarios', scenario);
    if (kindOf(builtIn) === 'folder') return builtIn;
  }
  for (const place of isId ? (choice.places ?? []) : []) {
    const own = join(place, scenario);
    if (kindOf(join(own, scenarioFileName)) === 'file') return own;
  }
  return kindOf(scenario) === 'folder' ? scenario : null;
}

/** The scenarios whose folders lie in a folder, in order of their names. */
export function scenariosIn(place: string): { id: string; folder: string }[] {
  const found = [];
  for (const id of foldersIn(place)) {
    const folder = join(place, id);
    if (kindOf(join(folder, scenarioFileName)) === 'file') found.push({ id, folder });
  }
  return found;
}

function findStrategy(choice: PromptChoice): string | null {
  const { strategy } = choice;
  const isId = /^[a-z0-9-]+$/.test(strategy);
  for (const root of isId ? rootsOf(choice) : []) {
    const builtIn = join(root, 'strategies', `${strategy}.md`);
    if (kindOf(builtIn) === 'file') return builtIn;
  }
  return strategy.endsWith('.md') && kindOf(strategy) === 'file' ? strategy : null;
}

function unknownScenario({ promptRoot, scenario, places = [] }: PromptChoice): LoadedPrompts {
  const found = [join(promptRoot, 'scenarios'), ...places].flatMap(scenariosIn);
  const known = [...new Set(found.map(({ id }) => id))];
  return unknown('unknown-scenario', `there is no scenario "${scenario}"${orKnown(scenario, known)}`);
}

function unknownStrategy({ promptRoot, strategy }: PromptChoice): LoadedPrompts {
  const known = markdownFilesIn(join(promptRoot, 'strategies')).map((name) => basename(name, '.md'));
  return unknown('unknown-strategy', `there is no strategy "${strategy}"${orKnown(strategy, known)}`);
}

function unknown(reason: PromptFailure, message: string): LoadedPrompts {
  return { ok: false, failure: { reason, message }, faults: [] };
}

function kindOf(path: string): 'file' | 'folder' | null {
  try {
    const found = statSync(path);
    if (found.isDirectory()) return 'folder';
    return found.isFile() ? 'file' : null;
  } catch {
    return null;
  }
}

function pathsOf(files: Map<string, string>, path: (name: string) => string): [string, string][] {
  return [...files].map(([name, content]) => [path(name), content]);
}

/** The moderator's prompts alone, for reading positions where no debate is held. */
export function loadModerator(
  promptRoot: string,
): { ok: true; value: ModeratorPrompts } | { ok: false; faults: SourceFault[] } {
  const log = createFaultLog();
  const { moderator } = parseModerator(moderatorFolder(promptRoot), log);
  return moderator ? { ok: true, value: moderator } : { ok: false, faults: inOrder(log.faults) };
}
