import type { Debate } from '../../debate/debate.ts';
import type { DebateEvent, EventOf } from '../../debate/events.ts';
import { latestReading } from '../reading.ts';

/** Something in the exchange, in the order it happened. */
export interface Entry {
  readonly event: DebateEvent;
  /** Change of the headline that a verdict brought, in shares; null for all else. */
  readonly change: number | null;
}

/** What an event adds to the exchange; null for events that show elsewhere. */
export function entryOf(event: DebateEvent, debate: Debate): Entry | null {
  if (event.type === 'speaker-picked') return null;
  if (event.type === 'poll-answered' && !isLastOfPoll(event, debate)) return null;
  const change = event.type === 'verdict-given' ? (latestReading(debate)?.change ?? null) : null;
  return { event, change };
}

/** A poll shows as one entry, once everybody has answered. */
function isLastOfPoll({ round }: EventOf<'poll-answered'>, { polls, started }: Debate): boolean {
  return polls.filter((poll) => poll.round === round).length === started.cast.length;
}

/** The words of an entry, for search and for copying. */
export function wordsOf({ event }: Entry): string {
  switch (event.type) {
    case 'turn-ended':
    case 'question-asked':
    case 'statement-drafted':
      return event.text;
    case 'statement-answered':
      return event.reason;
    case 'attempt-failed':
      return event.message;
    case 'debate-ended':
      return event.detail;
    default:
      return '';
  }
}
