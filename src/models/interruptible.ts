/**
 * Awaits promises that must give way to an abort, whether or not their maker heeds it: one that never settles
 * cannot hold a call up. One listener serves any number of promises, awaited one after the other.
 */
export class Interruptible {
  readonly #signal: AbortSignal;
  #interrupt: ((reason: unknown) => void) | null = null;
  readonly #onAbort = () => this.#interrupt?.(this.#signal.reason);

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** Rejects with the signal's reason as soon as it aborts. */
  wait<Value>(promise: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#interrupt = reject;
      promise.then(resolve, reject);
      if (this.#signal.aborted) reject(this.#signal.reason);
    });
  }

  release(): void {
    this.#signal.removeEventListener('abort', this.#onAbort);
  }
}
