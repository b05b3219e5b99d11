import type { ReadDocument } from '../../article/document-article.ts';
import { sourceBeginning, sourceInWords } from '../../debate/dossier.ts';
import { defineCommand, flag } from '../command.ts';
import { misuse, need, printResult, say } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';
import { doubtInWords } from '../model-words.ts';

/** `parley article`: what an article is read as, before anybody argues over it. */
export const command = defineCommand({
  description:
    'Show what a debate would argue over: title, source, date, numbered passages, how the document was read and what was left out. Several sources form one dossier.',
  argument: { help: 'files, addresses, or - for stdin' },
  options: {
    allowPrivateAddress: flag('--allow-private-address', 'allow addresses in private networks'),
    json: flag('--json', 'print the article as JSON'),
  },
  async action({ args, options }, environment) {
    if (args.length === 0) return misuse(environment, 'Give a source: parley article FILE-OR-ADDRESS.');
    const { readDossier } = await import('../../article/read-article.ts');
    const { articleSource } = await import('../../article/types.ts');
    const sources = args.map((given) => articleSource(given, environment.stdin));
    const { variables } = environment;
    const read = need(await readDossier(sources, { allowPrivate: options.allowPrivateAddress, variables }));
    const { article: found, ...how } = read;
    for (const doubt of read.doubts) say(environment, doubtInWords(doubt));
    printResult(environment, options, { ...how, ...found }, () => inWords(read));
    return exitCode.done;
  },
});

function inWords({ article: found, form, leftOut }: ReadDocument): string[] {
  const facts = [
    found.title,
    `source: ${found.source}`,
    ...(found.date === '' ? [] : [`date: ${found.date}`]),
    ...(found.licence === '' ? [] : [`licence: ${found.licence}`]),
    `read as ${form}: ${found.passages.length} passages`,
    ...leftOut.map(({ what, count }) => `left out: ${count} ${what}`),
  ];
  const passages = found.passages.flatMap(({ number, text, place }) => {
    const source = sourceBeginning(found, number);
    const line = `[P${number}]${place ? ` (${place})` : ''} ${text}`;
    return source ? [`Source: ${sourceInWords(source)}`, line] : [line];
  });
  return [...facts, '', ...passages];
}
