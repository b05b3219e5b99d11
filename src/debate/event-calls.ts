import type { CallRecord, EventBody } from './events.ts';

/** What one event's calls used, attempts that failed included. */
export type UsedCall = Pick<CallRecord, 'usage' | 'costUsd'>;

/** The calls that an event tells of. */
export function callsOfEvent(event: EventBody): readonly UsedCall[] {
  switch (event.type) {
    case 'turn-ended':
    case 'poll-answered':
    case 'statement-drafted':
    case 'statement-answered':
      return [event];
    case 'verdict-given':
    case 'speaker-picked':
      return event.calls;
    case 'attempt-failed':
      return event.usage ? [{ usage: event.usage, costUsd: event.costUsd }] : [];
    case 'debate-started':
    case 'debate-resumed':
    case 'question-asked':
    case 'debate-ended':
      return [];
  }
}
