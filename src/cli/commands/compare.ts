import { expandPlan } from '../../batch/expand-plan.ts';
import type { BatchState } from '../../batch/run-batch.ts';
import { planOutlook } from '../../compare/plan-outlook.ts';
import { isPostgresAddress } from '../../journal/postgres/address.ts';
import { tracingVariables } from '../../models/tracing-variables.ts';
import { agreeToSpend } from '../batch/agree-to-spend.ts';
import { outlookInWords } from '../batch/batch-words.ts';
import { complainOfPlan } from '../batch/complain-of-plan.ts';
import { holdBatch } from '../batch/hold-batch.ts';
import { type OpenBatch, openBatch } from '../batch/open-batch.ts';
import { type BatchCommandOptions, readBatchOptions } from '../batch/options.ts';
import { paidInJobs } from '../batch/paid-in-jobs.ts';
import { batchOptions, comparisonOptions } from '../batch-options.ts';
import { compareStored } from '../compare/compare-stored.ts';
import { readGates } from '../compare/gates.ts';
import { type CompareOptions, readCompareOptions } from '../compare/read-options.ts';
import { tell, tellResult } from '../compare/tell-result.ts';
import { complain } from '../complain.ts';
import { type Environment, tameProcess } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { legacyCommand } from '../legacy-command.ts';
import { progressOptions, sourceOptions } from '../shared-options.ts';

/** `parley compare`: holds what is left of a plan's debates, and says which arm is better and how sure that is. */
export const compare = legacyCommand(
  {
    description:
      'Run every debate of a plan file with two arms or more, and compare the arms article by article.',
    argument: { help: 'a plan file, such as examples/steelman.yaml' },
    options: { ...comparisonOptions, ...batchOptions, ...progressOptions, ...sourceOptions },
  },
  work,
);

async function work(
  given: string | undefined,
  raw: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  tameProcess(environment, tracingVariables);
  const holding = readBatchOptions(raw);
  if (!holding.ok) return complain(environment, holding.failure.message);
  const result = await readCompareOptions(raw);
  if (!result.ok) return complain(environment, result.failure.message);
  const file = given ?? '';
  const address = String(raw['transcripts']);
  if (isPostgresAddress(address)) {
    return compareStored({ file, address, holding: holding.value, result: result.value, raw }, environment);
  }
  const opened = await openBatch(file, holding.value, raw, environment);
  if (!opened.ok) return complainOfPlan(environment, opened);
  try {
    const asked = { file, holding: holding.value, result: result.value, raw };
    return await compareOpened(opened.value, asked, environment);
  } finally {
    await opened.value.release();
  }
}

interface Asked {
  file: string;
  holding: BatchCommandOptions;
  result: CompareOptions;
  raw: Record<string, unknown>;
}

async function compareOpened(open: OpenBatch, asked: Asked, environment: Environment): Promise<number> {
  const arms = open.plan.arms.map(({ id }) => id);
  if (arms.length < 2) {
    const instead = `To hold the debates of one arm: parley batch ${asked.file}`;
    return complain(environment, `${asked.file} has one arm, and a comparison needs two arms. ${instead}`);
  }
  const gates = await readGates(asked.result, arms);
  if (!gates.ok) return complain(environment, gates.failure.message);
  const { plan, estimate, modelLine } = open;
  const outlook = [
    ...outlookInWords(plan, estimate, asked.holding.retryFailed === true),
    ...planOutlook(plan),
  ];
  tell(environment, modelLine === null ? outlook : [modelLine, ...outlook]);
  if (asked.holding.dryRun) return exitCode.done;
  const stopped = await holdWhatIsLeft(open, asked, environment);
  if (stopped !== null) return stopped;
  const { store, prompts } = open;
  const cells = expandPlan(plan, prompts.fingerprints);
  const held = { plan, cells, store, planned: estimate.debates.planned };
  return tellResult(held, { asked: asked.result, gates: gates.value }, environment);
}

/** null once all that could be held is held; else the exit code. */
async function holdWhatIsLeft(
  open: OpenBatch,
  { file, holding, raw }: Asked,
  environment: Environment,
): Promise<number | null> {
  const { fresh, unfinished, failed, planned } = open.estimate.debates;
  if (fresh + unfinished + (holding.retryFailed ? failed : 0) === 0) return null;
  const inJobs = await paidInJobs(open, holding);
  if (inJobs !== null) return complain(environment, inJobs);
  const refusal = await agreeToSpend(open, holding, raw, environment);
  if (refusal !== null) return refusal;
  const { state, code } = await holdBatch(open, holding, environment);
  tell(environment, whatIsLeft(state, planned, `parley compare ${file}`));
  return code;
}

function whatIsLeft({ stopping, spending, done, failed }: BatchState, planned: number, again: string) {
  const lines = stopping === null ? [] : [stopping];
  if (failed > 0) lines.push(`${failed} failed. Try again with: ${again} --retry-failed`);
  if (done + failed < planned) {
    const more = spending.usedUp() === null ? '' : ', and a larger budget';
    lines.push(`${done} of ${planned} debates done. Go on with: ${again}${more}`);
  }
  return lines;
}
