import { sanitizeLine } from '../text/sanitize.ts';
import type { Environment } from './environment.ts';
import { exitCode } from './exit-codes.ts';

/** Tells a person of an expected failure in one line; gives the exit code for it. */
export function complain(environment: Environment, message: string): number {
  environment.stderr.write(`parley: ${sanitizeLine(message)}\n`);
  return exitCode.failed;
}
