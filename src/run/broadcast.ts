import type { DebateEvent } from '../debate/events.ts';
import type { Notice, RunSignal } from '../debate/notices.ts';

export type Subscriber = (signal: RunSignal) => void;

export interface Broadcast {
  publish(signal: RunSignal): void;
  subscribe(subscriber: Subscriber): () => void;
  /** The signals from now on, for `for await`. */
  stream(): AsyncIterableIterator<RunSignal>;
  end(): void;
}

/** Past this many waiting signals, a stream's deltas are dropped: a slow reader loses deltas, never events. */
const mostWaiting = 1024;

/** Gives every signal to every subscriber; one that throws is left out from then on and cannot break the run. */
export function createBroadcast(onError: (error: unknown) => void = () => {}): Broadcast {
  const subscribers = new Set<Subscriber>();
  const enders = new Set<() => void>();
  let hasEnded = false;

  const subscribe = (subscriber: Subscriber) => {
    subscribers.add(subscriber);
    return () => void subscribers.delete(subscriber);
  };

  return {
    subscribe,
    publish(signal) {
      for (const subscriber of subscribers) {
        try {
          subscriber(signal);
        } catch (error) {
          subscribers.delete(subscriber);
          onError(error);
        }
      }
    },
    stream() {
      const waiting: RunSignal[] = [];
      let wake: (() => void) | null = null;
      let isDone = hasEnded;
      const end = () => {
        isDone = true;
        wake?.();
      };
      const unsubscribe = subscribe((signal) => {
        const isDelta = signal.kind === 'notice' && signal.notice.type === 'turn-delta';
        if (isDelta && waiting.length >= mostWaiting) return;
        waiting.push(signal);
        wake?.();
      });
      enders.add(end);
      const close = () => {
        unsubscribe();
        enders.delete(end);
      };
      return (async function* () {
        try {
          while (true) {
            const signal = waiting.shift();
            if (signal) yield signal;
            else if (isDone) return;
            else await new Promise<void>((resolve) => (wake = resolve));
          }
        } finally {
          close();
        }
      })();
    },
    end() {
      hasEnded = true;
      for (const end of enders) end();
      subscribers.clear();
    },
  };
}

/** Publishes in order: an event once it is durable, and what came after it only then. */
export interface Outbox {
  event(event: DebateEvent, saved: Promise<void>): void;
  notify(notice: Notice): void;
  /** Resolves once every event so far was published; rejects where one could not be saved. */
  settled(): Promise<void>;
}

/** `onFailure` is called once where an event cannot be saved; nothing is published from that one on. */
export function createOutbox(publish: (signal: RunSignal) => void, onFailure: () => void): Outbox {
  const held: RunSignal[] = [];
  let settled = Promise.resolve();
  const flush = () => {
    do publish(held.shift() as RunSignal);
    while (held[0]?.kind === 'notice');
  };
  return {
    event(event, saved) {
      held.push({ kind: 'event', event });
      settled = saved.then(flush);
      settled.catch(onFailure);
    },
    notify(notice) {
      const signal: RunSignal = { kind: 'notice', notice };
      if (held.length === 0) publish(signal);
      else held.push(signal);
    },
    settled: () => settled,
  };
}
