import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rememberYaml } from '../source/yaml-source.ts';

/** The folder of the installed package, found from wherever the build put this code. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!(existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'prompts')))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('the prompts folder is missing from this installation of parley');
    folder = parent;
  }
  return folder;
}

/** The prompts that come with parley. */
export function bundledPrompts(): string {
  rememberBuilt();
  return join(packageRoot(), 'prompts');
}

let isRemembered = false;

/** Where the code was bundled, the YAML of its prompts was parsed with it. Files that were changed since are parsed anew. */
function rememberBuilt(): void {
  if (isRemembered) return;
  isRemembered = true;
  try {
    rememberYaml(JSON.parse(readFileSync(new URL('../parsed-prompts.json', import.meta.url), 'utf8')));
  } catch {
    // Not bundled: every file is parsed when it is read.
  }
}
