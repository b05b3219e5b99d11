import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { Clock } from '../../debate/clock.ts';
import { findProvider } from '../../models/providers/built-in-providers.ts';
import { keyOf } from '../../models/providers/provider.ts';
import type { Persistence } from './persistence.ts';
import { limitsTable, planSchemaName } from './plan-tables.ts';

/** What all workers together may ask of one provider with one key. */
export interface SharedLimit {
  /** Resolves once a call of about so many tokens may begin; false where it is not wanted any more. */
  admission(tokens: number, signal?: AbortSignal): Promise<boolean>;
  /** What the estimate of a call was off by is settled with the next one. */
  settle(estimate: number, used: number): void;
}

export interface LimitRates {
  requestsPerMinute: number | null;
  tokensPerMinute: number | null;
}

export interface SharedLimitOptions extends LimitRates {
  pool: Pool;
  /** Stands for provider and key: a hash, for it is stored. */
  keyHash: string;
  clock: Clock;
  persistence: Persistence;
}

/** Allowances of one provider key over all workers. A worker's calls queue, so that a large one does not starve. */
export function createSharedLimit(options: SharedLimitOptions): SharedLimit {
  const requests = allowance('requests', options.requestsPerMinute, options);
  const tokens = allowance('tokens', options.tokensPerMinute, options);
  let owed = 0;
  let line: Promise<unknown> = Promise.resolve();

  async function pass(amount: number, signal: AbortSignal | undefined): Promise<boolean> {
    if (signal?.aborted) return false;
    const whole = Math.max(0, amount + owed);
    owed += amount - whole;
    return (await tokens(whole, signal)) && (await requests(1, signal));
  }

  return {
    admission(amount, signal) {
      const admitted = line.then(() => pass(amount, signal));
      line = admitted.catch(() => {});
      return admitted;
    },
    settle: (estimate, used) => {
      owed += used - estimate;
    },
  };
}

type Take = (amount: number, signal: AbortSignal | undefined) => Promise<boolean>;

/**
 * Takes amounts out of windows that all workers share. What a window has no room for is taken from the next, so that
 * a call larger than a window passes too. A window is short, about a second's worth, and a little longer than the rate
 * asks for: however a server counts its minute, no minute sees more than the limit.
 */
function allowance(kind: string, perMinute: number | null, options: SharedLimitOptions): Take {
  if (perMinute === null) return async () => true;
  const { pool, clock, persistence } = options;
  const { points, seconds } = windowOf(perMinute);
  const limiter = new RateLimiterPostgres({
    ...{ storeClient: pool, storeType: 'pool', schemaName: planSchemaName, tableName: limitsTable },
    ...{ tableCreated: true, clearExpiredByTimeout: false, keyPrefix: '', points, duration: seconds },
  });
  const key = `${options.keyHash}:${kind}`;
  return async (amount, signal) => {
    for (let left = amount; left > 0; ) {
      if (signal?.aborted) return false;
      const asked = Math.min(left, points);
      const window = await persistence.until(() => counted(limiter.consume(key, asked)), signal);
      if (window === null) return false;
      // What lies between the count before and the window's end belongs to this call.
      left -= Math.min(asked, Math.max(0, points - (window.consumed - asked)));
      // Another machine's clock may be ahead: never wait longer than a window lasts.
      if (left > 0) await clock.sleep(Math.max(1, Math.min(window.msLeft, seconds * 1000)), signal);
    }
    return true;
  };
}

/** How many in how many seconds. One at a time needs no margin: it is its window's first. */
export function windowOf(perMinute: number): { points: number; seconds: number } {
  const points = Math.max(1, Math.round(perMinute / 60));
  const exact = points === 1 ? 60_000 / perMinute : (60_000 * points) / (perMinute - points);
  let milliseconds = Math.ceil(exact);
  // The limiter takes seconds and stores whole milliseconds: 1.017 s would come to 1016.9999999999999 of them.
  while (!Number.isInteger((milliseconds / 1000) * 1000)) milliseconds++;
  return { points, seconds: milliseconds / 1000 };
}

/** The limiter rejects with the window where it is full, and with an error where the database fails. */
async function counted(
  consuming: Promise<{ consumedPoints: number; msBeforeNext: number }>,
): Promise<{ consumed: number; msLeft: number }> {
  const window = await consuming.catch((reason: unknown) => {
    if (reason instanceof Error) throw reason;
    return reason as { consumedPoints: number; msBeforeNext: number };
  });
  return { consumed: window.consumedPoints, msLeft: window.msBeforeNext };
}

export type LimitsOfProviders = ReturnType<typeof createLimits>;

/** The shared limits of every provider key this worker uses, as the database has them by now. */
export function createLimits(
  options: Pick<SharedLimitOptions, 'pool' | 'clock' | 'persistence'> & { keyHashOf(spec: string): string },
) {
  let rates: ReadonlyMap<string, LimitRates> = new Map();
  const known = new Map<string, { rate: LimitRates; limit: SharedLimit }>();

  const current = (spec: string): SharedLimit | null => {
    const [provider = ''] = spec.split(':');
    const rate = rates.get(provider);
    if (!rate) return null;
    const keyHash = options.keyHashOf(spec);
    const before = known.get(keyHash);
    const isSame =
      before?.rate.requestsPerMinute === rate.requestsPerMinute &&
      before.rate.tokensPerMinute === rate.tokensPerMinute;
    if (before && isSame) return before.limit;
    const limit = createSharedLimit({ ...options, ...rate, keyHash });
    known.set(keyHash, { rate, limit });
    return limit;
  };
  return {
    of: (spec: string): SharedLimit => ({
      admission: async (tokens, signal) => (await current(spec)?.admission(tokens, signal)) ?? true,
      settle: (estimate, used) => current(spec)?.settle(estimate, used),
    }),
    update(now: ReadonlyMap<string, LimitRates>): void {
      rates = now;
    },
  };
}

/** Stands for a provider and the key it is called with: workers with the same key share its limits, and no key is stored. */
export function keyHash(spec: string, variables: Readonly<Record<string, string | undefined>>): string {
  const [provider = ''] = spec.split(':');
  const { key } = keyOf(findProvider(provider) ?? { keyVariables: [] }, variables);
  return createHash('sha256').update(`parley limits ${provider} ${key}`).digest('hex').slice(0, 32);
}
