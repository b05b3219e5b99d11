import type { Clock } from '../debate/clock.ts';
import { statedLimits } from '../models/rate-limits.ts';
import type { ModelHandle } from '../models/types.ts';
import { type Gate, type GatedCall, gatedModel } from './gated-model.ts';
import { createRateLimiter, type RateLimiter } from './rate-limiter.ts';

/** What may be asked of one provider at most; null for no limit. The simulator has no limit a minute. */
export interface CallLimits {
  /** Calls at once. */
  mostCalls: number;
  requestsPerMinute: number | null;
  tokensPerMinute: number | null;
}

export interface RateLimitersOptions {
  clock: Clock;
  limits: CallLimits;
  /** A call began or ended, or a limit moved. */
  onChange(): void;
}

/** Calls at once to begin with; the simulator's take no time but this machine's. */
const firstCalls = 8;

/** Among many debates a refusal is part of the day, and the limiter decides when to ask again. */
const attempts = 8;

/** A rate limiter for each provider. */
export function createRateLimiters(options: RateLimitersOptions) {
  const limiters = new Map<string, RateLimiter>();
  const listened = new WeakSet<ModelHandle>();
  const { clock } = options;
  const limiterOf = (handle: ModelHandle): RateLimiter => {
    const [name = ''] = handle.spec.split(':');
    const limiter = limiters.get(name) ?? limiterFor(name, handle.simulated, options);
    limiters.set(name, limiter);
    return limiter;
  };
  return {
    /** The same model, whose calls wait for its provider's limiter and teach it how they went. */
    limited(handle: ModelHandle, before: readonly Gate[] = []): ModelHandle {
      const limiter = limiterOf(handle);
      if (!listened.has(handle)) {
        listened.add(handle);
        handle.watchHeaders?.((headers) => {
          const limits = statedLimits(headers, clock.now());
          if (limits) limiter.told(handle.spec, limits);
        });
      }
      const patient = { ...handle, policy: { ...handle.policy, attempts } };
      return gatedModel(patient, [...before, rateGate(limiter)], clock.now);
    },
    all: () => [...limiters.values()],
    /** Debates worth having under way: as many as calls may be under way at once. */
    room(): number {
      if (limiters.size === 0) return Math.min(firstCalls, options.limits.mostCalls);
      return [...limiters.values()].reduce((sum, { limit }) => sum + limit, 0);
    },
  };
}

function limiterFor(name: string, isSimulated: boolean, options: RateLimitersOptions): RateLimiter {
  const { clock, limits, onChange } = options;
  const own = { requestsPerMinute: null, tokensPerMinute: null };
  const ofSimulator = { ...own, mostCalls: Math.min(firstCalls, limits.mostCalls) };
  return createRateLimiter({ name, clock, firstCalls, onChange, ...(isSimulated ? ofSimulator : limits) });
}

/** Waits until the provider's limiter lets a call begin. */
function rateGate(limiter: RateLimiter): Gate {
  return {
    async pass(call, signal) {
      const permit = await limiter.admission(roughTokens(call), signal, call.handle.spec);
      if (permit === null) return null;
      return {
        began: permit.began,
        over(end) {
          if (end.how === 'answered') permit.answered(end.used?.tokens ?? null);
          else if (end.how === 'refused') permit.refused(end.retryAfterMs);
          else permit.ended();
        },
      };
    },
  };
}

/** A rough count before the call, four characters a token; half of the longest reply is expected. */
function roughTokens({ request: { messages, maxOutputTokens } }: GatedCall): number {
  const characters = messages.reduce((sum, { content }) => sum + content.length, 0);
  return Math.ceil(characters / 4 + maxOutputTokens / 2);
}

/** So many at once and no more; others wait for their turn in the order they come. */
export function createSemaphore(most: number) {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return {
    async enter() {
      if (inside >= most) await new Promise<void>((resolve) => void waiting.push(resolve));
      else inside += 1;
    },
    leave() {
      const next = waiting.shift();
      if (next) next();
      else inside -= 1;
    },
  };
}
