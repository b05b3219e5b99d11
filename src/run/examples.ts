import { existsSync } from 'node:fs';
import { constants, copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, extname, join, relative, sep } from 'node:path';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { diskCode, diskFault, diskRemedy } from '../journal/disk.ts';
import { packageRoot } from '../prompts/bundled-prompts.ts';
import { nearestName } from '../text/near-names.ts';

export interface Example {
  /** Its file's name without the ending. */
  name: string;
  /** Relative to the folder of the examples. */
  file: string;
  /** What its first line, or its title, says. */
  about: string;
}

/** Where the examples that come with parley are. */
const examplesFolder = () => join(packageRoot(), 'examples');

/** The examples that come with parley: plans first, then what lies in folders, each by name. */
export async function listExamples(): Promise<Example[]> {
  const entries = await readdir(examplesFolder(), { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(examplesFolder(), join(entry.parentPath, entry.name)))
    .sort((one, other) => depthOf(one) - depthOf(other) || (one < other ? -1 : 1));
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(examplesFolder(), file), 'utf8');
      return { name: basename(file, extname(file)), file, about: aboutOf(text) };
    }),
  );
}

function depthOf(file: string): number {
  return file.split(sep).length;
}

/** The first sentence of a comment or a docstring, or the title in front matter. */
function aboutOf(text: string): string {
  const title = /^---\n[\s\S]*?^title:\s*"?(.*?)"?$/m.exec(text)?.[1];
  const comment = /^(?:#|\/\/|""")\s*(.+)$/m.exec(text.slice(0, text.indexOf('\n') + 1))?.[1];
  return (title ?? comment ?? '').replace(/:? node \S+( \S+)?$/, '').trim();
}

/**
 * Copies an example into a folder, with the articles that it names; what is there stays as it is. Gives the path of the copy
 * and how many articles came with it.
 */
export async function writeExample(
  name: string,
  folder: string,
): Promise<Outcome<{ path: string; articles: number }>> {
  const examples = await listExamples();
  const found = examples.find((example) => example.name === name || example.file === name);
  if (!found) {
    const known = examples.map((example) => example.name);
    const near = nearestName(name, known);
    return failure(
      'no-example',
      `There is no example ${name}.${near === null ? '' : ` Did you mean ${near}?`}`,
    );
  }
  const source = join(examplesFolder(), found.file);
  const path = join(folder, basename(found.file));
  try {
    await copyFile(source, path, constants.COPYFILE_EXCL);
  } catch (error) {
    if (diskCode(error) === 'EEXIST') {
      return failure('exists', `${path} already exists, and was left as it is.`);
    }
    return failure('not-writable', `${path} cannot be written: ${diskFault(error)}. ${diskRemedy(error)}.`);
  }
  const articles = [...(await readFile(source, 'utf8')).matchAll(/^\s*- (articles\/[\w.-]+)$/gm)];
  for (const [, article = ''] of articles) {
    await mkdir(join(folder, 'articles'), { recursive: true });
    const place = join(folder, article);
    if (!existsSync(place)) await copyFile(join(examplesFolder(), article), place, constants.COPYFILE_EXCL);
  }
  return success({ path, articles: articles.length });
}
