import type { Failure } from '../../debate/outcome.ts';
import type { JournalStore } from '../../journal/types.ts';
import type { WhyOfRun } from '../../run/why/why-of-run.ts';
import { counted, count as countOf, dollars } from '../../text/figures.ts';
import { escapedJson } from '../../text/json-in-text.ts';
import { defineCommand, flag, option, repeatable } from '../command.ts';
import { complain, say } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { aboveZero, text, whole } from '../option-values.ts';
import { modelOptions, runHelp, sourceOptions } from '../shared-options.ts';
import { agreeToCost } from '../spending.ts';

/** `parley why`: lets speakers answer again under other circumstances, and says what moved them. */
export const why = defineCommand({
  description:
    'For each change of position, let the speaker answer again after the real speech, after silence, after the bare stand and after as many words without a reason, and tell whether it moved by itself, under pressure, or for the reasons. What was answered is kept in why.jsonl beside the run; the journal stays as it is.',
  argument: { help: runHelp },
  options: {
    issue: option('--issue <id>', 'only changes of position on this issue', text),
    shift: repeatable('--shift <n>', 'only this change of position, by number', whole(1, 10_000)),
    answers: option('-k, --answers <n>', 'answers per condition', whole(3, 100), { usual: '5' }),
    judgeSamples: option('--judge-samples <n>', 'readings of each answer', whole(1, 101), { usual: '1' }),
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
  },
  async action({ args: [given = ''], options }, environment) {
    const { modelLine, modelsFor, unwatched } = await import('../models.ts');
    const { findRun } = await import('../../run/catalogue/find-run.ts');
    const { openWhy } = await import('../../run/why/why-of-run.ts');
    const { withRuns } = await import('../with-runs.ts');
    const found = await findRun(given, options.transcripts);
    if (!found.ok) return complain(environment, found.failure);
    const { folder, name } = found.value;
    return withRuns(folder, environment, async ({ store }) => {
      const opened = await openWhy(
        { store, name },
        {
          shifts: options.shift,
          issue: options.issue,
          repeats: options.answers ?? 5,
          otherMouth: options.otherMouth,
          sentences: options.sentences ?? 0,
          judgeSamples: options.judgeSamples ?? 1,
          budgetUsd: options.budget,
          concurrency: options.concurrency ?? 4,
        },
        (personas, before) => modelsFor({ ...options, ...unwatched }, personas, environment, before),
      );
      if (!opened.ok) return complain(environment, inOptions(opened.failure));
      const { models, shifts, estimate } = opened.value;
      say(environment, modelLine(models));
      say(environment, estimateLine(shifts, estimate));
      if (options.dryRun) return exitCode.done;
      const refused = await agreeToCost(estimate.costUsd, options, environment);
      return refused ?? explainAndPrint(opened.value, { store, name, json: options.json }, environment);
    });
  },
});

async function explainAndPrint(
  opened: WhyOfRun,
  { store, name, json }: { store: JournalStore; name: string; json: boolean },
  environment: Environment,
): Promise<number> {
  const { listenForSignals } = await import('../signals.ts');
  const { whyText } = await import('../../report/why-text.ts');
  const { fold } = await import('../../debate/debate.ts');
  const stop = new AbortController();
  const interruption = listenForSignals(
    () => stop.abort('stopped'),
    (code) => process.exit(code),
  );
  try {
    const explained = await opened.explain({
      signal: stop.signal,
      onProgress: ({ shift, condition, done, planned, costUsd }) =>
        say(environment, `${done} of ${planned}: T${shift.turn}, ${condition}, ${dollars(costUsd)}`),
    });
    if (!explained.ok) return complain(environment, explained.failure);
    const { explanations, ended } = explained.value;
    const stored = await store.read(name);
    if (!stored.ok) return complain(environment, stored.failure);
    const debate = fold(stored.value.events);
    if (!debate) throw new Error('a run that was explained has begun');
    environment.stdout.write(
      json
        ? `${escapedJson({ run: name, ended, explanations })}
`
        : whyText(debate, explanations),
    );
    if (ended === 'done') return exitCode.done;
    say(environment, endedInWords[ended]);
    return interruption.code ?? exitCode.incomplete;
  } finally {
    interruption.dispose();
  }
}

const endedInWords = {
  budget: 'The budget is used up. The same command with a larger --budget goes on from here.',
  stopped: 'Stopped. The same command goes on from here.',
};

function estimateLine(
  shifts: number,
  { calls, inputTokens, outputTokens, costUsd }: WhyOfRun['estimate'],
): string {
  const cost = costUsd === null ? 'an unknown cost (set --price)' : dollars(costUsd);
  const tokens = countOf(inputTokens + outputTokens);
  return `${counted(shifts, 'change')} of position: about ${counted(calls, 'call')}, ${tokens} tokens, ${cost}. What was answered before is not asked again.`;
}

/** The failures of which an option is the remedy, in its words. */
function inOptions(failure: Failure): string | Failure {
  if (failure.reason === 'no-price')
    return `${failure.message} Give it with --price IN,OUT, or leave --budget out.`;
  return failure;
}
