import { writeFile } from 'node:fs/promises';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { Environment } from './environment.ts';

export interface ResultPlace {
  /** null for stdout. */
  out: string | null;
  /** May a file that is there be replaced? */
  force: boolean;
}

/** Writes a command's result to stdout, or to a file that is not there yet. */
export async function writeResult(
  text: string,
  { out, force }: ResultPlace,
  environment: Environment,
): Promise<Outcome<void, 'exists' | 'not-writable'>> {
  if (out === null) {
    environment.stdout.write(text);
    return success(undefined);
  }
  try {
    await writeFile(out, text, { flag: force ? 'w' : 'wx' });
    return success(undefined);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') {
      return failure(
        'exists',
        `${out} is there already, and was left as it is. Choose another --out, or add --force.`,
      );
    }
    const why = code === 'ENOENT' ? 'its folder does not exist' : (code ?? String(error));
    return failure('not-writable', `${out} could not be written: ${why}.`);
  }
}

export function resultPlace(options: Record<string, unknown>): ResultPlace {
  return {
    out: typeof options['out'] === 'string' ? options['out'] : null,
    force: options['force'] === true,
  };
}
