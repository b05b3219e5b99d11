/**
 * Words on their way from a provider to a screen. The provider is read ahead, at the cost of one await a
 * chunk; the listener waits for words, the end or an interruption, whichever is first. So a stream that never settles
 * cannot hold a call up. What one reading of the network brought is handed over together, once node has gone through
 * it: a fast server sends a dozen tokens in a packet, and each one handed over costs as much as all of them.
 */
export class ReplyStream {
  /** What broke the stream, once it is over; null where nothing did. */
  failure: { error: unknown } | null = null;
  #words = '';
  #isOver = false;
  #wake: (() => void) | null = null;
  #isGathering = false;

  get isOver(): boolean {
    return this.#isOver;
  }

  say(words: string): void {
    if (this.#isOver || words === '') return;
    this.#words += words;
    if (this.#isGathering) return;
    this.#isGathering = true;
    setImmediate(() => {
      this.#isGathering = false;
      this.#wake?.();
    });
  }

  /** Words that nobody has taken yet were none. */
  forget(): void {
    this.#words = '';
  }

  /** Nothing more comes. What was said before is still handed over; what comes all the same is not heard. */
  end(failure: { error: unknown } | null = null): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.failure = failure;
    this.#wake?.();
  }

  /** The next words; null when it is over. */
  async next(): Promise<string | null> {
    while (!this.#isOver && (this.#isGathering || this.#words === '')) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const words = this.#words;
    this.#words = '';
    return words === '' ? null : words;
  }
}
