import type { Control } from '../../debate/setup.ts';
import type { RunSummary } from './run-summary.ts';

/** Which runs are meant; null lets all pass. */
export interface RunFilter {
  arm: string | null;
  /** A whole spec, or its provider or name alone. */
  model: string | null;
  /** A reason, or `unfinished` for runs that have not ended. */
  ending: string | null;
  /** The name of a control, `any` of them, or `none` for debates like others. */
  control: string | null;
  scenario: string | null;
  strategy: string | null;
  minConvergence: number | null;
  maxConvergence: number | null;
}

export function passesFilter(summary: RunSummary, arms: readonly string[], filter: RunFilter): boolean {
  const { arm, model, ending, control, scenario, strategy, minConvergence, maxConvergence } = filter;
  if (arm !== null && !arms.includes(arm)) return false;
  if (model !== null && !summary.models.some((spec) => spec === model || spec.split(':').includes(model)))
    return false;
  if (ending !== null && (summary.ending ?? 'unfinished') !== ending) return false;
  if (control !== null && !isMeant(summary.control ?? null, control)) return false;
  if (scenario !== null && summary.scenario !== scenario) return false;
  if (strategy !== null && summary.strategy !== strategy) return false;
  if (minConvergence !== null && !(summary.convergence !== null && summary.convergence >= minConvergence))
    return false;
  return maxConvergence === null || (summary.convergence !== null && summary.convergence <= maxConvergence);
}

function isMeant(control: Control | null, wanted: string): boolean {
  return wanted === 'any' ? control !== null : (control ?? 'none') === wanted;
}
