import type { Clock } from '../debate/clock.ts';
import { apply, type Debate, fold } from '../debate/debate.ts';
import type { EventBody } from '../debate/events.ts';
import type { RunSignal } from '../debate/notices.ts';
import type { Random } from '../debate/seeded-random.ts';
import type { Journal } from '../journal/types.ts';
import type { ModelHandle } from '../models/types.ts';
import type { PromptSet } from '../prompts/types.ts';
import { createBroadcast, type Subscriber } from './broadcast.ts';
import type { RunContext } from './context.ts';
import { createGate, gateNotice } from './gate.ts';
import { runLoop } from './loop.ts';

/** A debate under way: watch it, hold it, ask it, stop it. */
export interface DebateRun {
  readonly debate: string;
  /** Number of the first event that this run adds to the journal; those before it are history. */
  readonly firstEvent: number;
  /**
   * Begins, once readers have subscribed; asking again gives the same promise. Resolves when the journal is
   * closed; rejects only for a bug or a journal that cannot be written.
   */
  start(): Promise<Debate>;
  subscribe(subscriber: Subscriber): () => void;
  /** Events and notices from now on, ending with the run. */
  signals(): AsyncIterableIterator<RunSignal>;
  pause(): void;
  resume(): void;
  step(): void;
  /** Puts a person's question to the debate, delivered before the next turn. */
  ask(text: string): void;
  /** Aborts the call under way, saves, and ends the debate as `stopped`; `why` is a sentence for the journal. */
  stop(why?: string): void;
}

export interface RunOptions {
  journal: Journal;
  prompts: PromptSet;
  modelOf(role: string): ModelHandle;
  clock: Clock;
  jitter: Random;
  /** The first event of this run: debate-started for a new journal, debate-resumed for one with history. */
  begin: EventBody;
  onSubscriberError?: (error: unknown) => void;
}

/** Prepares the loop over a journal, new or resumed. History is published first, so that every reader can fold it. */
export function createRun(options: RunOptions): DebateRun {
  const abort = new AbortController();
  const broadcast = createBroadcast(options.onSubscriberError);
  const gate = createGate((state) => broadcast.publish({ kind: 'notice', notice: gateNotice(state) }));
  const context: RunContext = {
    prompts: options.prompts,
    modelOf: options.modelOf,
    clock: options.clock,
    jitter: options.jitter,
    signal: abort.signal,
    notify: (notice) => broadcast.publish({ kind: 'notice', notice }),
  };

  const run = async () => {
    const { journal, begin } = options;
    try {
      for (const event of journal.history) broadcast.publish({ kind: 'event', event });
      const event = await journal.append(begin);
      const debate = apply(fold(journal.history), event);
      broadcast.publish({ kind: 'event', event });
      return await runLoop(debate, journal, gate, context, broadcast.publish);
    } finally {
      await journal.close();
      broadcast.end();
    }
  };
  let running: Promise<Debate> | null = null;

  return {
    debate: options.journal.debate,
    firstEvent: options.journal.history.length,
    start() {
      running ??= run();
      return running;
    },
    subscribe: broadcast.subscribe,
    signals: broadcast.stream,
    pause: gate.pause,
    resume: gate.resume,
    step: gate.step,
    ask: gate.ask,
    stop: (why) => abort.abort(why),
  };
}
