import type { Purpose } from '../debate/calls.ts';
import type { Clock } from '../debate/clock.ts';
import type { DebateEvent, EventOf } from '../debate/events.ts';
import type { Notice, RunSignal } from '../debate/notices.ts';
import { createBroadcast, type Subscriber } from './broadcast.ts';
import { createGate, gateNotice } from './gate.ts';

/** Words a second at which a turn is shown again at speed 1: a brisk reader's pace. */
const wordsPerSecond = 7;

export interface ReplayOptions {
  events: readonly DebateEvent[];
  clock: Clock;
  /** 1 is reading pace, 0 shows everything at once. */
  speed: number;
  /** Longest silence between two events, in milliseconds at speed 1. */
  idleLimitMs: number;
  /** Waits at the end for a jump back or a stop, for a screen that a person is reading. */
  staysAtEnd: boolean;
  /** Begins with everything shown, as after a jump to the end. */
  startsAtEnd?: boolean;
}

export interface Replay {
  /** Begins, once readers have subscribed; resolves at the end. */
  start(): Promise<void>;
  subscribe(subscriber: Subscriber): () => void;
  /** Events and notices from now on, ending with the replay. */
  signals(): AsyncIterableIterator<RunSignal>;
  /** Holds the replay. */
  pause(): void;
  /** Lets it go on. */
  resume(): void;
  /** Shows one turn, then pauses. */
  step(): void;
  /** Ends the replay. */
  stop(): void;
  /** 1 is a reading pace of seven words a second; 0 shows everything at once. */
  setSpeed(factor: number): void;
  /** Shows what is left of the turn under way at once. */
  finishTurn(): void;
  /** Goes to the start of a turn or round, forwards or back: all events before it are published anew from number 0. */
  jump(to: { turn: number } | { round: number }): void;
}

/** Shows a journal again: the same events and the notices a run would have given, with a clock and no network. */
export function createReplay(options: ReplayOptions): Replay {
  const { events, clock } = options;
  const broadcast = createBroadcast();
  const gate = createGate((state) => notify(gateNotice(state)));
  const stopped = new AbortController();
  let hurry = new AbortController();
  let speed = options.speed;
  let position = 0;
  let isFinishing = false;
  let target: number | null = options.startsAtEnd ? events.length : null;

  const publish = (signal: RunSignal) => broadcast.publish(signal);
  const notify = (notice: Notice) => publish({ kind: 'notice', notice });
  const isInterrupted = () => stopped.signal.aborted || target !== null;
  const wait = async (milliseconds: number) => {
    if (speed > 0 && !isFinishing && !isInterrupted()) await clock.sleep(milliseconds / speed, hurry.signal);
  };

  const passed = () => gate.passed(AbortSignal.any([stopped.signal, hurry.signal]));
  /** Nothing runs elsewhere that would have to be waited for, so a pause holds in the middle of a turn too. */
  const held = async () => {
    if (gate.holds && !isInterrupted()) await passed();
  };

  const play = async () => {
    while (!stopped.signal.aborted) {
      if (position === events.length && target === null) {
        if (!options.staysAtEnd) break;
        await aborted(hurry.signal);
      }
      if (target !== null) {
        leap(target);
        target = null;
        hurry = new AbortController();
        continue;
      }
      await passed();
      if (isInterrupted()) continue;
      await showOne(events[position] as DebateEvent);
    }
    broadcast.end();
  };

  const leap = (to: number) => {
    for (const event of events.slice(0, to)) publish({ kind: 'event', event });
    position = to;
  };

  const showOne = async (event: DebateEvent) => {
    await wait(Math.min(silenceBefore(events, position), options.idleLimitMs));
    await held();
    if (event.type === 'turn-ended' || event.type === 'caucus-spoken') await speakAgain(event);
    if (isInterrupted()) return;
    publish({ kind: 'event', event });
    if (event.type === 'turn-ended' || event.type === 'caucus-spoken') isFinishing = false;
    position += 1;
  };

  const speakAgain = async (turn: EventOf<'turn-ended'> | EventOf<'caucus-spoken'>) => {
    const { speaker, round, model } = turn;
    const said =
      turn.type === 'turn-ended'
        ? { purpose: purposeOf[turn.kind], turn: turn.turn }
        : { purpose: 'caucus' as const, turn: null };
    notify({ type: 'turn-started', ...said, speaker, round, model });
    for (const text of turn.text.match(/\s*\S+\s*?/gu) ?? []) {
      if (isInterrupted()) return;
      notify({ type: 'turn-delta', speaker, text });
      await wait(1000 / wordsPerSecond);
      await held();
    }
  };

  const interrupt = () => hurry.abort();
  return {
    start: () => play(),
    subscribe: broadcast.subscribe,
    signals: broadcast.stream,
    pause: gate.pause,
    resume: gate.resume,
    step: gate.step,
    stop() {
      stopped.abort();
      interrupt();
    },
    setSpeed(factor) {
      speed = factor;
    },
    finishTurn() {
      isFinishing = true;
    },
    jump(to) {
      target = placeOf(events, to);
      interrupt();
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

const purposeOf: Record<EventOf<'turn-ended'>['kind'], Purpose> = {
  opening: 'open',
  speech: 'speak',
  steering: 'steer',
};

/** Milliseconds of silence before an event: the time since the one before, less what its own call took. */
function silenceBefore(events: readonly DebateEvent[], index: number): number {
  const event = events[index];
  const before = events[index - 1];
  if (!event || !before) return 0;
  const between = Date.parse(event.at) - Date.parse(before.at);
  const isSaid = event.type === 'turn-ended' || event.type === 'caucus-spoken';
  const working = isSaid ? event.timing.totalMs : 0;
  return Math.max(0, between - working);
}

/** Index of the first event of a turn or round; the end where there is none so late. */
function placeOf(events: readonly DebateEvent[], to: { turn: number } | { round: number }): number {
  const index = events.findIndex((event) => {
    if (event.type !== 'turn-ended') return false;
    return 'turn' in to ? event.turn >= to.turn : event.round >= to.round;
  });
  return index < 0 ? events.length : Math.max(1, index);
}
