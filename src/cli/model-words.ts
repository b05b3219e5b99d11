import type { Failure } from '../debate/outcome.ts';
import type { ChosenModel } from '../models/choose-model.ts';
import { specText } from '../models/model-spec.ts';
import type { ArticleNotice } from '../prompts/article-fit.ts';

/** The first line of a run whose model a person did not choose: which, why, and how to choose another. */
export function chosenLine({ spec, reason, missingKeys }: ChosenModel): string {
  if (missingKeys) {
    const variables = missingKeys.join(' or ');
    return (
      `Model: the built-in simulator, which is not a language model, ${reason}. ` +
      `Set ${variables}, or choose with --model PROVIDER:NAME.`
    );
  }
  return `Model: ${specText(spec)}, ${reason}. Choose another with --model PROVIDER:NAME.`;
}

/** What happened, as the command line reports it: use cases know no flags, so what to type is added by the reason. */
export function inFlags({ reason, message, data }: Failure): string {
  switch (reason) {
    case 'bad-spec':
      return `--model ${message}`;
    case 'bad-judge':
      return `--judge ${message}`;
    case 'bad-base-url':
      return message.replace('The base URL', '--base-url');
    case 'unused-base-url':
      return message.replace('The base URL', '--base-url').replace('Choose openai', 'Add --model openai');
    case 'missing-key':
      return message.replace(/\.$/, ', or use --model simulator, which needs none.');
    case 'unreachable':
    case 'refused':
    case 'no-such-model':
      return message
        .replace('choose openai:NAME', 'give --model openai:NAME')
        .replace(/Nothing was started\.$/, 'Nothing was started; --no-probe starts without asking.');
    case 'faults':
      return message
        .replace(/(more faults?)\)$/, '$1: parley check lists all)')
        .replace('name the speakers', 'name the speakers with --speakers');
    case 'uneven-count':
      return `--count ${message}`;
    case 'no-jobs':
      return `--openai-batch: ${message}`;
    case 'no-queue':
      return `${message} Submit a plan once with parley batch PLAN --on and this address, with a role that may create tables.`;
    case 'no-price':
      return `${message} Give --price INPUT,OUTPUT in US dollars per million tokens, or --budget-tokens N in place of --budget.`;
    case 'no-list':
      return `${message} List them with: parley ls`;
    case 'no-agenda':
      return `${message} Give one with --scenario NAME or --agenda FILE.yaml.`;
    case 'unknown-principal':
      return message.replace('Nobody', '--principals: nobody');
    case 'no-rounds-left':
      return `${message} To run more: parley resume ${data?.['run']} --rounds ${Number(data?.['rounds']) + 2}`;
    case 'over':
      return `${message} To run more: parley resume ${data?.['run']} --no-stop-early --rounds ${Number(data?.['rounds']) + 2}`;
    case 'bad-splits':
      return message.replace('the splits', '--splits');
    default:
      return message;
  }
}

/** What a person should know of the articles they gave, and what to do about it. */
export function articleNoticeInWords(notice: ArticleNotice, sources: readonly string[]): string {
  switch (notice.kind) {
    case 'short':
      return `The article has ${notice.words} words: there is little in it to argue over or to cite.`;
    case 'doubtful':
      return `${doubtInWords(notice.doubt)} See what was read with: parley article ${sources.join(' ')}`;
    case 'other-subject': {
      const [source = 'ARTICLE'] = sources;
      return `The article seems to have little to do with the agenda (${notice.issues.join(', ')}), which the cast will argue anyway. For a scenario of its own: parley new FOLDER --from ${source} --model PROVIDER:NAME`;
    }
  }
}

export function doubtInWords(doubt: string): string {
  return `Doubtful: ${doubt}.`;
}
