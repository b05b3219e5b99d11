import { stat } from 'node:fs/promises';
import type { CheckedDataset } from '../../dataset/check/check-dataset.ts';
import { counted } from '../../text/figures.ts';
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

/** What rows hold that chat templates do not take, and what helps. */
const minds: Record<Exclude<CheckedDataset['templates'][number]['refuses'], null>, string> = {
  'system-role': 'a system message, which is refused: for these models export with --fold-system',
  'developer-role':
    'a developer message, which is refused, dropped or headed with a role never learned: call it system',
  'tool-messages': 'tool messages, which are refused',
  alternation: 'roles that do not alternate between user and assistant, which is refused',
  'empty-answer': 'an empty answer, which is refused',
};
/** Models of which not every version refuses a system message. */
const older: Partial<Record<string, string>> = { Mistral: 'Mistral 7B up to v0.2', Gemma: 'Gemma 1 and 2' };

function inWords(
  place: string,
  { faults, unnamed, total, files, rows, templates }: CheckedDataset,
): string[] {
  const named = faults.map(({ file, row, reason, message }) => {
    const where = row === null ? file : `${file}:${row}`;
    return `${where}: ${reason}: ${message}`;
  });
  const more = unnamed.map(({ file, reason, count }) => `${file}: ${reason}: and ${count} more`);
  const refused = templates.flatMap(({ refuses, ...rest }) =>
    refuses === null ? [] : [{ ...rest, refuses }],
  );
  const minding = [...Map.groupBy(refused, ({ refuses }) => refuses)].map(([refuses, own]) => {
    const models = own.map(({ model }) => (refuses === 'system-role' ? (older[model] ?? model) : model));
    const most = Math.max(...own.map(({ rows: count }) => count));
    return `Chat templates of ${models.join(', ')}: ${counted(most, 'row')} hold ${minds[refuses]}.`;
  });
  const tables = files.map(({ path, rows: count, kind }) => `${path}: ${counted(count, 'row')}, ${kind}`);
  if (total > 0)
    return [
      ...named,
      ...more,
      ...minding,
      `${counted(total, 'fault')} in ${counted(rows, 'row')} of ${place}.`,
    ];
  return [...tables, ...minding, `${place} is fit to train on: ${counted(rows, 'row')}.`];
}
