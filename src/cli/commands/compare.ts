import type { Gates } from '../../compare/gates.ts';
import type { StoredRunsRequest } from '../../compare/stored-runs.ts';
import { failure } from '../../debate/outcome.ts';
import { batchOptions, comparisonOptions } from '../batch-options.ts';
import { defineCommand, type OptionValues } from '../command.ts';
import { CommandError, complain, misuse, need, say, sayLines } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { progressOptions, sourceOptions } from '../shared-options.ts';

const options = { ...comparisonOptions, ...batchOptions, ...progressOptions, ...sourceOptions };

type CompareValues = OptionValues<typeof options>;

/** `parley compare`: runs what is left of a plan's debates, and says which arm is better and how sure that is. */
export const command = defineCommand({
  description:
    'Run every debate of a plan file with two arms or more, and compare the arms article by article.',
  argument: { help: 'a plan file, such as examples/steelman.yaml; with --runs, more folders' },
  options,
  async action({ args, options: given }, environment) {
    const { isPostgresAddress } = await import('../../journal/postgres/address.ts');
    const { checkResults } = await import('../compare/write-comparison.ts');
    if (given.json && given.csv)
      return misuse(environment, '--json and --csv both write to standard output. Give one of them.');
    await checkResults(given);
    if (given.runs.length > 0) return compareRuns([...given.runs, ...args], given, environment);
    const [file, ...more] = args;
    if (file === undefined || more.length > 0) {
      return misuse(environment, 'compare takes one plan, or folders of runs after --runs.');
    }
    return isPostgresAddress(given.transcripts)
      ? compareInDatabase(file, given, environment)
      : compareHere(file, given, environment);
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
  const { rolesIn } = await import('../models.ts');
  const { interruptible } = await import('../signals.ts');
  const ofFile = need(await rolesIn(given.roles, environment)).byRole['judge'];
  if (given.roles !== null && ofFile === undefined && given.judge.length === 0) {
    const message = `With --runs, only a judge reads; ${given.roles} names none. Add judge: to it.`;
    return misuse(environment, message);
  }
  const judge = given.judge.length === 0 && ofFile !== undefined ? [ofFile] : given.judge;
  let declined: number | null = null;
  const { result: compared, code } = await interruptible(async (signal) => {
    const decline = (reason: number) => {
      declined = reason;
    };
    const anew = judge.length > 0 ? { readAnew: readerBy(judge, given, environment, signal, decline) } : {};
    return compareStoredRuns({
      ...{ places, armsBy: given.arms, isReported: given.html !== null, people: given.people, ...anew },
    });
  });
  const ended = declined ?? code;
  if (ended !== null) return ended;
  const gates = await gatesOf(
    need(compared).comparison.arms.map(({ arm }) => arm),
    given,
  );
  return reportCompared(compared, { given, gates }, environment);
}

/** Has one judge read every run: says what it takes, asks, and reads. `decline` takes the exit code where nothing is read. */
function readerBy(
  specs: readonly string[],
  given: CompareValues,
  environment: Environment,
  signal: AbortSignal,
  decline: (code: number) => void,
): NonNullable<StoredRunsRequest['readAnew']> {
  return async (runs) => {
    const { openAnew } = await import('../../compare/judged-anew.ts');
    const { modelSettings } = await import('../models.ts');
    const { namedJudge, needPrice, readingOutlook, spentLine } = await import('../named-judge.ts');
    const { agreeToCost } = await import('../spending.ts');
    const { judgeSamples: samples, transcripts: place, budget } = given;
    const settings = modelSettings(given, environment);
    const judge = await namedJudge(specs, { samples, settings, signal, place });
    const opened = await openAnew(runs, judge);
    if (!opened.ok) return opened;
    const { unread, estimate, read, close } = opened.value;
    try {
      say(
        environment,
        `${unread} of ${runs.length} runs are still to be read by this judge; the readings are kept beside the runs.`,
      );
      if (unread > 0)
        sayLines(environment, readingOutlook(judge.named, 'as asked with --judge', estimate, budget));
      if (unread > 0) needPrice(estimate, budget);
      const isFree = !given.dryRun && unread === 0;
      const code = isFree
        ? null
        : given.dryRun
          ? exitCode.done
          : await agreeToCost(estimate.costUsd, given, environment);
      if (code !== null) {
        decline(code);
        return failure('not-agreed', 'Nothing was read.');
      }
      const atOnce = Math.min(given.concurrency, 16);
      const result = await read({
        ...{ budgetUsd: budget, budgetTokens: given.budgetTokens, atOnce, signal },
        onRun: (done, of) => say(environment, `${done} of ${of} runs read`),
      });
      if (result.ok && result.value.spent.calls > 0) say(environment, spentLine(result.value.spent));
      return result;
    } finally {
      close();
    }
  };
}

async function compareHere(file: string, given: CompareValues, environment: Environment): Promise<number> {
  const { expandPlan } = await import('../../batch/expand-plan.ts');
  const { openBatch } = await import('../../batch/open-batch.ts');
  const { needsTwoArms } = await import('../../compare/run-comparison.ts');
  const { planOutlook } = await import('../../compare/needed-articles.ts');
  const { leftInWords, outlookInWords } = await import('../batch/batch-words.ts');
  const { batchRequest, complainOfPlan } = await import('../batch/plan-request.ts');
  const { runLeft } = await import('../batch/reported-batch.ts');
  const { reportComparison } = await import('../compare/write-comparison.ts');
  const opened = await openBatch(await batchRequest(file, given, environment));
  if (!opened.ok) return complainOfPlan(environment, opened);
  const open = opened.value;
  try {
    const { plan, prompts, store, estimate } = open;
    const { planned } = estimate.debates;
    const arms = needsTwoArms(plan);
    if (!arms.ok)
      return complain(
        environment,
        `${arms.failure.message} To run the debates of one arm: parley batch ${file}`,
      );
    const gates = await gatesOf(
      plan.arms.map(({ id }) => id),
      given,
    );
    sayLines(environment, [...outlookInWords(open, estimate, given.retryFailed), ...planOutlook(plan)]);
    if (given.dryRun) return exitCode.done;
    const { state, code } = await runLeft(open, given, environment);
    if (state !== null) sayLines(environment, leftInWords(state, planned, `parley compare ${file}`));
    if (code !== null) return code;
    const cells = expandPlan(plan, prompts.fingerprints);
    return await reportComparison({ plan, cells, store, planned }, { given, gates }, environment);
  } finally {
    await open.release();
  }
}

/** Compares what is stored of a plan in a database. Runs nothing: that is for workers. */
async function compareInDatabase(
  file: string,
  given: CompareValues,
  environment: Environment,
): Promise<number> {
  const { openStoredPlan } = await import('../../compare/run-comparison.ts');
  const { shownAddress } = await import('../../journal/postgres/address.ts');
  const { complainOfPlan, planRequest } = await import('../batch/plan-request.ts');
  const { reportComparison } = await import('../compare/write-comparison.ts');
  const { withRuns } = await import('../with-runs.ts');
  const opened = await openStoredPlan(await planRequest(file, given, environment));
  if (!opened.ok) return complainOfPlan(environment, opened);
  const { plan, cells, planned } = opened.value;
  const gates = await gatesOf(
    plan.arms.map(({ id }) => id),
    given,
  );
  const how = `parley batch ${file} --on ${shownAddress(given.transcripts)}`;
  const onMissing = (stored: number) =>
    say(environment, `${stored} of ${planned} debates are stored. Submit the others with: ${how}`);
  return withRuns(given.transcripts, ({ store }) =>
    reportComparison({ plan, cells, store, planned }, { given, gates, onMissing }, environment),
  );
}

/** What the comparison is held to. */
async function gatesOf(arms: readonly string[], { failIf, baseline }: CompareValues): Promise<Gates> {
  const { readGates } = await import('../../compare/gates.ts');
  const gates = await readGates({ failIf, baseline }, arms);
  if (gates.ok) return gates.value;
  const { reason, message } = gates.failure;
  const isOfBaseline = ['no-baseline', 'not-a-comparison', 'unsupported-version'].includes(reason);
  throw new CommandError(
    isOfBaseline
      ? `--baseline ${message} Make one with parley compare PLAN --store FILE.`
      : `--fail-if ${message}`,
  );
}
