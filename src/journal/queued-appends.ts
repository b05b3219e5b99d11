/** Thrown by `append` when an event could not be made durable. The journal takes no more; what it holds is whole. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  readonly reason: 'not-writable' | 'lease-lost';

  constructor(reason: JournalError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

export interface LineWriter {
  /** Resolves when the line is durable; lines are written in the order of the calls. Rejects with a JournalError. */
  append(line: string): Promise<void>;
  /** Waits for what is under way, then lets go of the place. */
  close(): Promise<void>;
}

export interface QueuedAppendsOptions {
  /** For messages. */
  place: string;
  /** Makes lines durable, all of them or none. Called again only once the last call is over. */
  commit(lines: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

interface Waiting {
  line: string;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Takes lines in the order of the calls. Those that come while a commit is under way share the next one. After the first
 * failure nothing more is written.
 */
export function queuedAppends({ place, commit, close }: QueuedAppendsOptions): LineWriter {
  let waiting: Waiting[] = [];
  let working: Promise<void> | null = null;
  let broken: unknown = null;
  let isClosed = false;

  const work = async () => {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        if (broken) throw broken;
        await commit(group.map(({ line }) => line));
        for (const line of group) line.resolve();
      } catch (error) {
        broken ??= error;
        for (const line of group) line.reject(broken);
      }
    }
    working = null;
  };

  return {
    append: (line) =>
      new Promise<void>((resolve, reject) => {
        if (isClosed) return reject(new Error(`${place} is closed`));
        if (broken) return reject(broken);
        waiting.push({ line, resolve, reject });
        working ??= work();
      }),
    async close() {
      isClosed = true;
      await working;
      await close();
    },
  };
}
