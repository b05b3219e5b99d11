import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { Environment } from './environment.ts';

/** Where a person's own servers are described, unless PARLEY_PROVIDERS names another file. */
const usualFile = 'providers.yaml';

/** Makes the servers known that a person has described in a file; without one nothing is loaded. */
export async function addOwnProviders({
  variables,
  workingDirectory,
}: Pick<Environment, 'variables' | 'workingDirectory'>): Promise<Outcome<null>> {
  const named = variables['PARLEY_PROVIDERS']?.trim() || undefined;
  const file = named ?? usualFile;
  let text: string;
  try {
    text = await readFile(resolve(workingDirectory, file), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (named === undefined) return success(null);
    return failure('bad-providers', `PARLEY_PROVIDERS: ${file} cannot be read (${code}).`);
  }
  const [{ readProviders }, { addProviders }] = await Promise.all([
    import('../run/providers-file.ts'),
    import('../models/providers/built-in-providers.ts'),
  ]);
  const read = readProviders(text, file);
  if (!read.ok) return read;
  addProviders(read.value);
  return success(null);
}
