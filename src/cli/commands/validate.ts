import { counted } from '../../text/figures.ts';
import { escapedJson } from '../../text/json-in-text.ts';
import { sanitizeText } from '../../text/sanitize.ts';
import { defineCommand, flag, option } from '../command.ts';
import { CommandError, misuse, need, say } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';
import { seed, text, whole } from '../option-values.ts';
import {
  baseUrlOption,
  budgetOptions,
  judgeSamplesOption,
  priceOption,
  sourceOptions,
  timeoutOption,
} from '../shared-options.ts';

/** `parley validate`: how far off a judge is, on transcripts whose truth is known. */
export const command = defineCommand({
  description:
    'Measure how well a model reads positions, on constructed transcripts and on labelled ones of your own. Its error is kept and widens every later interval of that judge.',
  argument: { help: 'files of labelled transcripts (JSON or JSON Lines)' },
  options: {
    judge: option('--judge <model>', 'model that reads positions: provider:name or simulator', text),
    sample: option('--sample <n>', 'number of constructed transcripts to use; 0 for none', whole(0, 1000), {
      usual: '18',
    }),
    judgeSamples: judgeSamplesOption('readings of each transcript', '3'),
    ...budgetOptions('all readings; no transcript begins beyond it, and the same command continues'),
    price: priceOption,
    timeout: timeoutOption,
    baseUrl: baseUrlOption,
    seed: option('--seed <n>', 'random seed for the order in which the judge sees things', seed, {
      usual: '0',
    }),
    estimate: flag('--estimate', 'print the estimate and exit; no model is called'),
    json: flag('--json', 'print the figures as one JSON object'),
    ...sourceOptions,
  },
  async action({ args: files, options }, environment) {
    const { judge: spec, judgeSamples: samples, budget, transcripts: place } = options;
    if (spec === null) return misuse(environment, 'Name the judge with --judge PROVIDER:NAME.');
    const { constructedTranscripts, labelledIn } = await import('../../score/labelled-transcripts.ts');
    const { estimateScore } = await import('../../score/score-transcript.ts');
    const { validateJudge } = await import('../../score/validate-judge.ts');
    const { validationText } = await import('../../report/score/validation-text.ts');
    const { estimateInWords } = await import('../spending.ts');
    const { modelSettings } = await import('../models.ts');
    const { namedJudge, needPrice } = await import('../named-judge.ts');
    const { interruptible } = await import('../signals.ts');
    const settings = modelSettings(options, environment);
    const { result, code } = await interruptible(async (signal) => {
      const judge = await namedJudge([spec], { samples, settings, signal });
      const transcripts = need(await constructedTranscripts()).slice(0, options.sample);
      for (const file of files) transcripts.push(...need(await labelledIn(file)));
      if (transcripts.length === 0)
        throw new CommandError('--sample 0 and no file: there is nothing to read.', exitCode.usage);
      const estimate = await estimateScore(transcripts, judge.judge);
      say(
        environment,
        `Judge: ${spec}. ${counted(transcripts.length, 'transcript')} take about ${estimateInWords(estimate)}; what was read before is not read again.`,
      );
      if (options.estimate) return null;
      needPrice(estimate, budget);
      return validateJudge({
        ...{
          transcripts,
          judge,
          place,
          budgetUsd: budget,
          budgetTokens: options.budgetTokens,
          seed: options.seed,
        },
        onTranscript: ({ transcript, done, of }) => say(environment, `${done + 1} of ${of}: ${transcript}`),
      });
    });
    if (code !== null) {
      say(environment, 'Stopped. What was read is kept, and the same command continues from here.');
      return code;
    }
    if (result === null) return exitCode.done;
    const found = need(result);
    environment.stdout.write(options.json ? `${escapedJson(found)}\n` : sanitizeText(validationText(found)));
    return found.isStopped ? exitCode.incomplete : exitCode.done;
  },
});
