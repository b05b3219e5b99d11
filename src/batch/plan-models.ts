import { moderatorId } from '../debate/events.ts';
import { judgeNumber, judgeRoles } from '../debate/judges.ts';
import { type Outcome, success } from '../debate/outcome.ts';
import { createModel, type ModelFailure } from '../models/create-models.ts';
import { parseModelSpec } from '../models/model-spec.ts';
import type { ModelSettings } from '../models/providers/provider.ts';
import type { ModelHandle } from '../models/types.ts';
import { type Arm, judgesNamed, type Plan } from './plan.ts';

/** The models of a plan, one handle per spec. */
export interface PlanModels {
  modelOf(arm: Arm): (role: string) => ModelHandle;
  /** How many judges read in turn. */
  judges: number;
  handles: ReadonlyMap<string, ModelHandle>;
}

/** The same plan with a model for every arm that left the choice to the environment: what was chosen decides its debates. */
export function withChosenModel(plan: Plan, spec: string): Plan {
  return { ...plan, arms: plan.arms.map((arm) => ({ ...arm, model: arm.model ?? spec })) };
}

/** Makes the models of every arm ready; each arm must have one. Makes no call. */
export function createPlanModels(
  plan: Plan,
  settings: ModelSettings,
): Outcome<PlanModels, ModelFailure | 'bad-spec'> {
  const handles = new Map<string, ModelHandle>();
  for (const text of specsOf(plan)) {
    const spec = parseModelSpec(text, settings.providers);
    if (!spec.ok) return spec;
    const handle = createModel(spec.value, settings);
    if (!handle.ok) return handle;
    handles.set(text, handle.value);
  }
  return success(withHandles(plan, handles));
}

/** The same models under other handles, such as ones that wait in a limiter. */
export function withHandles(plan: Plan, handles: ReadonlyMap<string, ModelHandle>): PlanModels {
  return {
    handles,
    judges: Math.max(1, judgesNamed(plan).length),
    modelOf: (arm) => (role) => handles.get(specOf(plan, arm, role)) as ModelHandle,
  };
}

function specsOf(plan: Plan): Set<string> {
  const specs = plan.arms.flatMap((arm) => [
    specOf(plan, arm, ''),
    ...judgeRoles(judgesNamed(plan).length || 1).map((role) => specOf(plan, arm, role)),
    ...Object.values(arm.models),
  ]);
  return new Set(specs);
}

/** The judges are the plan's, else the one reads with the moderator's model. */
function specOf(plan: Plan, { model, models }: Arm, role: string): string {
  const everyone = model ?? '';
  const judge = judgeNumber(role);
  if (judge !== null) return judgesNamed(plan)[judge - 1] ?? models[moderatorId] ?? everyone;
  return models[role] ?? everyone;
}
