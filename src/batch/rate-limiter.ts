import type { Clock } from '../debate/clock.ts';
import type { StatedLimits } from '../models/rate-limits.ts';
import {
  createAllowance,
  createCallLimit,
  createLearnedPace,
  createStatedPace,
  type StatedPace,
} from './provider-pace.ts';

type Writable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] };

/** Leave for one call to a provider; ends with exactly one of `answered`, `refused` and `ended`, the first of which counts. */
interface Permit {
  /** Something of the reply came. */
  began(): void;
  /** The reply is whole; `tokens` are those it used in all, null where unknown. */
  answered(tokens: number | null): void;
  /** The provider said too many; it asks to wait so long, or does not say. */
  refused(retryAfterMs: number | null): void;
  /** Anything else: an error, an abort. */
  ended(): void;
}

/** All calls to one provider go through its limiter. */
export interface RateLimiter {
  readonly name: string;
  /** Resolves when a call of about so many tokens to a model may begin; with null where it is not wanted any more. */
  admission(tokens: number, signal?: AbortSignal, model?: string): Promise<Permit | null>;
  /** What the provider stated of its limits for a model. */
  told(model: string, limits: StatedLimits): void;
  /** Lets no further call begin, for good; those under way go on. */
  shut(): void;
  /** The same for a while. */
  pause(isPaused: boolean): void;
  readonly underWay: number;
  readonly waiting: number;
  /** Calls that may be under way at once now. */
  readonly limit: number;
  /** How often the provider refused for too many. */
  readonly refusals: number;
  readonly calls: number;
  /** How the limit last fell; null while it never did. */
  readonly fall: LimitFall | null;
  /** Milliseconds for which no call may begin, whatever the limit; 0 where one may. */
  readonly heldMs: number;
}

/** The limit fell because the provider refused, or because its answers came ever slower. */
interface LimitFall {
  why: 'refused' | 'slower';
  from: number;
  to: number;
  /** Milliseconds of the clock. */
  at: number;
}

export interface RateLimiterOptions {
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
  model: string;
  tokens: number;
  resolve(permit: Permit | null): void;
}

/** The wait after a refusal that names none: doubled while refusals follow each other. */
const pause = { first: 250, most: 60_000 };

const fewCalls = 2;

/** Admits calls in the order they come, as far as concurrency, pace and allowances let them. */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const { clock, onChange } = options;
  const limit = createCallLimit({ first: options.firstCalls, most: options.mostCalls });
  const pace = createLearnedPace();
  const now = clock.now();
  const perMinute = (rate: number | null, least: number) =>
    rate === null ? null : createAllowance(rate, now, least);
  const requests = perMinute(options.requestsPerMinute, 1);
  const tokens = perMinute(options.tokensPerMinute, 0);
  const queue = new Set<Waiting>();
  let [refusedInRow, pausedUntil] = [0, 0];
  /** Providers count each model by itself. */
  const stated = new Map<string, StatedPace>();
  const models = new Set<string>();
  let isShut = false;
  let isPaused = false;
  let wakeAt = Number.POSITIVE_INFINITY;

  const wait = (time: number) =>
    Math.max(pausedUntil - time, pace.wait(time), requests?.wait(time) ?? 0, tokens?.wait(time) ?? 0);

  const admit = () => {
    /** Models that must wait, while others need not. */
    const held = new Set<string>();
    let soonest = Number.POSITIVE_INFINITY;
    for (const waiting of queue) {
      if (isShut || isPaused || limiter.underWay >= limit.calls) break;
      const time = clock.now();
      const everyone = wait(time);
      if (everyone > 0) return wakeIn(everyone);
      if (held.has(waiting.model)) continue;
      const own = stated.get(waiting.model)?.wait(time) ?? 0;
      if (own > 0) {
        soonest = Math.min(soonest, own);
        held.add(waiting.model);
        if (held.size === models.size) break;
        continue;
      }
      queue.delete(waiting);
      waiting.resolve(permitFor(waiting));
    }
    if (soonest < Number.POSITIVE_INFINITY) wakeIn(soonest);
  };
  const wakeIn = (milliseconds: number) => {
    const at = clock.now() + milliseconds;
    if (at >= wakeAt) return;
    wakeAt = at;
    void clock.sleep(milliseconds).then(() => {
      // An earlier waking may have come in between.
      if (wakeAt === at) wakeAt = Number.POSITIVE_INFINITY;
      admit();
    });
  };

  /** Lets the limit learn something, and keeps why it fell where it did. */
  const learning = (why: LimitFall['why'], at: number, learn: () => void) => {
    const from = limit.calls;
    learn();
    if (limit.calls < from) limiter.fall = { why, from, to: limit.calls, at };
  };

  const permitFor = ({ model, tokens: estimate }: Waiting): Permit => {
    const startedAt = clock.now();
    let begunAt: number | null = null;
    let isOver = false;
    limiter.underWay += 1;
    limiter.calls += 1;
    requests?.take(1, startedAt);
    tokens?.take(estimate, startedAt);
    pace.started(startedAt);
    stated.get(model)?.started(estimate, startedAt);
    const over = (tell: (time: number) => void) => {
      if (isOver) return;
      isOver = true;
      tell(clock.now());
      limiter.underWay -= 1;
      admit();
      onChange();
    };
    return {
      began: () => {
        begunAt ??= clock.now();
      },
      answered: (used) =>
        over((time) => {
          if (used !== null) {
            tokens?.take(used - estimate, time);
            stated.get(model)?.corrected(used - estimate, time);
          }
          refusedInRow = 0;
          pace.answered(time);
          const isFull = limiter.underWay >= limit.calls;
          learning('slower', time, () => limit.answered((begunAt ?? time) - startedAt, isFull));
        }),
      refused: (retryAfterMs) =>
        over((time) => {
          limiter.refusals += 1;
          tokens?.take(-estimate, time);
          stated.get(model)?.corrected(-estimate, time);
          let isNews = false;
          learning('refused', time, () => {
            isNews = limit.refused(startedAt, time);
          });
          if (!isNews) return;
          // Refused although hardly anything else was under way: it is the pace and not the crowd.
          if (limit.calls <= fewCalls) pace.refused(time);
          const ownWait = Math.min(pause.most, pause.first * 2 ** refusedInRow);
          refusedInRow += 1;
          pausedUntil = Math.max(pausedUntil, time + (retryAfterMs ?? ownWait));
        }),
      ended: () => over(() => {}),
    };
  };

  const limiter: Writable<RateLimiter> = {
    ...{ name: options.name, underWay: 0, calls: 0, refusals: 0, fall: null },
    admission: (estimate, signal, model = '') =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve(null);
        const waiting = { model, tokens: estimate, resolve };
        models.add(model);
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
    told(model, limits) {
      const known = stated.get(model) ?? createStatedPace();
      stated.set(model, known);
      known.told(limits, clock.now());
    },
    shut: () => {
      isShut = true;
    },
    pause(now) {
      isPaused = now;
      if (!isPaused) admit();
    },
    get waiting() {
      return queue.size;
    },
    get limit() {
      return limit.calls;
    },
    get heldMs() {
      return isShut ? 0 : Math.max(0, wait(clock.now()));
    },
  };
  return limiter;
}
