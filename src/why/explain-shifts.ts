import { fold } from '../debate/debate.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { type Condition, mainConditions, sentencesToLeaveOut } from './conditions.ts';
import { Examination } from './examination.ts';
import { explanationsOf, isOf } from './explanations.ts';
import { chooseShifts, counterpartOf } from './shifts.ts';
import type { WhyFailure, WhyRequest, WhyResult, WhySurroundings } from './why-request.ts';

/**
 * Goes back to the turn of each shift and lets the speaker answer again under every condition, reads each answer for
 * that issue alone, and apportions the shift. Every answer and every reading is in the log before the next begins, so
 * that the same request goes on where it stopped. Fails with `call-failed` where a model cannot be reached.
 */
export async function explainShifts(
  request: WhyRequest,
  context: WhySurroundings,
): Promise<Outcome<WhyResult, WhyFailure>> {
  const debate = fold(request.events);
  if (!debate) throw new Error('a stored debate has a start');
  const chosen = chooseShifts(debate, request);
  if (!chosen.ok) return chosen;
  const work = new Examination(request, context, debate);
  for (const shift of chosen.value) {
    const known = counterpartOf(debate, shift);
    // A person cannot be asked to answer again as a model can.
    const isByPerson = debate.turns[shift.turn - 1]?.author === 'person';
    if (!known || isByPerson) continue;
    const counterpart = await work.hear(shift, known);
    // Where no stand of it is known there is nothing bare to say in its place, and nothing to hold an answer against.
    if (counterpart.position === null) continue;
    const first: Condition[] = [...mainConditions, ...(request.otherMouth ? (['other-mouth'] as const) : [])];
    await work.perform(work.tasks(shift, counterpart, first));
    if (request.sentences > 0 && work.isPersuaded(shift)) {
      const left = sentencesToLeaveOut(counterpart.turn.text, request.sentences);
      const conditions = left.map(({ number }) => `without-${number}` as const);
      await work.perform(work.tasks(shift, counterpart, conditions));
    }
    if (work.ended !== 'done') break;
  }
  if (work.fault !== null) return failure('call-failed', work.fault);
  const explanations = explanationsOf(debate, work.entries);
  return success({
    explanations: explanations.filter(({ shift }) => chosen.value.some((one) => isOf(one, shift))),
    ended: work.ended,
  });
}
