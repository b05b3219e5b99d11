import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { articlesIn } from './scenario-file.ts';
import { readTextFile, type TextFile, type Texts } from './text-file.ts';
import { factsFileName } from './written-facts.ts';

export const scenarioFileName = 'scenario.yaml';

/** The files of one scenario, from a folder or from the copies beside a journal. */
export interface ScenarioSource {
  /** By path below the scenario's folder. */
  read(path: string): TextFile;
  /** Files in personas/, by name. */
  personaFiles: readonly string[];
  /** The path to show to a person. */
  label(path: string): string;
}

/** Reads a scenario's files. Broken ones are found when they are asked for. */
export function scenarioFolder(folder: string): ScenarioSource & { texts: Texts } {
  const personaFiles = markdownFilesIn(join(folder, 'personas'));
  const scenario = readTextFile(folder, scenarioFileName);
  const personas = personaFiles.map((name) => `personas/${name}`);
  const paths = [...articlePathsIn(scenario), ...personas, factsFileName];
  const files = new Map<string, TextFile>([[scenarioFileName, scenario]]);
  for (const path of paths) files.set(path, readTextFile(folder, path));
  return {
    read: (path) => files.get(path) ?? missing(path),
    personaFiles,
    label: (path) => join(folder, path),
    texts: files,
  };
}

/** The same from kept copies, all of whose paths begin with `scenarios/<id>/`. */
export function keptScenario(files: ReadonlyMap<string, string>, prefix: string): ScenarioSource {
  const personas = `${prefix}personas/`;
  return {
    read: (path) => {
      const text = files.get(prefix + path);
      return text === undefined ? missing(path) : { ok: true, text };
    },
    personaFiles: [...files.keys()]
      .filter((path) => path.startsWith(personas))
      .map((path) => path.slice(personas.length)),
    label: (path) => prefix + path,
  };
}

/** Markdown files of a folder by name, in order; none where there is no such folder. */
export function markdownFilesIn(folder: string): string[] {
  return namesIn(
    folder,
    (entry) => entry.name.endsWith('.md') && !entry.name.startsWith('.') && !entry.isDirectory(),
  );
}

/** Names of the folders in a folder, in order; none where there is no such folder. */
export function foldersIn(folder: string): string[] {
  return namesIn(folder, (entry) => entry.isDirectory() && !entry.name.startsWith('.'));
}

function namesIn(folder: string, isMeant: (entry: Dirent) => boolean): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries
      .filter(isMeant)
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}

function articlePathsIn(scenario: TextFile): string[] {
  return (scenario.ok ? articlesIn(scenario.text) : null) ?? ['article.md'];
}

function missing(path: string): TextFile {
  return { ok: false, reason: 'missing', message: `${path} does not exist` };
}
