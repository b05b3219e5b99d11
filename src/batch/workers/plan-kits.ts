import type { Clock } from '../../debate/clock.ts';
import type { Outcome } from '../../debate/outcome.ts';
import type { ModelHandle } from '../../models/types.ts';
import { createLane, type Lane } from '../rate-limiter.ts';
import { limitedModel } from '../limited-model.ts';
import { type PlanModels, withHandles } from '../plan-models.ts';
import type { PlanOnBoard } from './plan-board.ts';
import type { StoredPlan } from './stored-plan.ts';

/** What a worker needs to hold the debates of one plan. */
export interface PlanKit {
  stored: StoredPlan;
  /** Their calls wait in the lanes of their providers. */
  models: PlanModels;
}

export interface PlanKits {
  /** Ready or made ready; null where this worker cannot hold the plan, which is told once. */
  kitOf(plan: PlanOnBoard): PlanKit | null;
  /** One a provider, whatever the plans. */
  readonly lanes: readonly Lane[];
}

export interface PlanKitsOptions {
  /** Makes models ready with this machine's keys. */
  modelsFor(stored: StoredPlan): Outcome<PlanModels>;
  clock: Clock;
  /** Calls at once with one provider, at most. */
  mostCalls: number;
  onChange(): void;
  tell(line: string): void;
}

/** Calls at once to begin with; the simulator's take no time but this machine's. */
export const firstCalls = 8;

export function createPlanKits(options: PlanKitsOptions): PlanKits {
  const kits = new Map<string, { design: string; kit: PlanKit | null }>();
  const lanes = new Map<string, Lane>();

  const laneOf = ({ spec, simulated }: ModelHandle): Lane => {
    const [name = ''] = spec.split(':');
    const { clock, mostCalls, onChange } = options;
    const most = simulated ? Math.min(firstCalls, mostCalls) : mostCalls;
    const lane =
      lanes.get(name) ??
      createLane({
        ...{ name, clock, firstCalls: Math.min(firstCalls, most), mostCalls: most, onChange },
        // Limits a minute hold over all workers, so that no lane can keep them by itself.
        ...{ requestsPerMinute: null, tokensPerMinute: null },
      });
    lanes.set(name, lane);
    return lane;
  };

  const make = (plan: PlanOnBoard): PlanKit | null => {
    const { id, stored } = plan;
    if (stored === null) {
      options.tell(
        `The plan ${id} was submitted by a newer parley than this. Update parley here to hold it.`,
      );
      return null;
    }
    const models = options.modelsFor(stored);
    if (!models.ok) {
      options.tell(`The plan ${id} cannot be held here: ${models.failure.message}`);
      return null;
    }
    const handles = [...models.value.handles].map(
      ([spec, handle]) => [spec, limitedModel(handle, laneOf(handle), options.clock.now)] as const,
    );
    return { stored, models: withHandles(stored.plan, new Map(handles)) };
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
    get lanes() {
      return [...lanes.values()];
    },
  };
}
