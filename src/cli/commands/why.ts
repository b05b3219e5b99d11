import { isPostgresAddress } from '../../journal/postgres/address.ts';
import type { Estimate } from '../../run/estimate.ts';
import type { ChooseModels } from '../../run/resume-debate.ts';
import { counted, dollars } from '../../text/figures.ts';
import { escapedJson } from '../../text/json-in-text.ts';
import type { StoredRunName } from '../../why/why-of-runs.ts';
import type { WhyResult } from '../../why/why-request.ts';
import { defineCommand, flag, type OptionValues, option, repeatable } from '../command.ts';
import { misuse, need, say } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { text, whole } from '../option-values.ts';
import {
  budgetOptions,
  judgeSamplesOption,
  modelOptions,
  runHelp,
  sourceOptions,
} from '../shared-options.ts';

const whyOptions = {
  plan: option(
    '--plan <plan>',
    'every debate of a plan: its file, or a folder of runs, with one budget for all',
    text,
  ),
  issue: option('--issue <id>', 'only changes of position on this issue', text),
  shift: repeatable('--shift <n>', 'only this change of position, by number', whole(1, 10_000)),
  answers: option('-k, --answers <n>', 'answers per condition', whole(3, 100), { usual: '5' }),
  judgeSamples: judgeSamplesOption('readings of each answer, at least one by each judge', '1'),
  sentences: option(
    '--sentences <n>',
    'where reasons moved the speaker, leave out up to this many sentences, one at a time, to find which',
    whole(0, 20),
    { usual: '0' },
  ),
  otherMouth: flag('--other-mouth', 'also have another persona say the same words'),
  ...budgetOptions('all answers; none begins beyond it'),
  concurrency: option('--concurrency <n>', 'concurrent answers', whole(1, 64), { usual: '4' }),
  yes: flag('-y, --yes', 'spend without asking'),
  dryRun: flag('--dry-run', 'print the estimate and exit; nothing is spent'),
  json: flag('--json', 'print the explanations as one line of JSON'),
  ...modelOptions,
  ...sourceOptions,
};

type WhyValues = OptionValues<typeof whyOptions>;

/** `parley why`: lets speakers answer again under other circumstances, and says what moved them. */
export const command = defineCommand({
  description:
    'For each change of position, let the speaker answer again after the real speech, after silence, after the bare stand and after as many words without a reason, and say whether it moved by itself, under pressure, or for the reasons. Answers are kept in why.jsonl beside the run; the journal is unchanged. For several runs or a plan, also sum up how much of the movement had which cause.',
  argument: { help: `${runHelp}; repeatable` },
  options: whyOptions,
  async action({ args, options }, environment) {
    const { estimateInWords } = await import('../../report/why-text.ts');
    const { interruptible } = await import('../signals.ts');
    const { agreeToCost } = await import('../spending.ts');
    const isSeveral = options.plan !== null || args.length > 1;
    if (args.length === 0 && !isSeveral) return misuse(environment, 'Name a run, or a plan with --plan.');
    if (isSeveral && options.shift.length > 0)
      return misuse(environment, '--shift names a change of one run; give one run.');
    const opened = await (isSeveral ? openSeveral : openOne)(args, options, environment);
    const { what, estimate, explain } = opened;
    const price = estimate.costUsd === null ? ' (set --price)' : '';
    say(
      environment,
      `${what} of position: ${estimateInWords(estimate)}${price}. What was answered before is not asked again.`,
    );
    if (options.dryRun) return exitCode.done;
    const refused = await agreeToCost(estimate.costUsd, options, environment);
    if (refused !== null) return refused;
    const { result, code } = await interruptible(explain);
    const { ended, value, text } = result;
    environment.stdout.write(options.json ? `${escapedJson(value)}\n` : text);
    if (ended === 'done') return exitCode.done;
    say(environment, endedInWords[ended]);
    return code ?? exitCode.incomplete;
  },
});

const endedInWords = {
  budget: 'The budget is used up. The same command with a larger --budget continues from here.',
  stopped: 'Stopped. The same command continues from here.',
};

/** Shifts that are ready to be explained. */
interface OpenShifts {
  /** How many there are of what. */
  what: string;
  estimate: Estimate;
  explain(signal: AbortSignal): Promise<{ ended: WhyResult['ended']; value: unknown; text: string }>;
}

async function openOne(
  [given = '']: readonly string[],
  options: WhyValues,
  environment: Environment,
): Promise<OpenShifts> {
  const { whyText } = await import('../../report/why-text.ts');
  const { openWhy } = await import('../../why/why-of-run.ts');
  const { modelLine } = await import('../models.ts');
  const { readDebate } = await import('../with-runs.ts');
  const [run] = await storedRuns([given], options.transcripts);
  const opened = await openWhy(run as StoredRunName, asked(options), chooser(options, environment));
  const { models, shifts, estimate, explain } = need(opened);
  const { debate, name } = await readDebate(given, options.transcripts, 'explain');
  say(environment, modelLine(models));
  return {
    ...{ what: counted(shifts, 'change'), estimate },
    async explain(signal) {
      const { explanations, ended } = need(
        await explain({
          signal,
          onProgress: ({ shift, condition, done, planned, costUsd }) =>
            say(environment, `${done} of ${planned}: T${shift.turn}, ${condition}, ${dollars(costUsd)}`),
        }),
      );
      return { ended, value: { run: name, ended, explanations }, text: whyText(debate, explanations) };
    },
  };
}

/** Several runs, those of a plan among them: one budget, and one summary. */
async function openSeveral(
  given: readonly string[],
  options: WhyValues,
  environment: Environment,
): Promise<OpenShifts> {
  const { whySummaryText } = await import('../../report/why-text.ts');
  const { openWhyOfRuns, runsOfPlan } = await import('../../why/why-of-runs.ts');
  const runs = await storedRuns(given, options.transcripts);
  if (options.plan !== null) runs.push(...need(await runsOfPlan(options.plan, options.transcripts)));
  const opened = await openWhyOfRuns(runs, asked(options), chooser(options, environment));
  const { shifts, estimate, leftOut, explain, ...found } = need(opened);
  for (const { run, failure } of leftOut) say(environment, `Left out ${run}: ${failure.message}`);
  return {
    ...{ what: `${counted(found.runs, 'run')}, ${counted(shifts, 'change')}`, estimate },
    async explain(signal) {
      const { ended, summary, explained } = need(
        await explain({
          signal,
          onProgress: ({ run, shift, condition, done, planned, costUsd }) =>
            say(
              environment,
              `${run}: ${done} of ${planned}, T${shift.turn}, ${condition}, ${dollars(costUsd)}`,
            ),
        }),
      );
      const value = explained.map(({ run, explanations }) => ({ run, explanations }));
      return { ended, value: { ended, summary, runs: value }, text: whySummaryText(explained, summary) };
    },
  };
}

/** Runs in folders: answers are kept beside them. */
async function storedRuns(given: readonly string[], transcripts: string): Promise<StoredRunName[]> {
  const { findRun } = await import('../../run/catalogue/find-run.ts');
  const { openRuns } = await import('../../run/catalogue/open-runs.ts');
  const { notInFiles } = await import('../../why/why-of-run.ts');
  const runs: StoredRunName[] = [];
  for (const run of given) {
    const { folder, name } = need(await findRun(run, transcripts));
    const { store } = need(isPostgresAddress(folder) ? notInFiles(name) : await openRuns(folder));
    runs.push({ store, name });
  }
  return runs;
}

function asked({ issue, shift, answers, otherMouth, sentences, judgeSamples, ...options }: WhyValues) {
  const { budget: budgetUsd, budgetTokens, concurrency } = options;
  return {
    ...{ issue, shifts: shift, repeats: answers, otherMouth, sentences, judgeSamples },
    ...{ budgetUsd, budgetTokens, concurrency },
  };
}

function chooser(options: WhyValues, environment: Environment): ChooseModels {
  return async (personas, before) => {
    const { modelsFor, unwatched } = await import('../models.ts');
    return modelsFor({ ...options, ...unwatched }, personas, environment, before);
  };
}
