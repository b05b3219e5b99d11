import { tracingVariables } from '../../models/tracing-variables.ts';
import { sanitizeLine } from '../../terminal/sanitize.ts';
import { confirm } from '../batch/confirm.ts';
import { holdBatch } from '../batch/hold-batch.ts';
import { type OpenBatch, openBatch, probePlan } from '../batch/open-batch.ts';
import { type BatchCommandOptions, readBatchOptions } from '../batch/options.ts';
import { outlookInWords, resultInWords } from '../batch/words.ts';
import { complain } from '../complain.ts';
import { type Environment, tameProcess } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { faultLine } from '../faults.ts';

/** `parley batch`: every debate of a plan, each once, however often it is begun again. */
export async function batch(
  given: string | undefined,
  raw: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  tameProcess(environment.color, tracingVariables);
  const options = readBatchOptions(raw);
  if (!options.ok) return complain(environment, options.failure.message);
  const plan = given ?? '';
  const opened = await openBatch(plan, options.value, raw, environment);
  if (!opened.ok) {
    if (opened.faults.length === 0) return complain(environment, opened.failure.message);
    for (const fault of opened.faults) environment.stderr.write(`${sanitizeLine(faultLine(fault))}\n`);
    return exitCode.failed;
  }
  try {
    return await holdOpened(opened.value, { plan, options: options.value, raw }, environment);
  } finally {
    await opened.value.release();
  }
}

interface Asked {
  plan: string;
  options: BatchCommandOptions;
  raw: Record<string, unknown>;
}

async function holdOpened(open: OpenBatch, { plan, options, raw }: Asked, environment: Environment) {
  const say = (line: string) => void environment.stderr.write(`${sanitizeLine(line)}\n`);
  if (open.modelLine) say(open.modelLine);
  const { debates, costUsd } = open.estimate;
  for (const line of outlookInWords(open.plan, open.estimate, options.retryFailed === true)) say(line);
  if (options.dryRun) return exitCode.done;
  const left = debates.fresh + debates.unfinished + (options.retryFailed ? debates.failed : 0);
  if (left === 0) {
    say('Nothing is left to do.');
    return debates.failed > 0 ? exitCode.incomplete : exitCode.done;
  }
  const probed = await probePlan(open, raw, environment);
  if (!probed.ok) return complain(environment, probed.failure.message);
  if (!options.yes) {
    const isAsked = environment.stdin.isTTY === true && environment.stderr.isTTY === true;
    if (isAsked && !(await confirm('Go on?', environment))) {
      say('Nothing was begun.');
      return exitCode.done;
    }
    if (!isAsked && costUsd !== 0) {
      return complain(environment, 'this may cost money and nobody is there to ask. Add --yes to go on.');
    }
  }
  const { state, code } = await holdBatch(open, options, environment);
  for (const line of resultInWords(state, debates.planned, plan)) say(line);
  if (code !== null) return code;
  return state.done === debates.planned ? exitCode.done : exitCode.incomplete;
}
