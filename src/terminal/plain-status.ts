import { type Debate, nameOf } from '../debate/debate.ts';
import type { DebateEvent, EventOf } from '../debate/events.ts';
import type { Notice } from '../debate/notices.ts';
import { because, callOf, doing } from '../debate/phrases.ts';
import { count, counted, dollars, percent } from '../text/figures.ts';
import { type Wait, waitingTogether, waitTime } from './waits.ts';

/**
 * What a notice is worth on the status stream, as one line; null for those that say nothing new there. `waits` are
 * those that run by now.
 */
export function statusOfNotice(
  notice: Notice,
  debate: Debate | null,
  waits: readonly Wait[],
  now: number,
): string | null {
  const who = (speaker: string) => (debate ? nameOf(debate, speaker) : speaker);
  switch (notice.type) {
    case 'turn-started': {
      const round = notice.round > 0 ? `round ${notice.round}: ` : '';
      return `${round}${who(notice.speaker)} is ${doing[notice.purpose]} (${notice.model})`;
    }
    case 'turn-delta':
      return null;
    // Both come with an attempt that failed, whose event says all in one line.
    case 'reply-dropped':
      return null;
    case 'waiting': {
      // The events of calls that are made at once come when all are done; then this would be told too late.
      if (!notice.part) return null;
      const message = notice.message ? ` ${notice.message}` : '';
      if (waits.length > 1) return `${waitingTogether(waits, debate, now).join(' ')}.${message}`;
      const call = callOf(who(notice.speaker), notice.purpose, notice.part);
      return `${call}: ${because[notice.reason]}.${message} Trying again in ${waitTime(notice.milliseconds)}.`;
    }
    case 'working':
      return `${doing[notice.purpose]} (${notice.done + 1} of ${notice.of})`;
    case 'budget-near':
      return `${percent(notice.usedShare)} of the budget is used`;
    case 'server-noted':
      return notice.message;
    case 'pausing':
      return 'pausing once this is done';
    case 'paused':
      return 'paused';
    case 'continued':
      return 'going on';
    case 'seat-taken':
      return `a person speaks for ${who(notice.persona)} from its next speech on`;
    case 'seat-given-back':
      return `${who(notice.persona)} is the model’s again`;
    case 'seat-turn':
      return `${who(notice.persona)} waits for the words of the person who holds its seat`;
    case 'seat-draft':
      return notice.state === 'failed' ? `no draft: ${notice.text}` : draftPhrase[notice.state];
  }
}

const draftPhrase = { writing: 'the model is drafting the speech', written: 'the draft is there' };

/** What an event is worth on the status stream. */
export function statusOfEvent(event: DebateEvent, debate: Debate): string | null {
  switch (event.type) {
    case 'speaker-picked':
      return `${nameOf(debate, event.persona)} was picked to speak`;
    case 'attempt-failed':
      return event.reason === 'aborted' ? null : failedAttempt(event, debate);
    case 'debate-ended':
      return totalsOf(debate);
    default:
      return null;
  }
}

/** `Ann: attempt 1 failed. openai:x: the connection broke. Trying again in 2 s.` */
function failedAttempt(event: EventOf<'attempt-failed'>, debate: Debate): string {
  const { speaker, purpose, attempt, reason, message, retryInMs } = event;
  const call = callOf(nameOf(debate, speaker), purpose, undefined);
  const again =
    retryInMs === null ? '' : retryInMs === 0 ? ' Asked again.' : ` Trying again in ${waitTime(retryInMs)}.`;
  return `${call}: attempt ${attempt} failed, ${because[reason]}. ${message}${again}`;
}

/** What a debate took, as one line: `5 turns, 12 calls (1 failed, 11 of no known price), 3.2k tokens, $0.00`. */
export function totalsOf({ totals, turns }: Debate): string {
  const about = totals.isEstimated ? 'about ' : '';
  const tokens = count(totals.inputTokens + totals.outputTokens);
  const failed = totals.failedAttempts > 0 ? [`${totals.failedAttempts} failed`] : [];
  const unpriced = totals.unpricedCalls > 0 ? [`${totals.unpricedCalls} of no known price`] : [];
  const notes = [...failed, ...unpriced].join(', ');
  const calls = `${counted(totals.calls, 'call')}${notes === '' ? '' : ` (${notes})`}`;
  return `${counted(turns.length, 'turn')}, ${calls}, ${about}${tokens} tokens, ${about}${dollars(totals.costUsd)}`;
}
