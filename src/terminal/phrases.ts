import type { CallFailure, Purpose } from '../debate/calls.ts';
import type { Ending, EndReason } from '../debate/events.ts';
import type { CallNumber } from '../debate/notices.ts';

/** What somebody is doing: "… is speaking". */
export const doing: Record<Purpose, string> = {
  open: 'opening the debate',
  speak: 'speaking',
  pick: 'picking the next speaker',
  bid: 'saying how much it wants to speak',
  judge: 'reading positions',
  poll: 'answering off the record',
  steer: 'putting the next question',
  draft: 'drafting the closing statement',
  answer: 'answering the closing statement',
};

/** Whose call it is, where several may be under way: a speaker, or what is done and which part of it. */
export function callOf(who: string, purpose: Purpose | undefined, part: CallNumber | undefined): string {
  if (purpose === 'judge')
    return part ? `reading ${part.number} of ${part.of} of the positions` : doing.judge;
  return purpose === undefined || isSpoken.has(purpose) ? who : `${who}, ${doing[purpose]}`;
}

const isSpoken: ReadonlySet<Purpose> = new Set(['open', 'speak', 'steer']);

/** Why a call failed, for a reader. */
export const because: Record<CallFailure, string> = {
  authentication: 'the key was not accepted',
  quota: 'the quota is used up',
  'rate-limited': 'too many calls at once',
  overloaded: 'the provider is overloaded',
  'server-error': 'the provider had an error',
  unreachable: 'the provider could not be reached',
  'connection-lost': 'the connection was lost',
  'first-token-timeout': 'no answer came in time',
  'idle-timeout': 'the answer stalled',
  'total-timeout': 'the answer took too long',
  incomplete: 'the answer was cut off',
  empty: 'the answer was empty',
  'unknown-model': 'the model is not known',
  'context-too-long': 'the debate is too long for the model',
  'bad-request': 'the provider refused the request',
  'invalid-reply': 'the answer could not be read',
  ungrounded: 'it did not rest on the article',
  'out-of-role': 'it left its role',
  repetition: 'it repeated itself',
  budget: 'the budget is used up',
  aborted: 'it was stopped',
};

/** How a turn ended, where that is worth saying. */
export const endingNote: Record<Ending, string> = {
  complete: '',
  length: 'cut at the token limit',
  refused: 'the model refused',
  filtered: 'cut by the provider’s filter',
  repetition: 'cut where it repeated itself',
};

/** Why a debate ended, as a heading. */
export const endedAs: Record<EndReason, string> = {
  converged: 'Converged',
  deadlock: 'Deadlock',
  plateau: 'Plateau',
  'round-limit': 'Round limit reached',
  budget: 'Budget used up',
  stopped: 'Stopped',
  failed: 'Failed',
};

export const simulatedMark = 'SIMULATED: not a language model';
