/** Told the headers of every reply of a provider, refusals included. */
export type HeaderListener = (headers: Pick<Headers, 'get'>) => void;

export interface LimitWatch {
  fetch: typeof fetch;
  watch(listener: HeaderListener): void;
}

/** The same fetch, that lets others look at the headers of what comes: providers state there how much more they take. */
export function createLimitWatch(over: typeof fetch): LimitWatch {
  const listeners = new Set<HeaderListener>();
  return {
    fetch: async (...request) => {
      const response = await over(...request);
      for (const listener of listeners) listener(response.headers);
      return response;
    },
    watch: (listener) => void listeners.add(listener),
  };
}
