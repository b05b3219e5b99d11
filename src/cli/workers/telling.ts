import type { WorkerOptions } from '../../batch/workers/run-worker.ts';
import type { WorkerState } from '../../batch/workers/worker-state.ts';

/** How a person is told of a worker while it is at work. */
export interface WorkerTelling {
  /** Tells of this worker from now on. `interrupt` is what Ctrl+C does where keys are read. */
  follow(state: WorkerState, interrupt: () => void): void;
  /** Sees every run before it starts; what it gives is called once that run rests. */
  watch: NonNullable<WorkerOptions['watchRun']>;
  /** Something worth a line of its own. */
  say(line: string): void;
  /** The database does not answer, and why; null once it does again. */
  trouble(why: string | null): void;
  /** The person was heard: `line` says what happens now. */
  stopping(line: string): void;
  /** Ends before a process that exits at once. */
  leave(): void;
  close(): Promise<void>;
}

/** What a worker is called, and where it is. */
export interface WorkerNamed {
  /** Machine and process. */
  name: string;
  /** The address of its database, without a password. */
  place: string;
  leaseMs: number;
}
