import { type Estimate, estimateDebate } from '../run/estimate.ts';
import { expandPlan } from './expand-plan.ts';
import type { Ledger } from './ledger.ts';
import type { Plan } from './plan.ts';
import type { PlanModels } from './plan-models.ts';
import type { PlanPrompts } from './plan-prompts.ts';

/** What is left of a plan, and what it would take. */
export interface PlanEstimate extends Estimate {
  debates: { planned: number; done: number; failed: number; unfinished: number; fresh: number };
  /** Estimated milliseconds, at so many calls at once. */
  milliseconds: number;
}

export interface EstimateOptions {
  plan: Plan;
  prompts: PlanPrompts;
  models: PlanModels;
  ledger: Ledger;
  retryFailed: boolean;
  /** Calls at once that are supposed, and the limits a minute that were set. */
  callsAtOnce: number;
  requestsPerMinute: number | null;
  tokensPerMinute: number | null;
}

/** Supposed of a provider: milliseconds to the first token and per token. The simulator takes a few a call. */
const pace = { firstToken: 800, token: 12, simulated: 4 };

/**
 * Adds up the debates that are left, each from its real prompts; debates that differ in their seeds alone are
 * estimated once. Unfinished debates count with what they have not used yet.
 */
export async function estimatePlan(options: EstimateOptions): Promise<PlanEstimate> {
  const { plan, prompts, models, ledger } = options;
  const known = new Map<string, Estimate>();
  const debates = { planned: 0, done: 0, failed: 0, unfinished: 0, fresh: 0 };
  const sum = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 as number | null };
  for (const cell of expandPlan(plan, prompts.fingerprints)) {
    for (const { id, arm } of cell.debates) {
      debates.planned += 1;
      const entry = ledger.get(id);
      const state = entry === undefined || entry.state === 'empty' ? 'fresh' : entry.state;
      debates[state] += 1;
      if (state === 'done' || (state === 'failed' && !options.retryFailed)) continue;
      const key = JSON.stringify([arm.id, cell.scenario, cell.article]);
      const whole =
        known.get(key) ??
        (await estimateDebate(prompts.promptsOf(arm, cell), models.modelOf(arm), plan.settings));
      known.set(key, whole);
      const used = entry && entry.state !== 'empty' ? entry.summary : null;
      sum.calls += Math.max(0, whole.calls - (used?.calls ?? 0));
      sum.inputTokens += Math.max(0, whole.inputTokens - (used?.inputTokens ?? 0));
      sum.outputTokens += Math.max(0, whole.outputTokens - (used?.outputTokens ?? 0));
      const cost = whole.costUsd === null ? null : Math.max(0, whole.costUsd - (used?.costUsd ?? 0));
      sum.costUsd = sum.costUsd === null || cost === null ? null : sum.costUsd + cost;
    }
  }
  const isSimulated = [...models.handles.values()].every(({ simulated }) => simulated);
  return { ...sum, debates, milliseconds: timeFor(sum, isSimulated, options) };
}

function timeFor(
  { calls, inputTokens, outputTokens }: Pick<Estimate, 'calls' | 'inputTokens' | 'outputTokens'>,
  isSimulated: boolean,
  { callsAtOnce, requestsPerMinute, tokensPerMinute }: EstimateOptions,
): number {
  if (isSimulated) return calls * pace.simulated;
  const talking = (calls * pace.firstToken + outputTokens * pace.token) / callsAtOnce;
  const requests = requestsPerMinute === null ? 0 : (calls / requestsPerMinute) * 60_000;
  const tokens = tokensPerMinute === null ? 0 : ((inputTokens + outputTokens) / tokensPerMinute) * 60_000;
  return Math.max(talking, requests, tokens);
}
