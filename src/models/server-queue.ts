import type { Deadlines } from './deadlines.ts';

/**
 * Calls under way at one server. A server with a single slot answers one call after the other and leaves the rest
 * without a word meanwhile: as long as it answers any of them, the others have not begun to wait.
 */
interface ServerQueue {
  /** A call has reached the server. Gives what to do at each of its signs of life, and at its end. */
  enter(deadlines: Deadlines): { alive(hasToken: boolean): void; leave(): void };
}

const queues = new Map<string, ServerQueue>();

/** The calls under way at an address. */
export function queueAt(address: string): ServerQueue {
  const known = queues.get(address) ?? createQueue();
  queues.set(address, known);
  return known;
}

function createQueue(): ServerQueue {
  const waiting = new Set<Deadlines>();
  const postponeAll = () => {
    for (const deadlines of waiting) deadlines.postpone();
  };
  return {
    enter(deadlines) {
      waiting.add(deadlines);
      return {
        alive(hasToken) {
          if (hasToken) waiting.delete(deadlines);
          postponeAll();
        },
        leave() {
          if (!waiting.delete(deadlines)) postponeAll();
        },
      };
    },
  };
}
