import type { Outcome } from '../../debate/outcome.ts';
import type { PlanModels } from '../plan-models.ts';
import type { SubmittedPlan } from './plan-status.ts';
import type { StoredPlan } from './stored-plan.ts';

/** What a worker needs to run the debates of one plan. */
export interface PlanKit {
  stored: StoredPlan;
  models: PlanModels;
}

export interface PlanKits {
  /** Ready or made ready; null where this worker cannot run the plan, which is reported once. */
  kitOf(plan: SubmittedPlan): PlanKit | null;
}

export interface PlanKitsOptions {
  /** Makes models ready with this machine's keys. */
  modelsFor(stored: StoredPlan): Outcome<PlanModels>;
  report(line: string): void;
}

export function createPlanKits(options: PlanKitsOptions): PlanKits {
  const kits = new Map<string, { design: string; kit: PlanKit | null }>();

  const make = ({ id, stored }: SubmittedPlan): PlanKit | null => {
    if (stored === null) {
      options.report(
        `The plan ${id} was submitted by a newer version of parley. Update parley here to run it.`,
      );
      return null;
    }
    const models = options.modelsFor(stored);
    if (models.ok) return { stored, models: models.value };
    options.report(`The plan ${id} cannot be run here: ${models.failure.message}`);
    return null;
  };

  return {
    kitOf(plan) {
      const design = JSON.stringify(plan.stored);
      const known = kits.get(plan.id);
      if (known?.design === design) return known.kit;
      const kit = make(plan);
      kits.set(plan.id, { design, kit });
      return kit;
    },
  };
}
