import { z } from 'zod';
import type { ModelSettings } from '../../models/providers/provider.ts';
import type { Estimate } from '../../run/estimate.ts';
import type { NamedRoles } from '../../run/roles-file.ts';
import type { Transcript } from '../../score/transcripts.ts';
import { choice, defineCommand, flag, type OptionValues, option, repeatable } from '../command.ts';
import { complain, misuse, say } from '../complain.ts';
import { tameProcess } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { aboveZero, names, text, whole } from '../option-values.ts';
import { readingOutlook, spentLine } from '../score-words.ts';
import {
  baseUrlOption,
  priceOption,
  resultOptions,
  sourceOptions,
  timeoutOption,
} from '../shared-options.ts';
import { readingOptions } from '../transcript-options.ts';
import { writeResult } from '../write-result.ts';

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
    'model that reads positions: provider:name or simulator (by default a run shows its own readings; else as in parley run); repeat for several that share the readings',
    text,
  ),
  roles: option(
    '--roles <file>',
    'roles file as in parley run; its judge reads, else its moderator, else its model for everyone',
    text,
  ),
  timeout: timeoutOption,
  budget: option(
    '--budget <usd>',
    'maximum estimated cost in US dollars for all transcripts; beyond it nothing starts',
    aboveZero,
  ),
  price: priceOption,
  control: choice(
    '--control <kind>',
    'shuffled-turns: show the judge the speeches in an order drawn from the seed',
    ['shuffled-turns'],
  ),
  judgeSamples: option('--judge-samples <n>', 'readings of a model after each round', whole(1, 101), {
    usual: '3',
  }),
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
    whole(0, 2 ** 31 - 1),
  ),
  json: flag('--json', 'print one line of JSON per transcript; same as --format json'),
  ...resultOptions(['table', 'md', 'html', 'json'], 'table'),
  ...sourceOptions,
};

/** `parley score`: reads who stands where in any transcript, and computes how far it has converged. */
export const score = defineCommand({
  description:
    'Score transcripts: runs of parley, or transcripts from elsewhere (JSON lines, or text as "Name: speech").',
  argument: { help: 'transcript files, - for stdin, or names of runs' },
  options: scoreOptions,
  async action({ args: files, options }, environment) {
    const { tracingVariables } = await import('../../models/tracing-variables.ts');
    const { scoreReportOf } = await import('../../report/score/score-report.ts');
    const { renderScores } = await import('../../report/score/render-scores.ts');
    const { chooseJudge, scoreOfRun, scoreTranscripts } = await import('../../score/score-transcripts.ts');
    const { judgeNamedTwice } = await import('../../run/role-models.ts');
    const { readTranscript } = await import('../../score/transcripts.ts');
    const { loadAgenda } = await import('../../score/transcripts.ts');
    const { listenForSignals } = await import('../signals.ts');
    tameProcess(environment, tracingVariables);
    const { modelSettings, rolesIn } = await import('../models.ts');
    const { budget, judgeSamples: samples } = options;
    const format = options.json ? 'json' : options.format;
    const nonsense = contradictionIn(options, files);
    if (nonsense !== null) return misuse(environment, nonsense);
    const agendaAsked = agendaIn(options);
    const agenda = agendaAsked && (await loadAgenda(agendaAsked));
    if (agenda?.ok === false) return complain(environment, agenda.failure);
    const stop = new AbortController();
    const settings = modelSettings(options, environment);
    const roles = await rolesIn(options.roles, environment);
    if (!roles.ok) return complain(environment, roles.failure);
    // Everything is read before the first call is paid for.
    const transcripts = [];
    const reading = { ...options, agenda: agenda?.value ?? null, stdin: environment.stdin };
    for (const file of files) {
      const read = await readTranscript(file, reading);
      if (!read.ok) return complain(environment, read.failure);
      if (read.value.readAs !== null) say(environment, `${file}: ${read.value.readAs}`);
      transcripts.push(read.value);
    }
    const twice = judgeNamedTwice(options.judge);
    if (twice !== null) return complain(environment, `--judge ${twice}`);
    const ofFile = judgeIn(roles.value);
    const named = options.judge.length > 0 || ofFile === null ? options.judge : [ofFile];
    const specs = named.length > 0 ? named : await judgeOf(transcripts, options, settings);
    if (specs === 'run') {
      const own = transcripts.flatMap((transcript) => scoreOfRun(transcript) ?? []);
      return writeResult(renderScores(own.map(scoreReportOf), format), options, environment);
    }
    if (specs === null) {
      if (format === 'md' || format === 'html') {
        return misuse(
          environment,
          `--format ${format} shows what a model read. Name it with --judge PROVIDER:NAME.`,
        );
      }
      const { wordingCues } = await import('../../score/wording-cues.ts');
      const { cueText } = await import('../../report/score/cue-text.ts');
      const { escapedJson } = await import('../../text/json-in-text.ts');
      const parts = transcripts.map((transcript) => {
        const cues = wordingCues(transcript);
        if (format !== 'json') return cueText(transcript.name, cues);
        return `${escapedJson({ score: 1, name: transcript.name, judge: null, convergence: null, cues })}\n`;
      });
      return writeResult(parts.join(format === 'json' ? '' : '\n'), options, environment);
    }
    const judge = await chooseJudge(specs, {
      ...{ samples, settings, signal: stop.signal, place: options.transcripts },
    });
    if (!judge.ok) {
      const { reason, message } = judge.failure;
      return complain(environment, reason === 'bad-spec' ? `--judge ${message}` : judge.failure);
    }
    const { estimateScore } = await import('../../score/estimate-score.ts');
    const estimate = await estimateScore(transcripts, judge.value.judge);
    const why =
      options.judge.length > 0
        ? 'as asked with --judge'
        : named.length > 0
          ? 'as asked with --roles'
          : 'since --judge names no other';
    for (const line of readingOutlook(judge.value.named, why, estimate, budget)) say(environment, line);
    const refusal = overBudget(estimate, budget);
    if (refusal !== null) return complain(environment, refusal);
    const interruption = listenForSignals(
      () => stop.abort(),
      (code) => process.exit(code),
    );
    try {
      const scored = await scoreTranscripts({
        ...{ transcripts, judge: judge.value, shuffled: options.control !== null, budgetUsd: budget },
        onRound: ({ transcript, round, of, isRead }) => {
          say(
            environment,
            isRead
              ? `${transcript}: reading round ${round} of ${of}`
              : `${transcript}: the budget is used up, so round ${round} of ${of} and later ones are not read; what was read is shown.`,
          );
        },
      });
      if (interruption.code !== null) return interruption.code;
      if (!scored.ok) return complain(environment, scored.failure);
      const { spent, isStopped } = scored.value;
      const reports = scored.value.transcripts.map(scoreReportOf);
      const code = await writeResult(renderScores(reports, format), options, environment);
      if (code !== exitCode.done) return code;
      if (spent.calls > 0) say(environment, spentLine(spent));
      return isStopped ? exitCode.incomplete : exitCode.done;
    } finally {
      interruption.dispose();
    }
  },
});

function contradictionIn(
  { scenario, agenda, json, format }: OptionValues<typeof scoreOptions>,
  files: readonly string[],
): string | null {
  if (scenario !== null && agenda !== null)
    return '--scenario and --agenda both name an agenda. Give one of them.';
  if (!json && format === 'html' && files.length > 1)
    return '--format html makes one page of one transcript. Score the files one by one.';
  return null;
}

function agendaIn({ scenario, agenda }: OptionValues<typeof scoreOptions>) {
  if (agenda !== null) return { file: agenda };
  return scenario === null ? null : { scenario };
}

function judgeIn({ everyone, byRole }: NamedRoles): string | null {
  return byRole['judge'] ?? byRole['moderator'] ?? everyone;
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

function overBudget({ costUsd }: Estimate, budget: number | null): string | null {
  if (budget === null) return null;
  if (costUsd === null) {
    return 'A budget in US dollars needs a price, and none is known for the judge. Give --price INPUT,OUTPUT in US dollars per million tokens. No model was called.';
  }
  if (costUsd <= budget) return null;
  return `That is more than --budget ${budget}. No model was called. Raise the budget, or use fewer --judge-samples or rounds (--rounds-of).`;
}
