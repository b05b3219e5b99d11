import { join } from 'node:path';
import { counted } from '../../text/figures.ts';
import { defineCommand, flag, type OptionValues, option } from '../command.ts';
import { misuse, need, print, say } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { doubtInWords } from '../model-words.ts';
import { text } from '../option-values.ts';
import { budgetOptions, modelOptions, spendingOptions } from '../shared-options.ts';
import { paidInWords } from '../spending.ts';

/** `parley new`: a commented scenario that already runs, to be changed piece by piece, or one that a model drafts from an article. */
export const command = defineCommand({
  argument: { help: 'the folder to create; must be new or empty' },
  options: {
    from: option(
      '--from <source>',
      'have a model draft it from an article: a file, an http(s) address, or - for stdin',
      text,
    ),
    ...modelOptions,
    ...spendingOptions,
    ...budgetOptions('all drafts, repairs included'),
    edit: flag('--no-edit', 'do not offer to open the draft in your editor'),
  },
  async action({ args: [folder = '.'], options }, environment) {
    const { bundledPrompts } = await import('../../prompts/bundled-prompts.ts');
    const promptRoot = bundledPrompts();
    if (options.from !== null) return draft(folder, options.from, options, promptRoot, environment);
    if (options.model.length > 0)
      return misuse(environment, '--model drafts from an article: add --from FILE.');
    const { newScenario } = await import('../../prompts/new-scenario.ts');
    list(need(await newScenario({ promptRoot, folder })), folder, environment);
    print(environment, [
      `It already runs: parley run ${folder}`,
      `Change what you like, then: parley check ${folder}`,
    ]);
    return exitCode.done;
  },
});

type Options = OptionValues<typeof modelOptions & typeof spendingOptions> & {
  budget: number | null;
  budgetTokens: number | null;
  edit: boolean;
};

async function draft(
  folder: string,
  from: string,
  options: Options,
  promptRoot: string,
  environment: Environment,
): Promise<number> {
  const { readDocument } = await import('../../article/read-article.ts');
  const { articleSource } = await import('../../article/types.ts');
  const { draftScenario, estimateDraft, tryOnSimulator } = await import('../../run/draft-scenario.ts');
  const { agreeToEstimate, sayOnce } = await import('../spending.ts');
  const { systemClock } = await import('../../run/system-clock.ts');
  const { modelLine, modelsFor, unwatched } = await import('../models.ts');
  const { stdin, variables } = environment;
  const { article, doubts } = need(await readDocument({ source: articleSource(from, stdin), variables }));
  for (const doubt of doubts) say(environment, doubtInWords(doubt));
  const chosen = need(await modelsFor({ ...options, ...unwatched, transcripts: folder }, [], environment));
  const model = chosen.modelOf('moderator');
  if (model.simulated)
    return misuse(environment, 'The simulator cannot draft. Choose a model with --model PROVIDER:NAME.');
  const asked = { article, folder, model, promptRoot };
  const estimate = need(await estimateDraft(asked));
  const introduce = sayOnce(environment, modelLine(chosen));
  const provided = 'and more for each repair that the check asks for';
  const refusal = await agreeToEstimate(
    async () => estimate,
    { ...options, introduce, models: [model], provided },
    environment,
  );
  if (refusal !== null) return refusal;
  introduce();
  const { budget: budgetUsd, budgetTokens } = options;
  const random = Math.random;
  const drafted = await draftScenario({ ...asked, budgetUsd, budgetTokens, clock: systemClock, random });
  const { paths, reasons, repaired, records } = need(drafted);
  list(paths, folder, environment);
  print(environment, [
    '',
    'Reasons for each scale:',
    ...reasons.map((one) => `- ${one.title}: ${one.reason}`),
  ]);
  if (repaired.length > 0)
    print(environment, ['', 'Repaired after the check:', ...repaired.map((fault) => `- ${fault}`)]);
  const speeches = await tryOnSimulator(folder);
  print(environment, [
    '',
    `It runs: one round on the simulator gave ${counted(speeches, 'speech', 'speeches')} (that says nothing about language models).`,
    `${paidInWords(records)}. Read it, change what you like, then: parley check ${folder}`,
  ]);
  if (options.edit) await offerEditor(folder, paths, environment);
  return exitCode.done;
}

/** Opens the files in the person's own editor where they want that, and again while the check finds something. */
async function offerEditor(
  folder: string,
  paths: readonly string[],
  environment: Environment,
): Promise<void> {
  const { textEditor } = await import('../text-editor.ts');
  const { confirm } = await import('../spending.ts');
  const { checkScenario } = await import('../../prompts/list-prompts.ts');
  const { faultInWords } = await import('../../source/source-fault.ts');
  const edit = textEditor(environment);
  const isWatched = environment.stdin.isTTY === true && environment.stderr.isTTY === true;
  if (!edit || !isWatched) return;
  let question = 'Open it in your editor?';
  while (await confirm(question, environment)) {
    if (!(await edit(paths.map((path) => join(folder, path))))) {
      say(environment, 'The editor failed; the files are as the editor left them.');
      return;
    }
    const { faults } = await checkScenario(folder);
    if (faults.length === 0) return print(environment, ['The scenario is valid.']);
    for (const fault of faults) say(environment, faultInWords(fault));
    question = `${counted(faults.length, 'fault')}. Open it again?`;
  }
}

function list(paths: readonly string[], folder: string, environment: Environment): void {
  print(environment, [`Wrote ${paths.length} files to ${folder}:`]);
  environment.stdout.write(paths.map((path) => `  ${path}\n`).join(''));
}
