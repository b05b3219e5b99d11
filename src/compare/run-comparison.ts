import { expandPlan, type PlannedCell } from '../batch/expand-plan.ts';
import { openBatch } from '../batch/open-batch.ts';
import { type OpenPlan, openPlan, type PlanRequest } from '../batch/open-plan.ts';
import { cannotRun, type FaultyPlan } from '../batch/parse-plan.ts';
import type { Plan } from '../batch/plan.ts';
import {
  type BatchResult,
  openOrThrow,
  type RunBatchOptions,
  requestOf,
  runOpen,
} from '../batch/run-batch.ts';
import { failure, type Outcome, ParleyError, success } from '../debate/outcome.ts';
import type { JournalStore } from '../journal/types.ts';
import { compareArms } from './compare-arms.ts';
import type { Comparison } from './comparison.ts';
import type { ComparisonError } from './junit.ts';
import { type MeasuredCells, type MeasuringChoices, measureCells } from './measure-debate.ts';
import { leftOut } from './warnings.ts';

/** A plan and where its debates are. */
export interface StoredPlanDebates {
  plan: Plan;
  cells: Iterable<PlannedCell>;
  store: JournalStore;
  /** How many debates it has in all. */
  planned: number;
}

/** A comparison, and what it was computed from. */
export interface Compared {
  /** Verdicts and measures with their intervals, as `--json` prints them. */
  comparison: Comparison;
  /** What each debate measured. */
  measured: MeasuredCells;
  /** True where every planned debate is there and came to an end of its own. */
  isWhole: boolean;
}

/** `one-arm` where there is nothing to compare it with. */
export function needsTwoArms({ arms }: Plan): Outcome<null, 'one-arm'> {
  if (arms.length > 1) return success(null);
  return failure('one-arm', 'A comparison needs two arms; the plan has one.');
}

/** The cells of a plan whose debates are in a database: workers put them there, and nothing is run here. */
export async function openStoredPlan(
  request: PlanRequest,
): Promise<{ ok: true; value: OpenPlan & { cells: PlannedCell[]; planned: number } } | FaultyPlan> {
  const opened = await openPlan(request);
  if (!opened.ok) return opened;
  const { plan, prompts } = opened.value;
  const arms = needsTwoArms(plan);
  if (!arms.ok) return cannotRun(arms);
  const cells = [...expandPlan(plan, prompts.fingerprints)];
  const planned = cells.reduce((sum, { debates }) => sum + debates.length, 0);
  return { ok: true, value: { ...opened.value, cells, planned } };
}

/** Measures what is stored of a plan's debates and compares its arms; `no-debates` where nothing is stored. */
export async function compareStored(
  { plan, cells, store, planned }: StoredPlanDebates,
  choices: MeasuringChoices,
): Promise<Outcome<Compared, 'no-debates'>> {
  const measured = await measureCells(cells, store, choices);
  const { debates, withPeople } = measured;
  if (debates.length === 0) {
    const why =
      measured.unreadable.length === 0
        ? ''
        : ` ${measured.unreadable.map(({ message }) => message).join(' ')}`;
    const people = leftOut(withPeople).map((sentence) => ` ${sentence}`);
    return failure(
      'no-debates',
      `No debate is stored, so there is nothing to compare.${why}${people.join('')}`,
    );
  }
  const { title, aims, seed } = plan;
  const arms = plan.arms.map(({ id }) => id);
  const toCompare = planned - withPeople.length;
  const compared = compareArms({ title, arms, debates, aims, seed, planned: toCompare });
  const comparison = { ...compared, warnings: [...compared.warnings, ...leftOut(withPeople)] };
  const isWhole = debates.length === toCompare && debates.every(({ aborted }) => !aborted);
  return success({ comparison, measured, isWhole });
}

/** The debates that failed or cannot be read. */
export function comparisonErrors({ debates, unreadable }: MeasuredCells): ComparisonError[] {
  return [
    ...debates.flatMap(({ arm, debate, failed }) =>
      failed === undefined ? [] : [{ name: `${arm}: ${debate}`, message: failed }],
    ),
    ...unreadable.map(({ debate, message }) => ({ name: debate, message })),
  ];
}

/**
 * Runs what is left of a plan's debates and compares its arms. Throws a ParleyError where something given does not fit,
 * before any call is made, and where no debate could be run.
 */
export async function compare(options: RunBatchOptions): Promise<Compared & { batch: BatchResult }> {
  const open = openOrThrow(await openBatch(requestOf(options)));
  try {
    const { plan, prompts, store, estimate } = open;
    const arms = needsTwoArms(plan);
    if (!arms.ok) throw new ParleyError(arms.failure.reason, arms.failure.message);
    const batch = await runOpen(open, options);
    const cells = expandPlan(plan, prompts.fingerprints);
    const { planned } = estimate.debates;
    const compared = await compareStored({ plan, cells, store, planned }, { isReported: false });
    if (!compared.ok) throw new ParleyError(compared.failure.reason, compared.failure.message);
    return { ...compared.value, batch };
  } finally {
    await open.release();
  }
}
