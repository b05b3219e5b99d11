import type { DebateEvent } from '../debate/events.ts';
import type { ReplacementSpeeches } from '../prompts/replacement-speeches.ts';
import type { Budget } from '../run/budget.ts';
import type { RunContext } from '../run/context.ts';
import type { Condition } from './conditions.ts';
import type { Explanation } from './explanations.ts';
import type { Shift } from './shifts.ts';
import type { WhyLog } from './why-log.ts';

/** With the budget for all that is asked of the run, what was asked before included. */
export interface WhyRequest extends Budget {
  /** The journal of the debate. */
  events: readonly DebateEvent[];
  /** Shifts to examine, by their number from 1; all where empty. */
  shifts: readonly number[];
  /** Only shifts on this issue; null for any. */
  issue: string | null;
  /** Answers under each condition: 3 or more. */
  repeats: number;
  /** Also the real speech from another persona's mouth. */
  otherMouth: boolean;
  /** Sentences left out one at a time where reasons did it; 0 for none. */
  sentences: number;
  /** Readings of each answer; at least one by each judge. */
  judgeSamples: number;
  /** Answers asked for at once. */
  concurrency: number;
}

export interface WhySurroundings extends Omit<RunContext, 'notify'> {
  speeches: ReplacementSpeeches;
  log: WhyLog;
  /** How many judges read each answer in turn; 1 where absent. */
  judges?: number;
  onProgress?(progress: WhyProgress): void;
}

export interface WhyProgress {
  shift: Shift;
  condition: Condition;
  repeat: number;
  /** Answers read so far, and all that are planned so far. */
  done: number;
  planned: number;
  costUsd: number;
  tokens: number;
}

export type WhyFailure = 'no-shifts' | 'unknown-shift' | 'unknown-issue' | 'call-failed';

export interface WhyResult {
  explanations: Explanation[];
  /** done: all was answered. budget, stopped: what is missing is asked when the same is requested again. */
  ended: 'done' | 'budget' | 'stopped';
}
