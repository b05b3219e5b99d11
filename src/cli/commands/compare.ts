import type { BatchState } from '../../batch/batch-state.ts';
import type { OpenBatch } from '../../batch/open-batch.ts';
import type { Gates } from '../../compare/gates.ts';
import type { StoredRunsRequest } from '../../compare/stored-runs.ts';
import { failure } from '../../debate/outcome.ts';
import { batchOptions, comparisonOptions } from '../batch-options.ts';
import { defineCommand, type OptionValues } from '../command.ts';
import { complain, misuse, say, sayLines } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { progressOptions, sourceOptions } from '../shared-options.ts';

const options = { ...comparisonOptions, ...batchOptions, ...progressOptions, ...sourceOptions };

type CompareValues = OptionValues<typeof options>;

/** `parley compare`: runs what is left of a plan's debates, and says which arm is better and how sure that is. */
export const compare = defineCommand({
  description:
    'Run every debate of a plan file with two arms or more, and compare the arms article by article.',
  argument: { help: 'a plan file, such as examples/steelman.yaml; with --runs, more folders' },
  options,
  async action({ args, options: given }, environment) {
    const { isPostgresAddress } = await import('../../journal/postgres/address.ts');
    const { silenceTracing } = await import('../batch/plan-request.ts');
    const { misusedResults } = await import('../compare/write-comparison.ts');
    silenceTracing(environment);
    const misused = await misusedResults(given, environment);
    if (misused !== null) return misused;
    if (given.runs.length > 0) return compareRuns([...given.runs, ...args], given, environment);
    const [file, ...more] = args;
    if (file === undefined || more.length > 0) {
      return misuse(environment, 'compare takes one plan, or folders of runs after --runs.');
    }
    const asked = { file, given };
    return isPostgresAddress(given.transcripts)
      ? compareInDatabase(asked, environment)
      : compareHere(asked, environment);
  },
});

/** Compares runs that are stored, whatever plan they are of. */
async function compareRuns(
  places: readonly string[],
  given: CompareValues,
  environment: Environment,
): Promise<number> {
  const { compareStoredRuns } = await import('../../compare/stored-runs.ts');
  const { reportCompared } = await import('../compare/write-comparison.ts');
  let refused: number | null = null;
  const { rolesIn } = await import('../models.ts');
  const roles = await rolesIn(given.roles, environment);
  if (!roles.ok) return complain(environment, roles.failure);
  const ofFile = roles.value.byRole['judge'];
  if (given.roles !== null && ofFile === undefined && given.judge.length === 0)
    return misuse(
      environment,
      `With --runs, only a judge reads; ${given.roles} names none. Add judge: to it.`,
    );
  const judge = given.judge.length === 0 && ofFile !== undefined ? [ofFile] : given.judge;
  const judged =
    judge.length === 0 ? null : await judgeAnew({ ...given, judge }, environment, (code) => (refused = code));
  if (typeof judged === 'number') return judged;
  const compared = await compareStoredRuns({
    ...{ places, armsBy: given.arms, isReported: given.html !== null, people: given.people },
    ...(judged === null ? {} : { readAnew: judged }),
  });
  if (refused !== null) return refused;
  if (!compared.ok) return complain(environment, compared.failure);
  const arms = compared.value.comparison.arms.map(({ arm }) => ({ id: arm }));
  const gates = await gatesOf(arms, given, environment);
  return typeof gates === 'number' ? gates : reportCompared(compared, { given, gates }, environment);
}

/** Has the judge that was named read every run: says what it takes, asks, and reads. An exit code where there is no such judge. */
async function judgeAnew(
  given: CompareValues,
  environment: Environment,
  refuse: (code: number) => void,
): Promise<number | NonNullable<StoredRunsRequest['readAnew']>> {
  const { judgeNamedTwice } = await import('../../run/role-models.ts');
  const { modelSettings } = await import('../models.ts');
  const { chooseJudge } = await import('../../score/score-transcripts.ts');
  const { openAnew } = await import('../../compare/judged-anew.ts');
  const { readingOutlook, spentLine } = await import('../score-words.ts');
  const { agreeToCost } = await import('../spending.ts');
  const { listenForSignals } = await import('../signals.ts');
  const twice = judgeNamedTwice(given.judge);
  if (twice !== null) return complain(environment, `--judge ${twice}`);
  const stop = new AbortController();
  const settings = modelSettings(given, environment);
  const chosen = await chooseJudge(given.judge, {
    ...{ samples: given.judgeSamples, settings, signal: stop.signal, place: given.transcripts },
  });
  if (!chosen.ok) {
    const { reason, message } = chosen.failure;
    return complain(environment, reason === 'bad-spec' ? `--judge ${message}` : chosen.failure);
  }
  return async (runs) => {
    const opened = await openAnew(runs, chosen.value);
    if (!opened.ok) return opened;
    const { unread, estimate, read, close } = opened.value;
    const interruption = listenForSignals(
      () => stop.abort('stopped'),
      (code) => process.exit(code),
    );
    try {
      say(
        environment,
        `${unread} of ${runs.length} runs are still to be read by this judge; the readings are kept beside the runs.`,
      );
      const why = 'as asked with --judge';
      const lines = unread === 0 ? [] : readingOutlook(chosen.value.named, why, estimate, given.budget);
      for (const line of lines) say(environment, line);
      const code = given.dryRun
        ? exitCode.done
        : unread === 0
          ? null
          : await agreeToCost(estimate.costUsd, given, environment);
      if (code !== null) {
        refuse(code);
        return failure('not-agreed', 'Nothing was read.');
      }
      const result = await read({
        ...{ budgetUsd: given.budget, atOnce: Math.min(given.concurrency, 16), signal: stop.signal },
        onRun: (done, of) => say(environment, `${done} of ${of} runs read`),
      });
      if (interruption.code !== null) refuse(interruption.code);
      if (result.ok && result.value.spent.calls > 0) say(environment, spentLine(result.value.spent));
      return result;
    } finally {
      interruption.dispose();
      close();
    }
  };
}

interface Asked {
  file: string;
  given: CompareValues;
}

async function compareHere({ file, given }: Asked, environment: Environment): Promise<number> {
  const { expandPlan } = await import('../../batch/expand-plan.ts');
  const { openBatch } = await import('../../batch/open-batch.ts');
  const { needsTwoArms } = await import('../../compare/run-comparison.ts');
  const { planOutlook } = await import('../../compare/plan-outlook.ts');
  const { outlookInWords } = await import('../batch/batch-words.ts');
  const { batchRequest, complainOfPlan } = await import('../batch/plan-request.ts');
  const { reportComparison } = await import('../compare/write-comparison.ts');
  const request = await batchRequest(file, given, environment);
  if (!request.ok) return complain(environment, request.failure);
  const opened = await openBatch(request.value);
  if (!opened.ok) return complainOfPlan(environment, opened);
  const open = opened.value;
  try {
    const { plan, prompts, store, estimate } = open;
    const arms = needsTwoArms(plan);
    if (!arms.ok) {
      const instead = `To run the debates of one arm: parley batch ${file}`;
      return complain(environment, `${arms.failure.message} ${instead}`);
    }
    const gates = await gatesOf(plan.arms, given, environment);
    if (typeof gates === 'number') return gates;
    const outlook = [...outlookInWords(open, estimate, given.retryFailed), ...planOutlook(plan)];
    sayLines(environment, outlook);
    if (given.dryRun) return exitCode.done;
    const stopped = await runWhatIsLeft(open, { file, given }, environment);
    if (stopped !== null) return stopped;
    const cells = expandPlan(plan, prompts.fingerprints);
    const stored = { plan, cells, store, planned: estimate.debates.planned };
    return await reportComparison(stored, { given, gates }, environment);
  } finally {
    await open.release();
  }
}

/** Compares what is stored of a plan in a database. Runs nothing: that is for workers. */
async function compareInDatabase({ file, given }: Asked, environment: Environment): Promise<number> {
  const { openStoredPlan } = await import('../../compare/run-comparison.ts');
  const { shownAddress } = await import('../../journal/postgres/address.ts');
  const { complainOfPlan, planRequest } = await import('../batch/plan-request.ts');
  const { reportComparison } = await import('../compare/write-comparison.ts');
  const { withRuns } = await import('../with-runs.ts');
  const request = await planRequest(file, given, environment);
  if (!request.ok) return complain(environment, request.failure);
  const opened = await openStoredPlan(request.value);
  if (!opened.ok) return complainOfPlan(environment, opened);
  const { plan, cells, planned } = opened.value;
  const gates = await gatesOf(plan.arms, given, environment);
  if (typeof gates === 'number') return gates;
  const how = `parley batch ${file} --on ${shownAddress(given.transcripts)}`;
  const onMissing = (stored: number) =>
    say(environment, `${stored} of ${planned} debates are stored. Submit the others with: ${how}`);
  return withRuns(given.transcripts, environment, ({ store }) =>
    reportComparison({ plan, cells, store, planned }, { given, gates, onMissing }, environment),
  );
}

/** What the comparison is held to; an exit code where it cannot be read. */
async function gatesOf(
  arms: readonly { id: string }[],
  { failIf, baseline }: CompareValues,
  environment: Environment,
): Promise<Gates | number> {
  const { readGates } = await import('../../compare/gates.ts');
  const gates = await readGates(
    { failIf, baseline },
    arms.map(({ id }) => id),
  );
  if (gates.ok) return gates.value;
  const { reason, message } = gates.failure;
  const isOfBaseline = ['no-baseline', 'not-a-comparison', 'unsupported-version'].includes(reason);
  return complain(
    environment,
    isOfBaseline
      ? `--baseline ${message} Make one with parley compare PLAN --store FILE.`
      : `--fail-if ${message}`,
  );
}

/** null once all that could be run has run; else the exit code. */
async function runWhatIsLeft(
  open: OpenBatch,
  { file, given }: Asked,
  environment: Environment,
): Promise<number | null> {
  const { planPaidInJobs } = await import('../../batch/lockstep/calls-in-jobs.ts');
  const { agreeToSpend, planJobsInWords } = await import('../batch/plan-request.ts');
  if (open.left === 0) return null;
  const { openaiBatch: inJobs, retryFailed } = given;
  const paid = await planPaidInJobs(open, { inJobs, retryFailed });
  if (paid !== null) return complain(environment, planJobsInWords(paid));
  const refusal = await agreeToSpend({ ...open, budgetUsd: open.plan.budget.usd }, given, environment);
  if (refusal !== null) return refusal;
  const { runReported } = await import('../batch/reported-batch.ts');
  const { state, code } = await runReported(open, given, environment);
  const { planned } = open.estimate.debates;
  sayLines(environment, whatIsLeft(state, planned, `parley compare ${file}`));
  return code;
}

function whatIsLeft(
  { stopping, isOutOfBudget, done, failed }: BatchState,
  planned: number,
  again: string,
): string[] {
  const lines = stopping === null ? [] : [stopping];
  if (failed > 0) lines.push(`${failed} failed. Try again with: ${again} --retry-failed`);
  if (done + failed < planned) {
    const more = isOutOfBudget ? ', and a larger budget' : '';
    lines.push(`${done} of ${planned} debates done. Continue with: ${again}${more}`);
  }
  return lines;
}
