import type { Failure } from '../debate/outcome.ts';
import type { SourceFault } from '../source/source-fault.ts';

/** Why a plan cannot be run: faults in files, each to be told with its line, or one message. */
export type FaultyPlan = { ok: false; failure: Failure; faults: readonly SourceFault[] };

export function faultyPlan(faults: readonly SourceFault[]): FaultyPlan {
  const [first] = faults;
  const message = first ? `${first.file}:${first.line}: ${first.message}` : 'The plan cannot be run.';
  return { ok: false, failure: { reason: 'faults', message }, faults };
}

export function cannotRun({ failure }: { failure: Failure }): FaultyPlan {
  return { ok: false, failure, faults: [] };
}
