import type { Clock } from '../debate/clock.ts';
import type { DebateEvent } from '../debate/events.ts';
import { type Outcome, success } from '../debate/outcome.ts';
import type { JournalFailure, JournalStore } from '../journal/types.ts';
import { createBroadcast, type Subscriber } from './broadcast.ts';
import { createGate, gateNotice } from './gate.ts';

/** Milliseconds between two looks at a journal that somebody else writes. */
const betweenMs = 400;

export interface FollowOptions {
  store: JournalStore;
  run: string;
  clock: Clock;
}

/**
 * The events of a run that another process may be writing: those that are there, then the others as they come. Ends with the
 * debate, or when aborted; a failure comes last.
 */
export async function* followEvents(
  { store, run, clock }: FollowOptions,
  signal: AbortSignal,
): AsyncGenerator<Outcome<DebateEvent, JournalFailure>> {
  let taken = 0;
  let hasEnded = false;
  while (!signal.aborted && !hasEnded) {
    let place = 0;
    for await (const event of store.events(run)) {
      if (!event.ok) return yield event;
      if (place++ < taken) continue;
      taken = place;
      hasEnded = event.value.type === 'debate-ended';
      yield event;
      if (signal.aborted) return;
    }
    if (!hasEnded) await clock.sleep(betweenMs, signal);
  }
}

/** A run that is looked at while another process writes it. A pause holds the view, never the run. */
export interface FollowedRun {
  /** Resolves when the debate has ended or the onlooker leaves, with what went wrong with reading it. */
  start(): Promise<Outcome<null, JournalFailure>>;
  subscribe(subscriber: Subscriber): () => void;
  pause(): void;
  resume(): void;
  step(): void;
  stop(): void;
}

export function followRun(options: FollowOptions): FollowedRun {
  const broadcast = createBroadcast();
  const gate = createGate((state) => broadcast.publish({ kind: 'notice', notice: gateNotice(state) }));
  const stopped = new AbortController();
  return {
    subscribe: broadcast.subscribe,
    ...{ pause: gate.pause, resume: gate.resume, step: gate.step },
    stop: () => stopped.abort(),
    async start() {
      for await (const event of followEvents(options, stopped.signal)) {
        if (!event.ok) return event;
        await gate.passed(stopped.signal);
        if (stopped.signal.aborted) break;
        broadcast.publish({ kind: 'event', event: event.value });
      }
      return success(null);
    },
  };
}
