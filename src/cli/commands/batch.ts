import { tracingVariables } from '../../models/tracing-variables.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { agreeToSpend } from '../batch/agree-to-spend.ts';
import { outlookInWords, resultInWords } from '../batch/batch-words.ts';
import { complainOfPlan } from '../batch/complain-of-plan.ts';
import { holdBatch } from '../batch/hold-batch.ts';
import { type OpenBatch, openBatch } from '../batch/open-batch.ts';
import { type BatchCommandOptions, readBatchOptions } from '../batch/options.ts';
import { paidInJobs } from '../batch/paid-in-jobs.ts';
import { batchOptions } from '../batch-options.ts';
import { option } from '../command.ts';
import { complain } from '../complain.ts';
import { type Environment, tameProcess } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { legacyCommand } from '../legacy-command.ts';
import { text } from '../option-values.ts';
import { progressOptions, storeOptions } from '../shared-options.ts';

/** `parley batch`: every debate of a plan, each once, however often it is begun again. */
export const batch = legacyCommand(
  {
    description: 'Run every debate of a plan file, or so many plain ones of a scenario, each exactly once.',
    argument: { help: 'a plan file, or a scenario' },
    options: {
      on: option(
        '--on <address>',
        'put the plan into this postgres:// database instead, for workers to run',
        text,
      ),
      ...batchOptions,
      ...progressOptions,
      ...storeOptions,
    },
  },
  work,
);

async function work(
  given: string | undefined,
  raw: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  tameProcess(environment, tracingVariables);
  const options = readBatchOptions(raw);
  if (!options.ok) return complain(environment, options.failure.message);
  const plan = given ?? '';
  const address = raw['on'];
  if (typeof address === 'string') {
    const { submit } = await import('../workers/submit.ts');
    return await submit({ file: plan, address, options: options.value, raw }, environment);
  }
  const opened = await openBatch(plan, options.value, raw, environment);
  if (!opened.ok) return complainOfPlan(environment, opened);
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
  const { debates } = open.estimate;
  for (const line of outlookInWords(open.plan, open.estimate, options.retryFailed === true)) say(line);
  const inJobs = await paidInJobs(open, options);
  if (options.dryRun) {
    if (inJobs !== null) say(inJobs);
    return exitCode.done;
  }
  const left = debates.fresh + debates.unfinished + (options.retryFailed ? debates.failed : 0);
  if (left === 0) {
    say('Nothing is left to do.');
    return debates.failed > 0 ? exitCode.incomplete : exitCode.done;
  }
  if (inJobs !== null) return complain(environment, inJobs);
  const refusal = await agreeToSpend(open, options, raw, environment);
  if (refusal !== null) return refusal;
  const { state, code } = await holdBatch(open, options, environment);
  for (const line of resultInWords(state, debates.planned, plan)) say(line);
  if (code !== null) return code;
  return state.done === debates.planned ? exitCode.done : exitCode.incomplete;
}
