import type { CallFailure, Purpose } from '../../debate/calls.ts';
import { type Debate, nameOf } from '../../debate/debate.ts';
import type { BodyOf } from '../../debate/events.ts';
import type { Call } from '../call.ts';

const doing: Record<Purpose, string> = {
  open: 'opening the debate',
  speak: 'speaking',
  pick: 'picking the next speaker',
  bid: 'bidding to speak',
  judge: 'reading positions',
  poll: 'answering off the record',
  trace: 'looking for the facts in use',
  steer: 'putting the next question',
  draft: 'drafting the closing statement',
  answer: 'answering the closing statement',
  caucus: 'speaking in private',
  'caucus-call': 'deciding whether two should talk in private',
  'caucus-read': 'reading what was offered in private',
};

/** The end of a debate whose call failed for good; nothing for a call that a person stopped. */
export function* endFor(
  failed: { reason: CallFailure; message: string },
  call: Pick<Call, 'purpose' | 'speaker' | 'round'>,
  debate: Debate,
): Generator<BodyOf<'debate-ended'>> {
  if (failed.reason === 'aborted') return;
  const who = nameOf(debate, call.speaker);
  const where = call.round > 0 ? ` in round ${call.round}` : '';
  yield {
    type: 'debate-ended',
    reason: 'failed',
    detail: `${who} failed while ${doing[call.purpose]}${where}: ${failed.message}`,
  };
}
