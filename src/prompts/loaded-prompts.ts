import type { Failure } from '../debate/outcome.ts';
import type { SourceFault } from '../source/source-fault.ts';
import { type FaultLog, firstOf, inOrder } from '../source/source-fault.ts';
import type { PromptSet } from './types.ts';

export type PromptFailure = 'unknown-scenario' | 'unknown-strategy' | 'faults';

/** A set of prompts ready for use, or all faults at once. An `Outcome` with more to say. */
export type LoadedPrompts =
  | { ok: true; value: PromptSet; warnings: SourceFault[] }
  | { ok: false; failure: Failure<PromptFailure>; faults: SourceFault[] };

/** A set if nothing is at fault. */
export function together(log: FaultLog, set: PromptSet | null): LoadedPrompts {
  if (set && log.faults.length === 0) return { ok: true, value: set, warnings: inOrder(log.warnings) };
  const faults = inOrder(log.faults);
  return { ok: false, failure: { reason: 'faults', message: firstOf(faults) }, faults };
}
