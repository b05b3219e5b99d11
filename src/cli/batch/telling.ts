import type { DebateOutcome, Task } from '../../batch/planned-debate.ts';
import type { Batch } from '../../batch/run-batch.ts';
import type { DebateRun } from '../../run/debate-run.ts';

/** How a person is told of a batch while it goes on. */
export interface Telling {
  /** Tells of this batch from now on. `interrupt` is what Ctrl+C does where keys are read. */
  follow(batch: Pick<Batch, 'state'>, interrupt: () => void): void;
  /** Sees every run before it starts; what it gives is called once that run rests. */
  watch(run: DebateRun, task: Task): (() => void) | undefined;
  /** A debate rested, failed or was passed over. */
  rested(id: string, outcome: DebateOutcome): void;
  /** Something worth a line of its own. */
  say(line: string): void;
  /** The person was heard: `line` says what happens now. */
  stopping(line: string): void;
  /** Ends before a process that exits at once. */
  leave(): void;
  close(): Promise<void>;
}
