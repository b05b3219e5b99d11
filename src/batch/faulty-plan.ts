import type { Failure } from '../debate/outcome.ts';
import type { Fault } from '../prompts/types.ts';

/** Why a plan cannot be run: faults in files, each to be told with its line, or one message. */
export type FaultyPlan = { ok: false; failure: Failure; faults: readonly Fault[] };

export function faultyPlan(faults: readonly Fault[]): FaultyPlan {
  const [first] = faults;
  const message = first ? `${first.file}:${first.line}: ${first.message}` : 'The plan cannot be run.';
  return { ok: false, failure: { reason: 'faults', message }, faults };
}

export function cannotRun({ failure }: { failure: Failure }): FaultyPlan {
  return { ok: false, failure, faults: [] };
}
