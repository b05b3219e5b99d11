import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

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
  return join(packageRoot(), 'prompts');
}
