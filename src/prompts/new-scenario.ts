import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { markdownFilesIn } from './scenario-source.ts';

export type NewScenarioFailure = 'exists' | 'not-writable';

/**
 * Writes a commented scenario that `checkScenario` accepts as it is, into a new or empty folder. Its id comes from
 * the name, or from the folder's. Gives the paths written, below the folder. An existing file is never touched.
 */
export async function newScenario({
  promptRoot,
  folder,
  name,
}: {
  promptRoot: string;
  folder: string;
  name?: string | undefined;
}): Promise<Outcome<string[], NewScenarioFailure>> {
  const template = join(promptRoot, 'template');
  const personas = markdownFilesIn(join(template, 'personas')).map((file) => join('personas', file));
  const files = new Map<string, string>();
  for (const path of ['scenario.yaml', 'article.md', ...personas])
    files.set(path, await readFile(join(template, path), 'utf8'));
  files.set('scenario.yaml', withId(files.get('scenario.yaml') ?? '', scenarioIdFor(folder, name)));
  return writeNewScenario(folder, files);
}

/** Writes a scenario's files into a new or empty folder; what is there is never touched. Gives the paths, below the folder. */
export async function writeNewScenario(
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<Outcome<string[], NewScenarioFailure>> {
  const free = await freeForScenario(folder);
  if (!free.ok) return free;
  try {
    for (const [path, text] of files) {
      const place = join(folder, path);
      await mkdir(dirname(place), { recursive: true });
      await writeFile(place, text, { flag: 'wx' });
    }
    return success([...files.keys()]);
  } catch (error) {
    return cannotWrite(error, folder);
  }
}

/** May a scenario be written there? Asked before anything is spent on one. */
export async function freeForScenario(folder: string): Promise<Outcome<null, NewScenarioFailure>> {
  try {
    const there = await readdir(folder).catch(absent);
    if (there.length === 0) return success(null);
  } catch (error) {
    return cannotWrite(error, folder);
  }
  return failure(
    'exists',
    `${folder} is not empty; nothing was written. Choose a folder that does not exist yet.`,
  );
}

/** The id of a scenario: from its name, or from its folder's. */
export function scenarioIdFor(folder: string, name?: string): string {
  return idFrom(name ?? basename(resolve(folder)));
}

function withId(scenario: string, id: string): string {
  return scenario.replace(/^id: \S+/m, `id: ${id}`);
}

/** "My Town's water!" becomes my-town-s-water. */
function idFrom(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? ['my', 'scenario'];
  return words.join('-').slice(0, 64).replace(/-$/, '');
}

function absent(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

function cannotWrite(error: unknown, folder: string): Outcome<never, NewScenarioFailure> {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EEXIST' || code === 'ENOTDIR') {
    return failure(
      'exists',
      `${folder} would overwrite an existing file; nothing was changed. Choose another folder.`,
    );
  }
  if (code === undefined) throw error;
  return failure('not-writable', `${folder} cannot be written (${code}). Choose a writable folder.`);
}
