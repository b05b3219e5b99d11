import type { Failure } from '../debate/outcome.ts';
import { sanitizeLine } from '../text/sanitize.ts';
import type { Environment } from './environment.ts';
import { exitCode } from './exit-codes.ts';
import { indented } from './indented.ts';
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
