/**
 * Words on their way from a provider to whoever shows them. The provider is read ahead, at the cost of one await a
 * chunk; the listener waits for words, the end or an interruption, whichever is first. So a stream that never settles
 * cannot hold a call up, and words that came while nobody looked are handed over together.
 */
export class Incoming {
  /** What broke the stream, once it is over; null where nothing did. */
  failure: { error: unknown } | null = null;
  #words = '';
  #isOver = false;
  #wake: (() => void) | null = null;

  get isOver(): boolean {
    return this.#isOver;
  }

  say(words: string): void {
    if (this.#isOver || words === '') return;
    this.#words += words;
    this.#wake?.();
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
    while (this.#words === '') {
      if (this.#isOver) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const words = this.#words;
    this.#words = '';
    return words;
  }
}
