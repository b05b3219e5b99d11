import type { Clock } from '../debate/clock.ts';
import type { DebateEvent } from '../debate/events.ts';
import { lineOf, stampedEvent } from './event-line.ts';
import type { Journal } from './types.ts';

export interface NumberedJournalOptions {
  debate: string;
  history: readonly DebateEvent[];
  clock: Pick<Clock, 'now'>;
  /** Stores a line durably, in the order of the calls. */
  store(line: string): Promise<void>;
  close(): Promise<void>;
}

/** A journal over whatever stores lines: numbers and dates events in the order of the calls. */
export function numberedJournal({ debate, history, clock, store, close }: NumberedJournalOptions): Journal {
  let number = history.length;
  let closing: Promise<void> | undefined;
  const write: Journal['write'] = (body) => {
    const event = stampedEvent(body, number, clock.now());
    number++;
    return { event, saved: store(lineOf(event)) };
  };
  return {
    debate,
    history,
    write,
    async append(body) {
      const { event, saved } = write(body);
      await saved;
      return event;
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
