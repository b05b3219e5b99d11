import type { CallPolicy } from './types.ts';

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

/** How much of its end a stream has said: why it ends, and then the count of its tokens, after which nothing can follow. */
export type SaidEnd = 'nothing' | 'reason' | 'count';

/** How long the rest is waited for, which a server that leaves its streams open never sends. */
const lingerMs: Record<SaidEnd, number> = { nothing: Number.POSITIVE_INFINITY, reason: 10_000, count: 2_000 };

export type Timeout = 'first-token-timeout' | 'idle-timeout' | 'total-timeout';

/**
 * Watches one attempt with a single timer that is set anew only when it runs out, so that a chunk costs no more
 * than a reading of the time. Real time whatever clock a run was given: a stalled socket does not live by a test's clock.
 */
export interface Deadlines {
  /** The stream gave a sign of life; `isToken` where it was a word or a thought. */
  alive(isToken: boolean, said?: SaidEnd): void;
  clear(): void;
}

/** `busyUntil`: until when the server was busy with another call; a call without a word is waited for only from then on. */
export function startDeadlines(
  policy: CallPolicy,
  onTimeout: (timeout: Timeout) => void,
  busyUntil: () => number = () => 0,
): Deadlines {
  let startedAt = performance.now();
  let lastSignAt = startedAt;
  let hasToken = false;
  let end: SaidEnd = 'nothing';
  let timer: NodeJS.Timeout | undefined;

  const nearest = (): { at: number; timeout: Timeout } => {
    if (!hasToken) startedAt = Math.max(startedAt, busyUntil());
    const isUnderWay = hasToken || end !== 'nothing';
    const quietMs = Math.min(policy.idleMs, lingerMs[end]);
    const quiet: { at: number; timeout: Timeout } = isUnderWay
      ? { at: lastSignAt + quietMs, timeout: 'idle-timeout' }
      : { at: startedAt + policy.firstTokenMs, timeout: 'first-token-timeout' };
    const total: { at: number; timeout: Timeout } = {
      at: startedAt + policy.totalMs,
      timeout: 'total-timeout',
    };
    return quiet.at <= total.at ? quiet : total;
  };
  // The shortest of all: a first token brings another deadline, and needs no other timer.
  const look = () => {
    const { at, timeout } = nearest();
    const left = at - performance.now();
    if (left <= 0) onTimeout(timeout);
    else timer = setTimeout(look, Math.ceil(hasToken ? left : Math.min(left, policy.idleMs)));
  };
  look();
  return {
    alive: (isToken, said = 'nothing') => {
      lastSignAt = performance.now();
      if (said !== end) {
        end = said;
        clearTimeout(timer);
        look();
      }
      if (hasToken || !isToken) return;
      startedAt = Math.max(startedAt, busyUntil());
      hasToken = true;
    },
    clear: () => clearTimeout(timer),
  };
}
