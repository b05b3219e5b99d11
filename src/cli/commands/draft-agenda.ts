import { counted, dollars } from '../../text/figures.ts';
import { defineCommand, flag, option } from '../command.ts';
import { complain, misuse, say } from '../complain.ts';
import { text } from '../option-values.ts';
import { modelOptions, sourceOptions } from '../shared-options.ts';
import { readingOptions } from '../transcript-options.ts';
import { writeResult } from '../write-result.ts';

/** `parley agenda`: a model drafts the agenda by which a transcript can be scored. */
export const agenda = defineCommand({
  description:
    'Have a model draft an agenda for a transcript: the issues, and the scale of each in the words of the talk.',
  argument: { help: 'transcript file, - for stdin, or the name of a run' },
  options: {
    ...readingOptions,
    out: option('--out <file>', 'output file; stdout by default', text),
    force: flag('--force', 'overwrite an existing file'),
    ...modelOptions,
    ...sourceOptions,
  },
  async action({ args: [file = '-'], options }, environment) {
    const { readTranscript } = await import('../../score/transcripts.ts');
    const { draftAgenda } = await import('../../score/agenda-draft.ts');
    const { bundledPrompts } = await import('../../prompts/bundled-prompts.ts');
    const { systemClock } = await import('../../run/system-clock.ts');
    const { modelLine, modelsFor, unwatched } = await import('../models.ts');
    const none = { agenda: [], cast: [], from: '' };
    const read = await readTranscript(file, {
      ...{ ...options, agenda: none, principals: null, seed: null, roundsOf: null },
      stdin: environment.stdin,
    });
    if (!read.ok) return complain(environment, read.failure);
    if (read.value.readAs !== null) say(environment, `${file}: ${read.value.readAs}`);
    const chosen = await modelsFor({ ...options, ...unwatched }, [], environment);
    if (!chosen.ok) return complain(environment, chosen.failure);
    const model = chosen.value.modelOf('moderator');
    if (model.simulated)
      return misuse(environment, 'The simulator cannot draft. Choose a model with --model PROVIDER:NAME.');
    say(environment, modelLine(chosen.value));
    const drafted = await draftAgenda({
      transcript: read.value,
      promptRoot: bundledPrompts(),
      model,
      clock: systemClock,
      random: Math.random,
    });
    if (!drafted.ok) return complain(environment, drafted.failure);
    const { file: yaml, repaired, records } = drafted.value;
    for (const fault of repaired) say(environment, `Repaired after the check: ${fault}`);
    const code = await writeResult(yaml, options, environment);
    const costs = records.map(({ costUsd }) => costUsd);
    const cost = costs.includes(null)
      ? 'at an unknown price'
      : dollars(costs.reduce<number>((sum, one) => sum + (one ?? 0), 0));
    const next = options.out ?? 'AGENDA.yaml';
    say(
      environment,
      `${counted(records.length, 'call')}, ${cost}. Read it, change what you like, then: parley score ${file} --agenda ${next}`,
    );
    return code;
  },
});
