/** Exit codes of a process that ended on a signal: 128 and the signal's number. */
const codeOf = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

type EndingSignal = keyof typeof codeOf;

export interface Interruption {
  /** Counts an interruption, from the keyboard or a signal: the first stops and saves, the second leaves at once. */
  interrupt(signal?: EndingSignal): void;
  /** The exit code owed to the first interruption; null while there was none. */
  readonly code: number | null;
  /** Stops listening for signals. */
  dispose(): void;
}

/** Resolves with the exit code owed to the first signal that comes; the second one leaves at once. */
export async function untilSignal(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const interruption = listenForSignals(() => setImmediate(resolve));
  await promise;
  interruption.dispose();
  return interruption.code ?? 0;
}

/** Does work that the first signal aborts and the second leaves at once; `code` is owed to the first, null where none came. */
export async function interruptible<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<{ result: Result; code: number | null }> {
  const stop = new AbortController();
  const interruption = listenForSignals(() => stop.abort('stopped'));
  try {
    return { result: await work(stop.signal), code: interruption.code };
  } finally {
    interruption.dispose();
  }
}

/** Listens for the signals that end a program. `leave` must give the terminal back before it exits. */
export function listenForSignals(
  stop: () => void,
  leave: (code: number) => void = process.exit,
): Interruption {
  let first: EndingSignal | null = null;
  const interrupt = (signal: EndingSignal = 'SIGINT') => {
    if (first !== null) return leave(codeOf[signal]);
    first = signal;
    stop();
  };
  const listeners = (Object.keys(codeOf) as EndingSignal[]).map((signal) => {
    const listener = () => interrupt(signal);
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return {
    interrupt,
    get code() {
      return first === null ? null : codeOf[first];
    },
    dispose() {
      for (const off of listeners) off();
    },
  };
}
