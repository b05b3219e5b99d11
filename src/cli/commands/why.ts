import { type Failure, type Outcome, success } from '../../debate/outcome.ts';
import { isPostgresAddress } from '../../journal/postgres/address.ts';
import { counted, dollars } from '../../text/figures.ts';
import { escapedJson } from '../../text/json-in-text.ts';
import type { WhyOfRun } from '../../why/why-of-run.ts';
import type { StoredRunName, WhyOfRuns } from '../../why/why-of-runs.ts';
import type { WhyResult } from '../../why/why-request.ts';
import { defineCommand, flag, type OptionValues, option, repeatable } from '../command.ts';
import { complain, misuse, say } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { aboveZero, text, whole } from '../option-values.ts';
import { modelOptions, runHelp, sourceOptions } from '../shared-options.ts';
import { agreeToCost } from '../spending.ts';

const whyOptions = {
  plan: option(
    '--plan <plan>',
    'every debate of a plan: its file, or a folder of runs, with one budget for all',
    text,
  ),
  issue: option('--issue <id>', 'only changes of position on this issue', text),
  shift: repeatable('--shift <n>', 'only this change of position, by number', whole(1, 10_000)),
  answers: option('-k, --answers <n>', 'answers per condition', whole(3, 100), { usual: '5' }),
  judgeSamples: option(
    '--judge-samples <n>',
    'readings of each answer, at least one by each judge',
    whole(1, 101),
    { usual: '1' },
  ),
  sentences: option(
    '--sentences <n>',
    'where reasons moved the speaker, leave out up to this many sentences, one at a time, to find which',
    whole(0, 20),
    { usual: '0' },
  ),
  otherMouth: flag('--other-mouth', 'also have another persona say the same words'),
  budget: option('--budget <usd>', 'total budget in US dollars; no answer begins beyond it', aboveZero),
  concurrency: option('--concurrency <n>', 'concurrent answers', whole(1, 64), { usual: '4' }),
  yes: flag('-y, --yes', 'spend without asking'),
  dryRun: flag('--dry-run', 'print the estimate and exit; nothing is spent'),
  json: flag('--json', 'print the explanations as one line of JSON'),
  ...modelOptions,
  ...sourceOptions,
};

type WhyValues = OptionValues<typeof whyOptions>;

/** `parley why`: lets speakers answer again under other circumstances, and says what moved them. */
export const why = defineCommand({
  description:
    'For each change of position, let the speaker answer again after the real speech, after silence, after the bare stand and after as many words without a reason, and tell whether it moved by itself, under pressure, or for the reasons. What was answered is kept in why.jsonl beside the run; the journal stays as it is. Of several runs, or of a plan, it sums up how much of the movement was which.',
  argument: { help: `${runHelp}; repeatable` },
  options: whyOptions,
  async action({ args, options }, environment) {
    const { findRun } = await import('../../run/catalogue/find-run.ts');
    const { withRuns } = await import('../with-runs.ts');
    const [given, ...more] = args;
    if (options.plan !== null || more.length > 0) return explainSeveral(args, options, environment);
    if (given === undefined) return misuse(environment, 'name a run, or a plan with --plan.');
    const found = await findRun(given, options.transcripts);
    if (!found.ok) return complain(environment, found.failure);
    const { folder, name } = found.value;
    return withRuns(folder, environment, ({ store }) => explainOne({ store, name }, options, environment));
  },
});

function askedBy(options: WhyValues) {
  return {
    issue: options.issue,
    repeats: options.answers ?? 5,
    otherMouth: options.otherMouth,
    sentences: options.sentences ?? 0,
    judgeSamples: options.judgeSamples ?? 1,
    budgetUsd: options.budget,
    concurrency: options.concurrency ?? 4,
  };
}

async function explainOne(run: StoredRunName, options: WhyValues, environment: Environment): Promise<number> {
  const { modelLine, modelsFor, unwatched } = await import('../models.ts');
  const { openWhy } = await import('../../why/why-of-run.ts');
  const { estimateInWords } = await import('../../report/why-text.ts');
  const opened = await openWhy(run, { ...askedBy(options), shifts: options.shift }, (personas, before) =>
    modelsFor({ ...options, ...unwatched }, personas, environment, before),
  );
  if (!opened.ok) return complain(environment, inOptions(opened.failure));
  const { models, shifts, estimate } = opened.value;
  say(environment, modelLine(models));
  say(
    environment,
    estimateLine(counted(shifts, 'change'), estimateInWords(estimate), estimate.costUsd !== null),
  );
  if (options.dryRun) return exitCode.done;
  const refused = await agreeToCost(estimate.costUsd, options, environment);
  return refused ?? explainAndPrint(opened.value, { ...run, json: options.json }, environment);
}

/** Several runs, those of a plan among them: one budget, and one summary. */
async function explainSeveral(
  given: readonly string[],
  options: WhyValues,
  environment: Environment,
): Promise<number> {
  const { modelsFor, unwatched } = await import('../models.ts');
  const { findRun } = await import('../../run/catalogue/find-run.ts');
  const { openRuns } = await import('../../run/catalogue/open-runs.ts');
  const { notInFiles } = await import('../../why/why-of-run.ts');
  const { estimateInWords } = await import('../../report/why-text.ts');
  const { openWhyOfRuns, runsOfPlan } = await import('../../why/why-of-runs.ts');
  const runs: StoredRunName[] = [];
  for (const run of given) {
    const found = await findRun(run, options.transcripts);
    if (!found.ok) return complain(environment, found.failure);
    const { folder, name } = found.value;
    const opened = isPostgresAddress(folder) ? notInFiles(name) : await openRuns(folder);
    if (!opened.ok) return complain(environment, opened.failure);
    runs.push({ store: opened.value.store, name });
  }
  if (options.plan !== null) {
    const ofPlan = await runsOfPlan(options.plan, options.transcripts);
    if (!ofPlan.ok) return complain(environment, ofPlan.failure);
    runs.push(...ofPlan.value);
  }
  if (options.shift.length > 0)
    return misuse(environment, '--shift names a change of one run; give one run.');
  const opened = await openWhyOfRuns(runs, { ...askedBy(options), shifts: [] }, (personas, before) =>
    modelsFor({ ...options, ...unwatched }, personas, environment, before),
  );
  if (!opened.ok) return complain(environment, inOptions(opened.failure));
  const { shifts, estimate, leftOut } = opened.value;
  for (const { run, failure } of leftOut) say(environment, `Left out ${run}: ${failure.message}`);
  say(
    environment,
    estimateLine(
      `${counted(opened.value.runs, 'run')}, ${counted(shifts, 'change')}`,
      estimateInWords(estimate),
      estimate.costUsd !== null,
    ),
  );
  if (options.dryRun) return exitCode.done;
  const refused = await agreeToCost(estimate.costUsd, options, environment);
  return refused ?? explainRunsAndPrint(opened.value, options, environment);
}

async function explainRunsAndPrint(
  opened: WhyOfRuns,
  { json }: { json: boolean },
  environment: Environment,
): Promise<number> {
  const { whySummaryText } = await import('../../report/why-text.ts');
  return untilStopped(environment, async (signal) => {
    const explained = await opened.explain({
      signal,
      onProgress: ({ run, shift, condition, done, planned, costUsd }) =>
        say(environment, `${run}: ${done} of ${planned}, T${shift.turn}, ${condition}, ${dollars(costUsd)}`),
    });
    if (!explained.ok) return explained;
    const { ended, summary } = explained.value;
    const runs = explained.value.explained.map(({ run, explanations }) => ({ run, explanations }));
    environment.stdout.write(
      json
        ? `${escapedJson({ ended, summary, runs })}\n`
        : whySummaryText(explained.value.explained, summary),
    );
    return success(ended);
  });
}

/** Lets a person stop it, and says how to go on from where it ended. */
async function untilStopped(
  environment: Environment,
  work: (signal: AbortSignal) => Promise<Outcome<WhyResult['ended']>>,
): Promise<number> {
  const { listenForSignals } = await import('../signals.ts');
  const stop = new AbortController();
  const interruption = listenForSignals(
    () => stop.abort('stopped'),
    (code) => process.exit(code),
  );
  try {
    const ended = await work(stop.signal);
    if (!ended.ok) return complain(environment, ended.failure);
    if (ended.value === 'done') return exitCode.done;
    say(environment, endedInWords[ended.value]);
    return interruption.code ?? exitCode.incomplete;
  } finally {
    interruption.dispose();
  }
}

async function explainAndPrint(
  opened: WhyOfRun,
  { store, name, json }: StoredRunName & { json: boolean },
  environment: Environment,
): Promise<number> {
  const { whyText } = await import('../../report/why-text.ts');
  const { fold } = await import('../../debate/debate.ts');
  return untilStopped(environment, async (signal) => {
    const explained = await opened.explain({
      signal,
      onProgress: ({ shift, condition, done, planned, costUsd }) =>
        say(environment, `${done} of ${planned}: T${shift.turn}, ${condition}, ${dollars(costUsd)}`),
    });
    if (!explained.ok) return explained;
    const { explanations, ended } = explained.value;
    const stored = await store.read(name);
    if (!stored.ok) return stored;
    const debate = fold(stored.value.events);
    if (!debate) throw new Error('a run that was explained has begun');
    environment.stdout.write(
      json ? `${escapedJson({ run: name, ended, explanations })}\n` : whyText(debate, explanations),
    );
    return success(ended);
  });
}

const endedInWords = {
  budget: 'The budget is used up. The same command with a larger --budget continues from here.',
  stopped: 'Stopped. The same command continues from here.',
};

function estimateLine(changes: string, estimate: string, hasPrice: boolean): string {
  const price = hasPrice ? '' : ' (set --price)';
  return `${changes} of position: ${estimate}${price}. What was answered before is not asked again.`;
}

/** The failures of which an option is the remedy, in its words. */
function inOptions(failure: Failure): string | Failure {
  if (failure.reason === 'no-price')
    return `${failure.message} Give it with --price IN,OUT, or leave --budget out.`;
  return failure;
}
