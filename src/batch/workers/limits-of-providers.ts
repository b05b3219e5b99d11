import {
  createSharedLimit,
  type LimitRates,
  type SharedLimit,
  type SharedLimitOptions,
} from './shared-limits.ts';

/** The shared limits of every provider key this worker uses, as the database has them by now. */
export interface LimitsOfProviders {
  of(spec: string): SharedLimit;
  update(rates: ReadonlyMap<string, LimitRates>): void;
}

export function createLimits(
  options: Pick<SharedLimitOptions, 'pool' | 'clock' | 'persistence'> & { keyHashOf(spec: string): string },
): LimitsOfProviders {
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
    of: (spec) => ({
      admission: async (tokens, signal) => (await current(spec)?.admission(tokens, signal)) ?? true,
      settle: (estimate, used) => current(spec)?.settle(estimate, used),
    }),
    update(now) {
      rates = now;
    },
  };
}
