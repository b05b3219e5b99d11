import { defineCommand, flag, option } from '../command.ts';
import { misuse, need, say, writeResult } from '../complain.ts';
import { text } from '../option-values.ts';
import { budgetOptions, modelOptions, readingOptions, sourceOptions } from '../shared-options.ts';
import { paidInWords } from '../spending.ts';

/** `parley agenda`: a model drafts the agenda by which a transcript can be scored. */
export const command = defineCommand({
  description:
    'Have a model draft an agenda for a transcript: the issues, and the scale of each in the words of the talk.',
  argument: { help: 'transcript file, - for stdin, or the name of a run' },
  options: {
    ...readingOptions,
    out: option('--out <file>', 'output file; stdout by default', text),
    force: flag('--force', 'overwrite an existing file'),
    ...modelOptions,
    ...budgetOptions('all drafts, repairs included'),
    ...sourceOptions,
  },
  async action({ args: [file = '-'], options }, environment) {
    const { readTranscript } = await import('../../score/transcripts.ts');
    const { draftAgenda } = await import('../../score/agenda-draft.ts');
    const { bundledPrompts } = await import('../../prompts/bundled-prompts.ts');
    const { systemClock } = await import('../../run/system-clock.ts');
    const { modelLine, modelsFor, unwatched } = await import('../models.ts');
    const none = { agenda: [], cast: [], from: '' };
    const reading = { ...options, agenda: none, principals: null, seed: null, roundsOf: null };
    const transcript = need(await readTranscript(file, { ...reading, stdin: environment.stdin }));
    if (transcript.readAs !== null) say(environment, `${file}: ${transcript.readAs}`);
    const chosen = need(await modelsFor({ ...options, ...unwatched }, [], environment));
    const model = chosen.modelOf('moderator');
    if (model.simulated)
      return misuse(environment, 'The simulator cannot draft. Choose a model with --model PROVIDER:NAME.');
    say(environment, modelLine(chosen));
    const asked = {
      ...{ transcript, model, promptRoot: bundledPrompts(), clock: systemClock, random: Math.random },
      ...{ budgetUsd: options.budget, budgetTokens: options.budgetTokens },
    };
    const { file: yaml, repaired, records } = need(await draftAgenda(asked));
    for (const fault of repaired) say(environment, `Repaired after the check: ${fault}`);
    const code = await writeResult(yaml, options, environment);
    const next = `parley score ${file} --agenda ${options.out ?? 'AGENDA.yaml'}`;
    say(environment, `${paidInWords(records)}. Read it, change what you like, then: ${next}`);
    return code;
  },
});
