import { counted, dollars } from '../../text/figures.ts';
import { doubtInWords } from '../article-words.ts';
import { defineCommand, type OptionValues, option } from '../command.ts';
import { complain, misuse, say } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { text } from '../option-values.ts';
import { modelOptions } from '../shared-options.ts';
import { print } from '../write-result.ts';

/** `parley new`: a commented scenario that already runs, to be changed piece by piece, or one that a model drafts from an article. */
export const startNew = defineCommand({
  argument: { help: 'the folder to create; must be new or empty' },
  options: {
    from: option(
      '--from <source>',
      'have a model draft it from an article: a file, an http(s) address, or - for stdin',
      text,
    ),
    ...modelOptions,
  },
  async action({ args: [folder = '.'], options }, environment) {
    const { bundledPrompts } = await import('../../prompts/bundled-prompts.ts');
    const promptRoot = bundledPrompts();
    if (options.from !== null) return draft(folder, options.from, options, promptRoot, environment);
    if (options.model.length > 0)
      return misuse(environment, '--model drafts from an article: add --from FILE.');
    const { newScenario } = await import('../../prompts/new-scenario.ts');
    const written = await newScenario({ promptRoot, folder });
    if (!written.ok) return complain(environment, written.failure);
    list(written.value, folder, environment);
    print(environment, [
      `It already runs: parley run ${folder}`,
      `Change what you like, then: parley check ${folder}`,
    ]);
    return exitCode.done;
  },
});

type Options = OptionValues<typeof modelOptions>;

async function draft(
  folder: string,
  from: string,
  options: Options,
  promptRoot: string,
  environment: Environment,
): Promise<number> {
  const { readDocument } = await import('../../article/read-article.ts');
  const { articleSource } = await import('../../article/types.ts');
  const { draftScenario } = await import('../../run/draft-scenario.ts');
  const { systemClock } = await import('../../run/system-clock.ts');
  const { modelLine, modelsFor, unwatched } = await import('../models.ts');
  const read = await readDocument({ source: articleSource(from, environment.stdin) });
  if (!read.ok) return complain(environment, read.failure);
  const { article, doubts } = read.value;
  for (const doubt of doubts) say(environment, doubtInWords(doubt));
  const chosen = await modelsFor({ ...options, ...unwatched, transcripts: folder }, [], environment);
  if (!chosen.ok) return complain(environment, chosen.failure);
  const model = chosen.value.modelOf('moderator');
  if (model.simulated)
    return misuse(environment, 'The simulator cannot draft. Choose a model with --model PROVIDER:NAME.');
  say(environment, modelLine(chosen.value));
  const drafted = await draftScenario({
    article,
    folder,
    model,
    promptRoot,
    clock: systemClock,
    random: Math.random,
  });
  if (!drafted.ok) return complain(environment, drafted.failure);
  const { paths, reasons, repaired, records } = drafted.value;
  list(paths, folder, environment);
  print(environment, [
    '',
    'Reasons for each scale:',
    ...reasons.map((one) => `- ${one.title}: ${one.reason}`),
  ]);
  if (repaired.length > 0)
    print(environment, ['', 'Repaired after the check:', ...repaired.map((fault) => `- ${fault}`)]);
  const costs = records.map(({ costUsd }) => costUsd);
  const cost = costs.includes(null)
    ? 'at an unknown price'
    : dollars(costs.reduce<number>((sum, one) => sum + (one ?? 0), 0));
  print(environment, [
    '',
    `${counted(records.length, 'call')}, ${cost}. Read it, change what you like, then: parley check ${folder}`,
  ]);
  return exitCode.done;
}

function list(paths: readonly string[], folder: string, environment: Environment): void {
  print(environment, [`Wrote ${paths.length} files to ${folder}:`]);
  environment.stdout.write(paths.map((path) => `  ${path}\n`).join(''));
}
