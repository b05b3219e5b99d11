import type { Pool } from 'pg';
import type { Clock } from '../../debate/clock.ts';
import { costOf } from '../../models/prices.ts';
import type { ModelHandle } from '../../models/types.ts';
import { estimatePromptTokens } from '../../text/token-estimate.ts';
import type { Gate, GatedCall, Pass, Used } from '../gated-model.ts';
import { type PlanModels, withHandles } from '../plan-models.ts';
import type { ClaimedDebate } from './claimed-debate.ts';
import type { Persistence } from './persistence.ts';
import type { PlanKit } from './plan-kits.ts';
import type { SubmittedPlan } from './plan-status.ts';
import { createSharedBudget, type SharedBudget } from './shared-budget.ts';
import type { LimitsOfProviders, SharedLimit } from './shared-limits.ts';

/** Puts a gate before every call of the debates in hand. */
export interface CallGates {
  /** The plan's models as one debate calls them. */
  modelsOf(held: ClaimedDebate, kit: PlanKit): PlanModels;
  /** Resolves once all that was used is counted. */
  settled(): Promise<unknown>;
}

export interface CallGatesOptions {
  pool: Pool;
  worker: string;
  clock: Clock;
  persistence: Persistence;
  limits: LimitsOfProviders;
  /** The same model behind these gates and its provider's rate limiter. */
  limited(handle: ModelHandle, gates: readonly Gate[]): ModelHandle;
  plans(): readonly SubmittedPlan[];
  vouch(): Promise<void>;
  onUsedUp(plan: string): void;
  onFailure(error: unknown): void;
}

export function createCallGates(options: CallGatesOptions): CallGates {
  const budgets = new Map<string, SharedBudget>();
  const beside = new Set<Promise<unknown>>();

  const budgetOf = (plan: string): SharedBudget | null => {
    const { usd = null, tokens = null } = options.plans().find(({ id }) => id === plan)?.budget ?? {};
    if (usd === null && tokens === null) return null;
    const budget =
      budgets.get(plan) ?? createSharedBudget({ ...options, plan, onUsedUp: () => options.onUsedUp(plan) });
    budgets.set(plan, budget);
    return budget;
  };
  const keep = (work: Promise<unknown>) => {
    const kept: Promise<unknown> = work.catch(options.onFailure).finally(() => beside.delete(kept));
    beside.add(kept);
  };

  return {
    modelsOf(held, { stored, models }) {
      const handles = [...models.handles].map(([spec, handle]) => {
        const gate = createCallGate({
          ...{ held, vouch: options.vouch, onFailure: options.onFailure, beside: keep },
          budget: () => budgetOf(held.claim.plan),
          limit: handle.simulated ? null : options.limits.of(spec),
        });
        return [spec, options.limited(handle, [gate])] as const;
      });
      return withHandles(stored.plan, new Map(handles));
    },
    settled: () => Promise.all(beside),
  };
}

interface CallGateOptions {
  held: ClaimedDebate;
  /** The plan's budget; null while it has none. */
  budget(): SharedBudget | null;
  /** What all workers together may ask of the model's provider; null for no limit. */
  limit: SharedLimit | null;
  /** Resolves once it is known that the worker still holds what it held. */
  vouch(): Promise<void>;
  /** Takes what is done beside the debate and must be finished before the worker ends. */
  beside(work: Promise<unknown>): void;
  /** A gate that fails is the worker's failure, and no call's. */
  onFailure(error: unknown): void;
}

/** What one call of a held debate must pass: still ours, within the budget, within the limits a minute. */
function createCallGate(options: CallGateOptions): Gate {
  return {
    countsWords: true,
    pass: (call, signal) =>
      passFor(options, mostUsedBy(call), signal).catch((error: unknown) => {
        options.onFailure(error);
        return null;
      }),
  };
}

async function passFor(
  { held, budget, limit, vouch, beside }: CallGateOptions,
  estimate: Used,
  signal: AbortSignal | undefined,
): Promise<Pass | null> {
  const mayGoOn = () => !held.isStopping && signal?.aborted !== true;
  await vouch();
  if (!mayGoOn()) return null;
  const purse = budget();
  const share = purse ? await purse.reserve(estimate, signal) : null;
  if (purse && share === null) return null;
  const settle = (used: Used | null) => {
    if (purse && share !== null) beside(purse.settle(share, used));
  };
  const isAdmitted = limit ? await limit.admission(estimate.tokens, signal) : true;
  if (!isAdmitted || !mayGoOn()) {
    settle(null);
    return null;
  }
  held.callsUnderWay += 1;
  return {
    over({ used }) {
      settle(used);
      limit?.settle(estimate.tokens, used?.tokens ?? 0);
      held.callsUnderWay -= 1;
      held.rest();
    },
  };
}

/** The longest reply is expected, so that what is set aside is rarely too little. */
function mostUsedBy({ handle, request: { messages, maxOutputTokens } }: GatedCall): Used {
  const inputTokens = estimatePromptTokens(messages);
  const usage = { inputTokens, outputTokens: maxOutputTokens, cachedTokens: 0, estimated: true };
  return { usd: costOf(usage, 0, handle.price), tokens: inputTokens + maxOutputTokens };
}
