import type { Estimate } from '../../run/estimate.ts';
import { count, counted, dollars } from '../../text/figures.ts';
import { defineCommand, flag, option } from '../command.ts';
import { complain, misuse, say } from '../complain.ts';
import { tameProcess } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { aboveZero, text, whole } from '../option-values.ts';
import { baseUrlOption, priceOption, sourceOptions, timeoutOption } from '../shared-options.ts';
import { print } from '../write-result.ts';

/** `parley validate`: how far off a judge is, on transcripts whose truth is known. */
export const validate = defineCommand({
  description:
    'Measure how well a model reads positions, on constructed transcripts and on labelled ones of your own. Its error is kept and widens every later interval of that judge.',
  argument: { help: 'files of labelled transcripts (JSON or JSON Lines)' },
  options: {
    judge: option('--judge <model>', 'model that reads positions: provider:name or simulator', text),
    sample: option('--sample <n>', 'number of constructed transcripts to use; 0 for none', whole(0, 1000), {
      usual: '18',
    }),
    judgeSamples: option('--judge-samples <n>', 'readings of each transcript', whole(1, 101), { usual: '3' }),
    budget: option(
      '--budget <usd>',
      'start no transcript beyond this many US dollars; run again to continue',
      aboveZero,
    ),
    price: priceOption,
    timeout: timeoutOption,
    baseUrl: baseUrlOption,
    seed: option(
      '--seed <n>',
      'random seed for the order in which the judge sees things',
      whole(0, 2 ** 31 - 1),
      {
        usual: '0',
      },
    ),
    estimate: flag('--estimate', 'print the estimate and exit; no model is called'),
    json: flag('--json', 'print the figures as one JSON object'),
    ...sourceOptions,
  },
  async action({ args: files, options }, environment) {
    if (options.judge === null) return misuse(environment, 'Name the judge with --judge PROVIDER:NAME.');
    const { tracingVariables } = await import('../../models/tracing-variables.ts');
    const { chooseJudge } = await import('../../score/score-transcripts.ts');
    const { constructedTranscripts, labelledIn } = await import('../../score/labelled-transcripts.ts');
    const { estimateScore } = await import('../../score/estimate-score.ts');
    const { validateJudge } = await import('../../score/validate-judge.ts');
    const { validationText } = await import('../../report/score/validation-text.ts');
    const { listenForSignals } = await import('../signals.ts');
    tameProcess(environment, tracingVariables);
    const { modelSettings } = await import('../models.ts');
    const { judgeSamples: samples, budget, transcripts: place } = options;
    const stop = new AbortController();
    const settings = modelSettings(options, environment);
    const judge = await chooseJudge([options.judge], { samples, settings, signal: stop.signal });
    if (!judge.ok) {
      const { reason, message } = judge.failure;
      return complain(environment, reason === 'bad-spec' ? `--judge ${message}` : judge.failure);
    }
    const constructed = await constructedTranscripts();
    if (!constructed.ok) return complain(environment, constructed.failure);
    const transcripts = constructed.value.slice(0, options.sample);
    for (const file of files) {
      const own = await labelledIn(file);
      if (!own.ok) return complain(environment, own.failure);
      transcripts.push(...own.value);
    }
    if (transcripts.length === 0)
      return misuse(environment, '--sample 0 and no file: there is nothing to read.');
    const estimate = await estimateScore(transcripts, judge.value.judge);
    say(environment, outlook(options.judge, transcripts.length, estimate));
    if (options.estimate) return exitCode.done;
    if (budget !== null && estimate.costUsd === null) {
      return complain(
        environment,
        'A budget in US dollars needs a price, and none is known for the judge. Give --price INPUT,OUTPUT in US dollars per million tokens. No model was called.',
      );
    }
    const interruption = listenForSignals(
      () => stop.abort(),
      (code) => process.exit(code),
    );
    try {
      const found = await validateJudge({
        ...{ transcripts, judge: judge.value, place, budgetUsd: budget, seed: options.seed },
        onTranscript: ({ transcript, done, of }) => say(environment, `${done + 1} of ${of}: ${transcript}`),
      });
      if (interruption.code !== null) return interruption.code;
      if (!found.ok) return complain(environment, found.failure);
      print(environment, [
        options.json ? JSON.stringify(found.value) : validationText(found.value).trimEnd(),
      ]);
      return found.value.isStopped ? exitCode.incomplete : exitCode.done;
    } finally {
      interruption.dispose();
    }
  },
});

function outlook(
  judge: string,
  transcripts: number,
  { calls, inputTokens, outputTokens, costUsd }: Estimate,
): string {
  const cost =
    costUsd === null ? 'an unknown cost (give --price)' : `${dollars(costUsd)} before cache discounts`;
  return `Judge: ${judge}. ${counted(transcripts, 'transcript')} take about ${counted(calls, 'call')}, ${count(inputTokens)} tokens in and ${count(outputTokens)} out, ${cost}; what was read before is not read again.`;
}
