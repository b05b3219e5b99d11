import { cannotRun, type FaultyPlan } from '../../batch/parse-plan.ts';
import type { Plan } from '../../batch/plan.ts';
import { createPlanModels, type PlanModels, withChosenModel } from '../../batch/plan-models.ts';
import { loadPlanPrompts, type PlanPrompts } from '../../batch/plan-prompts.ts';
import { builtInProviders } from '../../models/providers/list.ts';
import type { ModelSettings } from '../../models/providers/provider.ts';
import { bundledPrompts } from '../../prompts/bundled-prompts.ts';
import { chosenModel, modelSettings } from '../batch/open-batch.ts';
import type { BatchCommandOptions } from '../batch/options.ts';
import { readPlan } from '../batch/read-plan.ts';
import type { Environment } from '../environment.ts';
import { withModelFlags } from '../model-words.ts';

/** A plan with all it takes to submit it. */
export interface ReadyPlan {
  plan: Plan;
  prompts: PlanPrompts;
  models: PlanModels;
  settings: ModelSettings;
  modelLine: string | null;
}

/** Checks everything of a plan that can be checked for nothing and without a key. */
export async function readyPlan(
  { file, options, raw }: { file: string; options: BatchCommandOptions; raw: Record<string, unknown> },
  environment: Environment,
): Promise<{ ok: true; value: ReadyPlan } | FaultyPlan> {
  const read = await readPlan(file, options);
  if (!read.ok) return read;
  const settings = modelSettings(raw, environment);
  if (!settings.ok) return cannotRun(settings);
  const chosen = await chosenModel(read.plan, raw, settings.value);
  if (!chosen.ok) return cannotRun(chosen);
  const plan = withChosenModel(read.plan, chosen.value.spec);
  const prompts = await loadPlanPrompts(
    { ...read, plan },
    { file, folder: read.folder, promptRoot: bundledPrompts(), stdin: environment.stdin },
  );
  if (!prompts.ok) return prompts;
  const models = createPlanModels(plan, withoutNeedOfKeys(settings.value));
  if (!models.ok) return cannotRun(withModelFlags(models));
  return {
    ok: true,
    value: {
      ...{ plan, prompts: prompts.value, models: models.value, settings: settings.value },
      modelLine: chosen.value.line,
    },
  };
}

/** Only prices are asked of these models; keys are the workers'. */
function withoutNeedOfKeys(settings: ModelSettings): ModelSettings {
  const environment = { ...settings.environment };
  for (const { keyVariables } of [...(settings.providers ?? []), ...builtInProviders]) {
    for (const variable of keyVariables) environment[variable] ||= 'not-needed-here';
  }
  return { ...settings, environment };
}
