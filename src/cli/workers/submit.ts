import { placeOfPlan } from '../../batch/batch-lock.ts';
import { readSubmitted } from '../../batch/workers/plan-status.ts';
import { planId } from '../../batch/workers/stored-plan.ts';
import { submitPlan } from '../../batch/workers/submit-plan.ts';
import { agreeToSpend } from '../batch/agree-to-spend.ts';
import { outlookInWords } from '../batch/batch-words.ts';
import { complainOfPlan } from '../batch/complain-of-plan.ts';
import type { BatchCommandOptions } from '../batch/options.ts';
import { paidInJobs } from '../batch/paid-in-jobs.ts';
import { complain } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { indented } from '../indented.ts';
import { connectDatabase, connectQueue, type PlanDatabase } from './connect.ts';
import { estimateSubmission } from './estimate-submission.ts';
import { type ReadyPlan, readyPlan } from './ready-plan.ts';

interface Asked {
  file: string;
  address: string;
  options: BatchCommandOptions;
  raw: Record<string, unknown>;
}

/** `parley batch PLAN --on ADDRESS`: puts a plan into a database, for workers to hold. */
export async function submit(asked: Asked, environment: Environment): Promise<number> {
  const { raw } = asked;
  const notHere = raw['openaiBatch'] === true ? '--openai-batch' : raw['cache'] === true ? '--cache' : null;
  if (notHere !== null)
    return complain(
      environment,
      `${notHere} is for a batch on one machine. Leave it out, or leave out --on.`,
    );
  const ready = await readyPlan(asked, environment);
  if (!ready.ok) return complainOfPlan(environment, ready);
  const { plan, prompts } = ready.value;
  const place = placeOfPlan(asked.options.transcripts, asked.file, plan);
  const inJobs = await paidInJobs({ plan, prompts, place, ledger: new Map() }, asked.options);
  if (inJobs !== null) return complain(environment, inJobs);
  if (asked.options.dryRun) return foretell(ready.value, asked, environment);
  const database = await connectDatabase(asked.address, { max: 4, prepares: true });
  if (!database.ok) return complain(environment, database.failure.message);
  try {
    return await submitReady(ready.value, database.value, asked, environment);
  } finally {
    await database.value.close();
  }
}

async function submitReady(
  ready: ReadyPlan,
  database: PlanDatabase,
  { file, options, raw }: Asked,
  environment: Environment,
): Promise<number> {
  const say = (line: string) => void environment.stderr.write(`${indented(line)}\n`);
  const { plan, prompts, models, settings } = ready;
  const retryFailed = options.retryFailed === true;
  const submitted = await readSubmitted(database.pool, planId(file, plan, prompts.fingerprints));
  const estimate = await estimateSubmission(ready, submitted, options);
  if (ready.modelLine) say(ready.modelLine);
  for (const line of outlookInWords(plan, estimate, retryFailed)) say(line);
  // Whether the providers have the models is for the workers to find out: this machine may have no key.
  const refusal = await agreeToSpend({ models, estimate }, options, { ...raw, probe: false }, environment);
  if (refusal !== null) return refusal;
  const queue = await connectQueue(database, {
    ...{ heartbeatMs: 30_000, prepares: true, supervises: false },
    onError: () => {},
  });
  if (!queue.ok) return complain(environment, queue.failure.message);
  const providers = new Set([...models.handles.keys()].map((spec) => spec.split(':')[0] ?? ''));
  try {
    const { id, added } = await submitPlan({
      ...{ pool: database.pool, queue: queue.value, file, plan, prompts, retryFailed },
      price: settings.price ?? null,
      limits: {
        providers: [...providers],
        requestsPerMinute: options.rpm ?? null,
        tokensPerMinute: options.tpm ?? null,
      },
    });
    const { planned } = estimate.debates;
    say(`${id} is in ${database.place}: ${planned} debates, ${added} of them new.`);
    say(`Hold them on any machine with: parley worker ${database.place}`);
    say(`See how far they are with: parley status ${database.place}`);
    return exitCode.done;
  } finally {
    await queue.value.close();
  }
}

/** What a plan would take, changing nothing: a database that is not ready yet holds nothing of it. */
async function foretell(ready: ReadyPlan, { file, address, options }: Asked, environment: Environment) {
  const say = (line: string) => void environment.stderr.write(`${indented(line)}\n`);
  const { plan, prompts } = ready;
  const database = await connectDatabase(address, { max: 1, prepares: false });
  if (!database.ok) say(`What is done already is not known: ${database.failure.message}`);
  const submitted = database.ok
    ? await readSubmitted(database.value.pool, planId(file, plan, prompts.fingerprints))
    : [];
  if (database.ok) await database.value.close();
  const estimate = await estimateSubmission(ready, submitted, options);
  if (ready.modelLine) say(ready.modelLine);
  for (const line of outlookInWords(plan, estimate, options.retryFailed === true)) say(line);
  return exitCode.done;
}
