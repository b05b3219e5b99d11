import { writeFile } from 'node:fs/promises';
import type { Failure, Outcome } from '../debate/outcome.ts';
import { escapedJson } from '../text/json-in-text.ts';
import { sanitizeLine } from '../text/sanitize.ts';
import type { Environment } from './environment.ts';
import { exitCode } from './exit-codes.ts';
import { inFlags } from './model-words.ts';

type Out = Pick<Environment, 'stderr'>;

/** Says a line on stderr, made safe for a terminal. */
export function say({ stderr }: Out, line: string): void {
  stderr.write(`${sanitizeLine(line)}\n`);
}

/** Says lines on stderr, each with the spaces it begins with. */
export function sayLines({ stderr }: Out, lines: readonly string[]): void {
  for (const line of lines) stderr.write(`${indented(line)}\n`);
}

/** Reports an expected failure in one line; gives the exit code for it. */
export function complain(environment: Out, what: string | Failure): number {
  say(environment, `parley: ${typeof what === 'string' ? what : inFlags(what)}`);
  return exitCode.failed;
}

/** Reports a command line that makes no sense in one line; gives the exit code for it. */
export function misuse(environment: Out, message: string): number {
  complain(environment, message);
  return exitCode.usage;
}

/** Ends a command from anywhere in it; reported where the command line is run. */
export class CommandError extends Error {
  readonly code: number;

  constructor(what: string | Failure, code: number = exitCode.failed) {
    super(typeof what === 'string' ? what : inFlags(what));
    this.code = code;
  }
}

/** The value of an outcome; a failure ends the command. */
export function need<Value>(outcome: Outcome<Value>): Value {
  if (outcome.ok) return outcome.value;
  throw new CommandError(outcome.failure);
}

/** A line that is safe to print, with the spaces it begins with. */
function indented(line: string): string {
  return `${' '.repeat(line.length - line.trimStart().length)}${sanitizeLine(line)}`;
}

/** Prints lines on stdout, made safe for a terminal, each with the spaces it begins with. */
export function print({ stdout }: Pick<Environment, 'stdout'>, lines: readonly string[]): void {
  for (const line of lines) stdout.write(`${indented(line)}\n`);
}

/** Prints a command's result: as one line of JSON where that was asked for, else in lines. */
export function printResult(
  environment: Pick<Environment, 'stdout'>,
  { json }: { json: boolean },
  value: unknown,
  lines: () => readonly string[],
): void {
  if (json) environment.stdout.write(`${escapedJson(value)}\n`);
  else print(environment, lines());
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
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST')
      throw new CommandError(
        `${out} already exists and was not changed. Choose another --out, or add --force.`,
      );
    const why = code === 'ENOENT' ? 'its folder does not exist' : (code ?? String(error));
    throw new CommandError(`${out} could not be written: ${why}.`);
  }
  say(environment, `Wrote ${out}.`);
  return exitCode.done;
}
