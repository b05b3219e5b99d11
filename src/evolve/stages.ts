import type { BatchState } from '../batch/batch-state.ts';
import { expandPlan, type PlannedCell } from '../batch/expand-plan.ts';
import { type BatchRequest, type OpenBatch, openBatch } from '../batch/open-batch.ts';
import type { FaultyPlan } from '../batch/parse-plan.ts';
import type { Arm, Plan } from '../batch/plan.ts';
import { measureCells } from '../compare/measure-debate.ts';
import type { DebateMeasures } from '../compare/measures.ts';
import type { Control } from '../debate/setup.ts';
import type { JournalStore } from '../journal/types.ts';
import { tokensOf } from '../run/budget.ts';
import { allRuns } from '../run/catalogue/stored-run.ts';
import { count, dollars } from '../text/figures.ts';
import { controlArm } from './admission.ts';
import type { Stop } from './types.ts';

/** Runs what is left of an open batch, failed debates with it where they are to be tried again, and says whether a person stopped it. */
export type RunStage = (
  open: OpenBatch,
  how: { retryFailed: boolean },
) => Promise<{ state: BatchState; isInterrupted: boolean }>;

export interface StagesOptions {
  /** The plan that debates are designed by; its arms, articles and budget are set for each stage. */
  request: BatchRequest;
  /** What every debate of the evolution is run with. */
  arm: Omit<Arm, 'id' | 'strategy' | 'control'>;
  controls: readonly Control[];
  /** The strategy of a strain, as a plan names it. */
  strategyOf(strain: string): string;
  /** US dollars for all debates and calls of the evolution together; null for no limit. */
  budgetUsd: number | null;
  budgetTokens: number | null;
  /** What rewriting has cost so far. */
  rewritingUsd(): number;
  rewritingTokens(): number;
  run: RunStage;
}

/** Debates of some strategies on some articles, run as a batch of their own. */
interface Measured {
  debates: DebateMeasures[];
  stop: Stop | null;
  store: JournalStore | null;
}

/** The stages of an evolution. */
export interface Stages {
  /** A debate that failed is tried once more. */
  measure(asked: StageAsked): Promise<Measured>;
  /** US dollars of all debates so far. */
  debatesUsd(): number;
}

interface StageAsked {
  strains: readonly string[];
  articles: readonly string[];
  controls: readonly Control[];
  /** What is kept for what comes later. */
  reserved: { usd: number; tokens: number };
}

/** The arms of a stage: a strategy's debates, and its debates under every control. */
export function armsOf(
  strains: readonly string[],
  { arm, controls, strategyOf }: Pick<StagesOptions, 'arm' | 'controls' | 'strategyOf'>,
): Arm[] {
  return strains.flatMap((id) => {
    const strategy = strategyOf(id);
    const own = controls.map((control) => ({ ...arm, id: controlArm(id, control), strategy, control }));
    return [{ ...arm, id, strategy }, ...own];
  });
}

/** The same plan for these arms on these articles alone. */
export function stagePlan(plan: Plan, arms: readonly Arm[], articles: readonly string[] | null): Plan {
  const { onlyArticles: _all, ...rest } = plan;
  const stage = { ...rest, arms: [...arms], count: null, aims: { ...plan.aims, against: null } };
  return articles === null ? stage : { ...stage, onlyArticles: articles };
}

/**
 * Every debate is named by what it is, so that one that was run for an earlier stage is not run again, and a stage that
 * was killed goes on. The budget counts all debates of the folder, in any stage.
 */
export async function createStages(options: StagesOptions, store: JournalStore): Promise<Stages> {
  const costs = new Map<string, number>();
  const tokens = new Map<string, number>();
  const countRuns = async () => {
    for await (const { run, ...listed } of allRuns(store)) {
      if (!listed.ok) continue;
      costs.set(run, listed.summary?.costUsd ?? 0);
      tokens.set(run, listed.summary ? tokensOf(listed.summary) : 0);
    }
  };
  await countRuns();
  const total = (isCounted: (run: string) => boolean = () => true) =>
    [...costs].reduce((sum, [run, usd]) => sum + (isCounted(run) ? usd : 0), 0);

  const open = async (
    asked: StageAsked,
    retryFailed: boolean,
  ): Promise<{ ok: true; value: OpenBatch } | FaultyPlan> => {
    const arms = armsOf(asked.strains, { ...options, controls: asked.controls });
    const redesign = (plan: Plan) => stagePlan(plan, arms, asked.articles);
    const opened = await openBatch({ ...options.request, redesign, retryFailed });
    const { budgetUsd, budgetTokens } = options;
    if (!opened.ok || (budgetUsd === null && budgetTokens === null)) return opened;
    // Debates of this stage that were run before count against its budget by themselves.
    const own = new Set(debatesOf(opened.value));
    const elsewhere = options.rewritingUsd() + total((run) => !own.has(run));
    const usd = budgetUsd === null ? null : budgetUsd - asked.reserved.usd - elsewhere;
    const tokensElsewhere = [...tokens].reduce((sum, [run, used]) => sum + (own.has(run) ? 0 : used), 0);
    const left =
      budgetTokens === null
        ? null
        : budgetTokens - asked.reserved.tokens - options.rewritingTokens() - tokensElsewhere;
    const { plan } = opened.value;
    return { ok: true, value: { ...opened.value, plan: { ...plan, budget: { usd, tokens: left } } } };
  };

  const pass = async (asked: StageAsked, retryFailed: boolean): Promise<Measured> => {
    const opened = await open(asked, retryFailed);
    if (!opened.ok) {
      return { debates: [], store: null, stop: { reason: 'failed', message: opened.failure.message } };
    }
    const { plan, prompts, store: own, left, release } = opened.value;
    try {
      const { usd, tokens } = plan.budget;
      if (left > 0 && ((usd !== null && usd <= 0) || (tokens !== null && tokens <= 0)))
        return { debates: [], store: own, stop: usedUp(options, asked.reserved.usd) };
      const stop = left === 0 ? null : stopOf(await options.run(opened.value, { retryFailed }));
      const cells = [...expandPlan(plan, prompts.fingerprints)];
      const { debates } = await measureCells(cells, own, { isReported: false });
      for (const { debate, costUsd } of debates) costs.set(debate, costUsd ?? 0);
      if (options.budgetTokens !== null) await countRuns();
      return { debates, stop, store: own };
    } finally {
      await release();
    }
  };

  const triedAgain = new Set<string>();
  return {
    debatesUsd: () => total(),
    async measure(asked) {
      const first = await pass(asked, options.request.retryFailed);
      const failed = first.debates.filter((debate) => isFailed(debate) && !triedAgain.has(debate.debate));
      // What the network did to a debate must not count against its strategy.
      for (const { debate } of failed) triedAgain.add(debate);
      const measured = first.stop || failed.length === 0 ? first : await pass(asked, true);
      return measured.stop ? measured : { ...measured, stop: mostlyFailed(measured.debates) };
    },
  };
}

function isFailed({ failed }: DebateMeasures): boolean {
  return failed !== undefined;
}

/** Where more than half fail twice, it is not a strategy that fails. */
function mostlyFailed(debates: readonly DebateMeasures[]): Stop | null {
  const failed = debates.filter(isFailed);
  if (failed.length * 2 <= debates.length) return null;
  const [first] = failed;
  return {
    reason: 'failed',
    message: `${failed.length} of ${debates.length} debates failed. The first, ${first?.debate}: ${first?.failed}`,
  };
}

function usedUp(
  { budgetUsd, budgetTokens }: Pick<StagesOptions, 'budgetUsd' | 'budgetTokens'>,
  reservedUsd: number,
): Stop {
  const kept = reservedUsd > 0 ? `, but for the ${dollars(reservedUsd)} that the claim may take` : '';
  const budget = budgetUsd === null ? `${count(budgetTokens ?? 0)} tokens` : dollars(budgetUsd);
  return { reason: 'budget', message: `The budget of ${budget} is used up${kept}.` };
}

function debatesOf({ plan, prompts }: OpenBatch): string[] {
  return [...expandPlan(plan, prompts.fingerprints)].flatMap(({ debates }: PlannedCell) =>
    debates.map(({ id }) => id),
  );
}

function stopOf({ state, isInterrupted }: Awaited<ReturnType<RunStage>>): Stop | null {
  const { stopping, isOutOfBudget, skipped } = state;
  if (isInterrupted) return { reason: 'stopped', message: 'Stopped. Everything is saved.' };
  if (stopping !== null) return { reason: isOutOfBudget ? 'budget' : 'failed', message: stopping };
  if (skipped === 0) return null;
  return { reason: 'failed', message: `${skipped} debates are being run by another process.` };
}
