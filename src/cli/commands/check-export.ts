import { stat } from 'node:fs/promises';
import type { CheckedDataset } from '../../dataset/check/check-dataset.ts';
import { defineCommand, flag } from '../command.ts';
import { complain, print } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';

/** `parley check-export`: checks a folder of training data, by parley or not, against what loaders ask for. */
export const command = defineCommand({
  argument: { help: 'the folder to check, made by parley or not' },
  options: { json: flag('--json', 'print faults as JSON lines') },
  async action({ args: [folder = '.'], options }, environment) {
    const { checkDataset } = await import('../../dataset/check/check-dataset.ts');
    const found = await stat(folder).catch(() => null);
    if (!found?.isDirectory()) {
      const message = `${folder} is not a folder. Pass the folder that holds the .jsonl or .parquet files.`;
      return complain(environment, message);
    }
    const checked = await checkDataset(folder);
    if (options.json)
      environment.stdout.write(checked.faults.map((fault) => `${JSON.stringify(fault)}\n`).join(''));
    else print(environment, inWords(folder, checked));
    return checked.total === 0 ? exitCode.done : exitCode.failed;
  },
});

/** What a template does to rows, and what helps. */
const minds: Record<Exclude<CheckedDataset['templates'][number]['refuses'], null>, string> = {
  'system-role':
    'has no system role and refuses these rows (in Mistral 7B up to v0.2, in Gemma 1 and 2): export with --fold-system',
  'developer-role':
    'knows no developer role, and refuses it, leaves it out or heads it with a role it never learned: call it system',
  'tool-messages': 'has no tool messages',
  alternation: 'refuses roles that do not alternate between user and assistant',
  'empty-answer': 'refuses an empty answer',
};

function inWords(
  place: string,
  { faults, unnamed, total, files, rows, templates }: CheckedDataset,
): string[] {
  const named = faults.map(({ file, row, reason, message }) => {
    const where = row === null ? file : `${file}:${row}`;
    return `${where}: ${reason}: ${message}`;
  });
  const more = unnamed.map(({ file, reason, count }) => `${file}: ${reason}: and ${count} more`);
  const minding = templates.flatMap(({ model, refuses, rows: count }) =>
    refuses === null ? [] : [`${model}’s chat template ${minds[refuses]} (${count} rows).`],
  );
  const tables = files.map(({ path, rows: count, kind }) => `${path}: ${count} rows, ${kind}`);
  if (total > 0) return [...named, ...more, ...minding, `${total} faults in ${rows} rows of ${place}.`];
  return [...tables, ...minding, `${rows} rows of ${place} are fit to train on.`];
}
