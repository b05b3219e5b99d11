import { jobPrice } from '../models/prices.ts';
import type { ModelHandle } from '../models/types.ts';
import type { PromptSet } from '../prompts/types.ts';
import { type DebateEstimate, type Estimate, estimateDebate } from '../run/estimate.ts';
import { expandPlan, type PlannedCell } from './expand-plan.ts';
import { debatesInLockstep } from './lockstep/lockstep.ts';
import type { Arm, Plan } from './plan.ts';
import type { PlanModels } from './plan-models.ts';
import type { PlanPrompts } from './plan-prompts.ts';
import type { Ledger } from './planned-debate.ts';
import type { CallLimits } from './rate-limiters.ts';

/** What is left of a plan, and what it would take. */
export interface PlanEstimate extends Estimate {
  debates: { planned: number; done: number; failed: number; unfinished: number; fresh: number };
  /** Estimated milliseconds, at so many calls at once. */
  milliseconds: number;
  /** Where calls go into jobs: how many one after another, and US dollars that the same calls would cost by themselves. */
  jobs: { oneAfterAnother: number; singlyUsd: number | null } | null;
  /** What a whole debate of the plan would take. */
  debateOf(arm: Arm, cell: PlannedCell): Promise<DebateEstimate>;
}

export interface EstimateOptions {
  plan: Plan;
  prompts: PlanPrompts;
  models: PlanModels;
  ledger: Ledger;
  retryFailed: boolean;
  /** Calls at once that are supposed, and the limits a minute that were set. */
  limits: CallLimits;
  /** Do models that can answer in jobs? Not by default. */
  inJobs?: boolean;
}

/**
 * Supposed of a provider: milliseconds to the first token, per token, for a job. The simulator's were measured, journal
 * and reading included: 490 calls of examples/steelman.yaml in 5 s of one core.
 */
const pace = { firstToken: 800, token: 12, simulated: 10, job: 30 * 60_000 };

/**
 * Adds up the debates that are left, each from its real prompts; debates that differ in their seeds alone are
 * estimated once. Unfinished debates count with what they have not used yet.
 */
export async function estimatePlan(options: EstimateOptions): Promise<PlanEstimate> {
  const { plan, prompts, models, ledger } = options;
  const known = new Map<string, Promise<PricedEstimate>>();
  const debateOf = (arm: Arm, cell: PlannedCell): Promise<PricedEstimate> => {
    const key = JSON.stringify([arm.id, cell.scenario, cell.article]);
    const estimate =
      known.get(key) ?? estimatePriced(prompts.promptsOf(arm, cell), models.modelOf(arm), options);
    known.set(key, estimate);
    return estimate;
  };
  const debates = { planned: 0, done: 0, failed: 0, unfinished: 0, fresh: 0 };
  const sum = { calls: 0, steps: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 as number | null };
  let singlyUsd: number | null = 0;
  for (const cell of expandPlan(plan, prompts.fingerprints)) {
    for (const { id, arm } of cell.debates) {
      debates.planned += 1;
      const entry = ledger.get(id);
      const state = entry === undefined || entry.state === 'empty' ? 'fresh' : entry.state;
      debates[state] += 1;
      if (state === 'done' || (state === 'failed' && !options.retryFailed)) continue;
      const whole = await debateOf(arm, cell);
      const used = entry && entry.state !== 'empty' ? entry.summary : null;
      sum.calls += Math.max(0, whole.calls - (used?.calls ?? 0));
      sum.inputTokens += Math.max(0, whole.inputTokens - (used?.inputTokens ?? 0));
      sum.outputTokens += Math.max(0, whole.outputTokens - (used?.outputTokens ?? 0));
      sum.steps = Math.max(sum.steps, whole.steps);
      sum.costUsd = plus(sum.costUsd, whole.costUsd, used?.costUsd ?? 0);
      singlyUsd = plus(singlyUsd, whole.singlyUsd, used?.costUsd ?? 0);
    }
  }
  const isSimulated = [...models.handles.values()].every(({ simulated }) => simulated);
  if (!options.inJobs) {
    return { ...sum, debates, debateOf, jobs: null, milliseconds: timeFor(sum, isSimulated, options) };
  }
  const left = debates.fresh + debates.unfinished + (options.retryFailed ? debates.failed : 0);
  const oneAfterAnother = sum.steps * Math.ceil(left / debatesInLockstep);
  return {
    ...{ ...sum, debates, debateOf, milliseconds: oneAfterAnother * pace.job },
    jobs: { oneAfterAnother, singlyUsd },
  };
}

type PricedEstimate = DebateEstimate & { singlyUsd: number | null };

async function estimatePriced(
  prompts: PromptSet,
  modelOf: (role: string) => ModelHandle,
  { plan, inJobs, models: { judges } }: EstimateOptions,
): Promise<PricedEstimate> {
  const singly = await estimateDebate(prompts, { modelOf, judges }, plan.settings);
  if (!inJobs) return { ...singly, singlyUsd: singly.costUsd };
  const atJobPrice = (role: string) => {
    const handle = modelOf(role);
    return handle.jobs ? { ...handle, price: jobPrice(handle.price) } : handle;
  };
  const { costUsd, course } = await estimateDebate(prompts, { modelOf: atJobPrice, judges }, plan.settings);
  return { ...singly, costUsd, course, singlyUsd: singly.costUsd };
}

/** Adds what a debate costs, less what it has used; null where anything is unknown. */
function plus(sum: number | null, cost: number | null, used: number): number | null {
  return sum === null || cost === null ? null : sum + Math.max(0, cost - used);
}

function timeFor(
  { calls, inputTokens, outputTokens }: Pick<Estimate, 'calls' | 'inputTokens' | 'outputTokens'>,
  isSimulated: boolean,
  { limits: { mostCalls, requestsPerMinute, tokensPerMinute } }: EstimateOptions,
): number {
  if (isSimulated) return calls * pace.simulated;
  const talking = (calls * pace.firstToken + outputTokens * pace.token) / mostCalls;
  const requests = requestsPerMinute === null ? 0 : (calls / requestsPerMinute) * 60_000;
  const tokens = tokensPerMinute === null ? 0 : ((inputTokens + outputTokens) / tokensPerMinute) * 60_000;
  return Math.max(talking, requests, tokens);
}
