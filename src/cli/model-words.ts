import { type Failure, failure } from '../debate/outcome.ts';
import type { ChosenModel } from '../models/choose-model.ts';
import { specText } from '../models/model-spec.ts';

/** The first line of a run whose model a person did not choose: which, why, and how to choose another. */
export function chosenLine({ spec, reason, missingKeys }: ChosenModel): string {
  if (missingKeys) {
    const variables = missingKeys.join(' or ');
    return (
      `Model: the built-in simulator, which is no language model, ${reason}. ` +
      `Set ${variables}, or choose with --model PROVIDER:NAME.`
    );
  }
  return `Model: ${specText(spec)}, ${reason}. Choose another with --model PROVIDER:NAME.`;
}

/** A failure to choose or make a model in the words of the command line, which has flags for what was given. */
export function withModelFlags({ failure: { reason, message } }: { failure: Failure }): {
  ok: false;
  failure: Failure;
} {
  return failure(reason, inFlags(reason, message));
}

function inFlags(reason: string, message: string): string {
  switch (reason) {
    case 'bad-spec':
      return `--model ${message}`;
    case 'bad-base-url':
      return message.replace('The base URL', '--base-url');
    case 'unused-base-url':
      return message.replace('The base URL', '--base-url').replace('Choose openai', 'Add --model openai');
    case 'missing-key':
      return message.replace('choose the model simulator', 'use --model simulator');
    case 'unreachable':
      return message.replace('choose openai:NAME', 'give --model openai:NAME');
    default:
      return message;
  }
}
