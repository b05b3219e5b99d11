import { writeFile } from 'node:fs/promises';
import { sanitizeLine } from '../text/sanitize.ts';
import { complain, say } from './complain.ts';
import type { Environment } from './environment.ts';
import { exitCode } from './exit-codes.ts';

/** Prints lines on stdout, made safe for a terminal. */
export function print({ stdout }: Pick<Environment, 'stdout'>, lines: readonly string[]): void {
  for (const line of lines) stdout.write(`${sanitizeLine(line)}\n`);
}

/** Writes a command's result to stdout, or to a file that is not there yet; gives the exit code. */
export async function writeResult(
  text: string,
  { out, force }: { out: string | null; force: boolean },
  environment: Environment,
): Promise<number> {
  if (out === null) {
    environment.stdout.write(text);
    return exitCode.done;
  }
  try {
    await writeFile(out, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') {
      return complain(
        environment,
        `${out} already exists and was not changed. Choose another --out, or add --force.`,
      );
    }
    const why = code === 'ENOENT' ? 'its folder does not exist' : (code ?? String(error));
    return complain(environment, `${out} could not be written: ${why}.`);
  }
  say(environment, `Wrote ${out}.`);
  return exitCode.done;
}
