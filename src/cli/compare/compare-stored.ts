import { expandPlan, type PlannedCell } from '../../batch/expand-plan.ts';
import { cannotRun, type FaultyPlan } from '../../batch/parse-plan.ts';
import type { Plan } from '../../batch/plan.ts';
import { withChosenModel } from '../../batch/plan-models.ts';
import { loadPlanPrompts } from '../../batch/plan-prompts.ts';
import { shownAddress } from '../../journal/postgres/address.ts';
import { bundledPrompts } from '../../prompts/bundled-prompts.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { complainOfPlan } from '../batch/complain-of-plan.ts';
import { chosenModel, modelSettings } from '../batch/open-batch.ts';
import type { BatchCommandOptions } from '../batch/options.ts';
import { readPlan } from '../batch/read-plan.ts';
import { complain } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { withRuns } from '../with-runs.ts';
import { readGates } from './gates.ts';
import type { CompareOptions } from './read-options.ts';
import { tellResult } from './tell-result.ts';

interface Asked {
  file: string;
  /** Where workers have put the debates. */
  address: string;
  holding: BatchCommandOptions;
  result: CompareOptions;
  raw: Record<string, unknown>;
}

/** Compares what is stored of a plan in a database. Holds nothing: that is for workers. */
export async function compareStored(asked: Asked, environment: Environment): Promise<number> {
  const { file, address, result } = asked;
  const opened = await plannedCells(asked, environment);
  if (!opened.ok) return complainOfPlan(environment, opened);
  const { plan, cells } = opened.value;
  const arms = plan.arms.map(({ id }) => id);
  if (arms.length < 2) return complain(environment, `${file} has one arm, and a comparison needs two arms.`);
  const gates = await readGates(result, arms);
  if (!gates.ok) return complain(environment, gates.failure.message);
  const planned = cells.reduce((sum, { debates }) => sum + debates.length, 0);
  return withRuns(address, environment, async ({ store }) => {
    const told = { plan, cells, store, planned };
    const tellMissing = (stored: number) => {
      if (stored === planned) return;
      const how = `parley batch ${file} --on ${shownAddress(address)}`;
      const line = `${stored} of ${planned} debates are stored. Submit the others with: ${how}`;
      environment.stderr.write(`${sanitizeLine(line)}\n`);
    };
    return tellResult(told, { asked: result, gates: gates.value, tellMissing }, environment);
  });
}

async function plannedCells(
  { file, holding, raw }: Asked,
  environment: Environment,
): Promise<{ ok: true; value: { plan: Plan; cells: PlannedCell[] } } | FaultyPlan> {
  const read = await readPlan(file, holding);
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
  return { ok: true, value: { plan, cells: [...expandPlan(plan, prompts.value.fingerprints)] } };
}
