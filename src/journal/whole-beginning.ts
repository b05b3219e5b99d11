import { apply, type Debate } from '../debate/debate.ts';
import type { DebateEvent } from '../debate/events.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { JournalFailure, JournalStore } from './types.ts';

/** What can be saved of a run. */
export interface WholeBeginning {
  events: DebateEvent[];
  /** The number of the first event that is damaged, missing or does not follow those before it; null where none is. */
  damagedEvent: number | null;
}

/** The events of a run before the first that is damaged; fails where there is none before it. */
export async function wholeBeginning(
  store: JournalStore,
  run: string,
): Promise<Outcome<WholeBeginning, JournalFailure>> {
  const events: DebateEvent[] = [];
  let debate: Debate | null = null;
  for await (const event of store.events(run)) {
    if (!event.ok) {
      const isLost = event.failure.reason !== 'damaged' || events.length === 0;
      return isLost ? event : success({ events, damagedEvent: events.length });
    }
    try {
      debate = apply(debate, event.value);
    } catch (error) {
      if (events.length > 0) return success({ events, damagedEvent: events.length });
      const why = error instanceof Error ? error.message : String(error);
      return failure(
        'damaged',
        `${run} in ${store.place} is damaged (${why}). Nothing was changed. No event could be saved to a copy.`,
      );
    }
    events.push(event.value);
  }
  return success({ events, damagedEvent: null });
}
