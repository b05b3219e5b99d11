import type { Clock } from '../debate/clock.ts';
import { createAllowance } from './allowance.ts';
import { createCallLimit } from './call-limit.ts';
import { createLearnedPace } from './learned-pace.ts';

/** Leave for one call to a provider; ends with exactly one of `answered`, `refused` and `ended`, the first of which counts. */
export interface Permit {
  /** Something of the reply came. */
  heard(): void;
  /** The reply is whole; `tokens` are those it used in all, null where unknown. */
  answered(tokens: number | null): void;
  /** The provider said too many; it asks to wait so long, or does not say. */
  refused(retryAfterMs: number | null): void;
  /** Anything else: an error, an abort. */
  ended(): void;
}

/** All calls to one provider go through its lane. */
export interface Lane {
  readonly name: string;
  /** Resolves when a call of about so many tokens may begin; with null where it is not wanted any more. */
  admission(tokens: number, signal?: AbortSignal): Promise<Permit | null>;
  /** Lets no further call begin; those under way go on. */
  shut(): void;
  readonly underWay: number;
  readonly waiting: number;
  /** Calls that may be under way at once now. */
  readonly limit: number;
  /** How often the provider refused for too many. */
  readonly refusals: number;
  readonly calls: number;
}

export interface LaneOptions {
  name: string;
  clock: Clock;
  /** Calls at once: at the start and at most. */
  firstCalls: number;
  mostCalls: number;
  requestsPerMinute: number | null;
  tokensPerMinute: number | null;
  /** A call began or ended, or the limit moved. */
  onChange(): void;
}

interface Waiting {
  tokens: number;
  resolve(permit: Permit | null): void;
}

/** The wait after a refusal that names none: doubled while refusals follow each other. */
const pause = { first: 250, most: 60_000 };

const fewCalls = 2;

/** Admits calls in the order they come, as far as concurrency, pace and allowances let them. */
export function createLane(options: LaneOptions): Lane {
  const { clock, onChange } = options;
  const limit = createCallLimit({ first: options.firstCalls, most: options.mostCalls });
  const pace = createLearnedPace();
  const now = clock.now();
  const perMinute = (rate: number | null, least: number) =>
    rate === null ? null : createAllowance(rate, now, least);
  const requests = perMinute(options.requestsPerMinute, 1);
  const tokens = perMinute(options.tokensPerMinute, 0);
  const queue = new Set<Waiting>();
  let [underWay, calls, refusals, refusedInRow, pausedUntil] = [0, 0, 0, 0, 0];
  let isShut = false;
  let isWaking = false;

  const wait = (time: number) =>
    Math.max(pausedUntil - time, pace.wait(time), requests?.wait(time) ?? 0, tokens?.wait(time) ?? 0);

  const admit = () => {
    for (const waiting of queue) {
      if (isShut || underWay >= limit.calls) return;
      const milliseconds = wait(clock.now());
      if (milliseconds > 0) return wakeIn(milliseconds);
      queue.delete(waiting);
      waiting.resolve(permitFor(waiting.tokens));
    }
  };
  const wakeIn = (milliseconds: number) => {
    if (isWaking) return;
    isWaking = true;
    void clock.sleep(milliseconds).then(() => {
      isWaking = false;
      admit();
    });
  };

  const permitFor = (estimate: number): Permit => {
    const startedAt = clock.now();
    let heardAt: number | null = null;
    let isOver = false;
    underWay += 1;
    calls += 1;
    requests?.take(1, startedAt);
    tokens?.take(estimate, startedAt);
    pace.started(startedAt);
    const over = (tell: (time: number) => void) => {
      if (isOver) return;
      isOver = true;
      tell(clock.now());
      underWay -= 1;
      admit();
      onChange();
    };
    return {
      heard: () => {
        heardAt ??= clock.now();
      },
      answered: (used) =>
        over((time) => {
          if (used !== null) tokens?.take(used - estimate, time);
          refusedInRow = 0;
          pace.answered(time);
          limit.answered((heardAt ?? time) - startedAt, underWay >= limit.calls);
        }),
      refused: (retryAfterMs) =>
        over((time) => {
          refusals += 1;
          tokens?.take(-estimate, time);
          if (!limit.refused(startedAt, time)) return;
          // Refused although hardly anything else was under way: it is the pace and not the crowd.
          if (limit.calls <= fewCalls) pace.refused(time);
          const ownWait = Math.min(pause.most, pause.first * 2 ** refusedInRow);
          refusedInRow += 1;
          pausedUntil = Math.max(pausedUntil, time + (retryAfterMs ?? ownWait));
        }),
      ended: () => over(() => {}),
    };
  };

  return {
    name: options.name,
    admission: (estimate, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve(null);
        const waiting = { tokens: estimate, resolve };
        queue.add(waiting);
        signal?.addEventListener(
          'abort',
          () => {
            if (queue.delete(waiting)) resolve(null);
          },
          { once: true },
        );
        admit();
        if (queue.has(waiting)) onChange();
      }),
    shut: () => {
      isShut = true;
    },
    get underWay() {
      return underWay;
    },
    get waiting() {
      return queue.size;
    },
    get limit() {
      return limit.calls;
    },
    get refusals() {
      return refusals;
    },
    get calls() {
      return calls;
    },
  };
}
