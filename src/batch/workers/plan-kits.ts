import type { Outcome } from '../../debate/outcome.ts';
import type { PlanModels } from '../plan-models.ts';
import type { SubmittedPlan } from './plan-status.ts';
import type { StoredPlan } from './stored-plan.ts';

/** What a worker needs to run the debates of one plan. */
export interface PlanKit {
  stored: StoredPlan;
  models: PlanModels;
}

export interface PlanKitsOptions {
  /** Makes models ready with this machine's keys. */
  modelsFor(stored: StoredPlan): Outcome<PlanModels>;
  report(line: string): void;
}

/** Gives the kit of a plan, ready or made ready; null where this worker cannot run the plan, which is reported once. */
export function createPlanKits({ modelsFor, report }: PlanKitsOptions) {
  const kits = new Map<string, { design: string; kit: PlanKit | null }>();

  const make = ({ id, stored }: SubmittedPlan): PlanKit | null => {
    const models = stored && modelsFor(stored);
    if (stored && models?.ok) return { stored, models: models.value };
    report(
      models && !models.ok
        ? `The plan ${id} cannot be run here: ${models.failure.message}`
        : `The plan ${id} was submitted by a newer version of parley. Update parley here to run it.`,
    );
    return null;
  };

  return (plan: SubmittedPlan): PlanKit | null => {
    const design = JSON.stringify(plan.stored);
    const known = kits.get(plan.id);
    if (known?.design === design) return known.kit;
    const kit = make(plan);
    kits.set(plan.id, { design, kit });
    return kit;
  };
}
