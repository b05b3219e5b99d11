import { z } from 'zod';
import type { ModelSettings } from '../../models/providers/provider.ts';
import type { ScoreFormat } from '../../report/score/render-scores.ts';
import type { Transcript } from '../../score/transcripts.ts';
import { escapedJson } from '../../text/json-in-text.ts';
import { choice, defineCommand, flag, type OptionValues, option, repeatable } from '../command.ts';
import { CommandError, misuse, need, say, writeResult } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';
import { names, seed, text, whole } from '../option-values.ts';
import {
  baseUrlOption,
  budgetOptions,
  judgeSamplesOption,
  priceOption,
  readingOptions,
  resultOptions,
  sourceOptions,
  timeoutOption,
} from '../shared-options.ts';

const scoreOptions = {
  scenario: option(
    '--scenario <name>',
    'use the agenda, red lines and openings of this scenario: a name or a folder',
    text,
  ),
  agenda: option(
    '--agenda <file>',
    'YAML file with an `agenda` as in scenarios, and a `cast` if speakers have red lines',
    text,
  ),
  principals: option(
    '--principals <names>',
    "comma-separated speakers that C is computed over (the scenario's principals, or everyone)",
    names,
  ),
  judge: repeatable(
    '--judge <model>',
    'model that reads positions: provider:name or simulator (a run shows its own readings by default; else chosen as in parley run); repeat for several that share the readings',
    text,
  ),
  roles: option(
    '--roles <file>',
    'roles file as in parley run; its judge reads, else its moderator, else its model for everyone',
    text,
  ),
  timeout: timeoutOption,
  ...budgetOptions('all transcripts; where the estimate is beyond it nothing starts'),
  price: priceOption,
  control: choice(
    '--control <kind>',
    'shuffled-turns: show the judge the speeches in an order drawn from the seed',
    ['shuffled-turns'],
  ),
  judgeSamples: judgeSamplesOption('readings of a model after each round', '3'),
  baseUrl: baseUrlOption,
  roundsOf: option(
    '--rounds-of <turns>',
    'turns per round, or all; by default the round numbers in the transcript, else one pass over the speakers',
    z.union([z.literal('all'), whole(1, 1000)], 'must be a number of turns, or all'),
  ),
  ...readingOptions,
  seed: option(
    '--seed <n>',
    "random seed for the order in which the judge sees things (the run's seed by default, or 0)",
    seed,
  ),
  json: flag('--json', 'print one line of JSON per transcript; same as --format json'),
  ...resultOptions(['table', 'md', 'html', 'json'], 'table'),
  ...sourceOptions,
};

/** `parley score`: reads who stands where in any transcript, and computes how far it has converged. */
export const command = defineCommand({
  description:
    'Score transcripts: runs of parley, or transcripts from elsewhere (JSON lines, or text as "Name: speech").',
  argument: { help: 'transcript files, - for stdin, or names of runs' },
  options: scoreOptions,
  async action({ args: files, options }, environment) {
    const { scoreReportOf } = await import('../../report/score/score-report.ts');
    const { renderScores } = await import('../../report/score/render-scores.ts');
    const { estimateScore } = await import('../../score/score-transcript.ts');
    const { scoreOfRun, scoreTranscripts } = await import('../../score/score-transcripts.ts');
    const { loadAgenda, readTranscript } = await import('../../score/transcripts.ts');
    const { modelSettings, rolesIn } = await import('../models.ts');
    const { namedJudge, needPrice, readingOutlook, spentLine } = await import('../named-judge.ts');
    const { checkBudget } = await import('../../run/budget.ts');
    const { interruptible } = await import('../signals.ts');
    const { budget, scenario, agenda: file } = options;
    const format = options.json ? 'json' : options.format;
    if (scenario !== null && file !== null)
      return misuse(environment, '--scenario and --agenda both name an agenda. Give one of them.');
    if (format === 'html' && files.length > 1)
      return misuse(
        environment,
        '--format html makes one page of one transcript. Score the files one by one.',
      );
    const asked = file !== null ? { file } : scenario !== null ? { scenario } : null;
    const agenda = asked && need(await loadAgenda(asked));
    const settings = modelSettings(options, environment);
    const { everyone, byRole } = need(await rolesIn(options.roles, environment));
    // Everything is read before the first call is paid for.
    const transcripts: Transcript[] = [];
    for (const given of files) {
      const read = need(await readTranscript(given, { ...options, agenda, stdin: environment.stdin }));
      if (read.readAs !== null) say(environment, `${given}: ${read.readAs}`);
      transcripts.push(read);
    }
    const ofFile = byRole['judge'] ?? byRole['moderator'] ?? everyone;
    const named = options.judge.length > 0 || ofFile === null ? options.judge : [ofFile];
    const specs = named.length > 0 ? named : await judgeOf(transcripts, options, settings);
    if (specs === 'run') {
      const own = transcripts.flatMap((transcript) => scoreOfRun(transcript) ?? []);
      return writeResult(renderScores(own.map(scoreReportOf), format), options, environment);
    }
    if (specs === null) return writeResult(await cuesOf(transcripts, format), options, environment);
    const { result, code } = await interruptible(async (signal) => {
      const place = options.transcripts;
      const judge = await namedJudge(specs, { samples: options.judgeSamples, settings, signal, place });
      const estimate = await estimateScore(transcripts, judge.judge);
      const why = options.judge.length > 0 ? 'as asked with --judge' : 'as asked with --roles';
      const how = named.length > 0 ? why : 'since --judge names no other';
      for (const line of readingOutlook(judge.named, how, estimate, budget)) say(environment, line);
      needPrice(estimate, budget);
      const { budgetTokens } = options;
      const within = checkBudget({ budgetUsd: budget, budgetTokens }, estimate);
      if (!within.ok)
        throw new CommandError(
          `That is more than ${beyondInOptions(options)}. No model was called. Raise the budget, or use fewer --judge-samples or rounds (--rounds-of).`,
        );
      return scoreTranscripts({
        ...{ transcripts, judge, shuffled: options.control !== null, budgetUsd: budget, budgetTokens },
        onRound: ({ transcript, round, of, isRead }) =>
          say(
            environment,
            isRead
              ? `${transcript}: reading round ${round} of ${of}`
              : `${transcript}: the budget is used up, so round ${round} of ${of} and later ones are not read; what was read is shown.`,
          ),
      });
    });
    if (code !== null) return code;
    const { transcripts: scored, spent, isStopped } = need(result);
    await writeResult(renderScores(scored.map(scoreReportOf), format), options, environment);
    if (spent.calls > 0) say(environment, spentLine(spent));
    return isStopped ? exitCode.incomplete : exitCode.done;
  },
});

/** The limits that were given, as they were given. */
function beyondInOptions({ budget, budgetTokens }: { budget: number | null; budgetTokens: number | null }) {
  const given = [
    ...(budget === null ? [] : [`--budget ${budget}`]),
    ...(budgetTokens === null ? [] : [`--budget-tokens ${budgetTokens}`]),
  ];
  return given.join(' or ');
}

/** What code counts in the words alone, where no judge is named or found. */
async function cuesOf(transcripts: readonly Transcript[], format: ScoreFormat): Promise<string> {
  if (format === 'md' || format === 'html')
    throw new CommandError(
      `--format ${format} shows what a model read. Name it with --judge PROVIDER:NAME.`,
      exitCode.usage,
    );
  const { wordingCues } = await import('../../score/score-transcript.ts');
  const { cueText } = await import('../../report/score/score-text.ts');
  const parts = transcripts.map((transcript) => {
    const { name } = transcript;
    const cues = wordingCues(transcript);
    const value = { score: 1, name, judge: null, convergence: null, cues };
    return format === 'json' ? `${escapedJson(value)}\n` : cueText(name, cues);
  });
  return parts.join(format === 'json' ? '' : '\n');
}

/** `run`: what the runs' own judges read. null: no model is named, and none is found that reads language. */
async function judgeOf(
  transcripts: readonly Transcript[],
  { control }: OptionValues<typeof scoreOptions>,
  settings: ModelSettings,
): Promise<string[] | 'run' | null> {
  const { scoreOfRun } = await import('../../score/score-transcripts.ts');
  const { chooseModel } = await import('../../models/choose-model.ts');
  const { specText } = await import('../../models/model-spec.ts');
  if (control === null && transcripts.every((transcript) => scoreOfRun(transcript) !== null)) return 'run';
  const found = await chooseModel(settings);
  return found.ok && found.value.spec.provider !== 'simulator' ? [specText(found.value.spec)] : null;
}
