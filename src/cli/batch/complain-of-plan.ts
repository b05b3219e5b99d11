import type { FaultyPlan } from '../../batch/parse-plan.ts';
import { faultInWords } from '../../source/source-fault.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { complain } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';

/** Tells every fault of a plan and the files it names; gives the exit code for it. */
export function complainOfPlan(environment: Environment, { failure, faults }: FaultyPlan): number {
  if (faults.length === 0) return complain(environment, failure.message);
  for (const fault of faults) environment.stderr.write(`${sanitizeLine(faultInWords(fault))}\n`);
  return exitCode.failed;
}
