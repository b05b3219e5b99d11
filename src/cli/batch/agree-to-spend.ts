import { sanitizeLine } from '../../text/sanitize.ts';
import { complain } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { confirm } from './confirm.ts';
import { type OpenBatch, probePlan } from './open-batch.ts';
import type { BatchCommandOptions } from './options.ts';

/** Asks the providers and the person before anything is spent; null to go on, else the exit code. */
export async function agreeToSpend(
  open: Pick<OpenBatch, 'models' | 'estimate'>,
  { yes }: Pick<BatchCommandOptions, 'yes'>,
  raw: Record<string, unknown>,
  environment: Environment,
): Promise<number | null> {
  const probed = await probePlan(open, raw, environment);
  if (!probed.ok) return complain(environment, probed.failure.message);
  if (yes) return null;
  const isAsked = environment.stdin.isTTY === true && environment.stderr.isTTY === true;
  if (isAsked) {
    if (await confirm('Go on?', environment)) return null;
    environment.stderr.write(`${sanitizeLine('Nothing was begun.')}\n`);
    return exitCode.done;
  }
  if (open.estimate.costUsd === 0) return null;
  return complain(environment, 'this may cost money and nobody is there to ask. Add --yes to go on.');
}
