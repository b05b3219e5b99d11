import { createInterface } from 'node:readline/promises';
import { complain, say } from './complain.ts';
import type { Environment } from './environment.ts';
import { exitCode } from './exit-codes.ts';

/**
 * Asks the person before anything is spent; null to go on, else the exit code. Without a terminal only what surely costs
 * nothing goes on unasked; `costUsd` is null where a price is unknown.
 */
export async function agreeToCost(
  costUsd: number | null,
  { yes }: { yes: boolean },
  environment: Environment,
): Promise<number | null> {
  if (yes) return null;
  if (environment.stdin.isTTY === true && environment.stderr.isTTY === true) {
    if (await confirm('Go on?', environment)) return null;
    say(environment, 'Nothing was begun.');
    return exitCode.done;
  }
  if (costUsd === 0) return null;
  return complain(environment, 'this may cost money and nobody is there to ask. Add --yes to go on.');
}

/** Anything but yes is no. */
async function confirm(question: string, { stdin, stderr }: Environment): Promise<boolean> {
  const asking = createInterface({ input: stdin, output: stderr });
  const left = new Promise<string>((resolve) => asking.once('close', () => resolve('')));
  try {
    return /^\s*y(es)?\s*$/i.test(await Promise.race([asking.question(`${question} [y/N] `), left]));
  } catch {
    return false;
  } finally {
    asking.close();
  }
}
