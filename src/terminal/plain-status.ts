import { type Debate, nameOf } from '../debate/debate.ts';
import type { DebateEvent } from '../debate/events.ts';
import type { Notice } from '../debate/notices.ts';
import { count, dollars, percent } from './format.ts';
import { because, doing } from './phrases.ts';

/** What a notice is worth on the status stream, as one line; null for those that say nothing new there. */
export function statusOfNotice(notice: Notice, debate: Debate | null): string | null {
  const who = (speaker: string) => (debate ? nameOf(debate, speaker) : speaker);
  switch (notice.type) {
    case 'turn-started': {
      const round = notice.round > 0 ? `round ${notice.round}: ` : '';
      return `${round}${who(notice.speaker)} is ${doing[notice.purpose]} (${notice.model})`;
    }
    case 'turn-delta':
      return null;
    case 'reply-dropped':
      return `${who(notice.speaker)}: the reply was dropped, ${because[notice.reason]}`;
    case 'waiting': {
      const seconds = Math.ceil(notice.milliseconds / 1000);
      return `${who(notice.speaker)}: ${because[notice.reason]}; trying again in ${seconds} s`;
    }
    case 'working':
      return `${doing[notice.purpose]} (${notice.done + 1} of ${notice.of})`;
    case 'budget-near':
      return `${percent(notice.usedShare)} of the budget is used`;
    case 'paused':
      return 'paused';
    case 'continued':
      return 'going on';
  }
}

/** What an event is worth on the status stream. */
export function statusOfEvent(event: DebateEvent, debate: Debate): string | null {
  switch (event.type) {
    case 'speaker-picked':
      return `${nameOf(debate, event.persona)} was picked to speak`;
    case 'attempt-failed':
      return `${nameOf(debate, event.speaker)}: attempt ${event.attempt} failed, ${because[event.reason]}. ${event.message}`;
    case 'debate-ended':
      return totalsOf(debate);
    default:
      return null;
  }
}

/** What a debate took, as one line. */
export function totalsOf({ totals, turns }: Debate): string {
  const about = totals.isEstimated ? 'about ' : '';
  const tokens = count(totals.inputTokens + totals.outputTokens);
  const unknown = totals.unpricedCalls > 0 ? ` (${totals.unpricedCalls} calls have no known price)` : '';
  return `${turns.length} turns, ${totals.calls} calls, ${about}${tokens} tokens, ${about}${dollars(totals.costUsd)}${unknown}`;
}
