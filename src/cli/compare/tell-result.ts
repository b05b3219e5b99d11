import type { PlannedCell } from '../../batch/expand-plan.ts';
import type { Plan } from '../../batch/plan.ts';
import { compareArms } from '../../compare/compare-arms.ts';
import type { JournalStore } from '../../journal/types.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { complain } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { type Gates, holdToGates } from './gates.ts';
import { measureCells } from './measure-cells.ts';
import type { CompareOptions } from './read-options.ts';
import { writeComparison } from './write-comparison.ts';

/** A plan and where its debates are. */
export interface HeldPlan {
  plan: Plan;
  cells: Iterable<PlannedCell>;
  store: JournalStore;
  /** How many debates it has in all. */
  planned: number;
}

/** Compares what is stored of a plan's debates, prints and writes it, and holds it to its gates; the exit code. */
export async function tellResult(
  { plan, cells, store, planned }: HeldPlan,
  {
    asked,
    gates,
    tellMissing = () => {},
  }: { asked: CompareOptions; gates: Gates; tellMissing?(stored: number): void },
  environment: Environment,
): Promise<number> {
  const measured = await measureCells(cells, store, { isReported: asked.files.html !== null });
  tell(environment, measured.unreadable);
  const { debates } = measured;
  tellMissing(debates.length);
  if (debates.length === 0)
    return complain(environment, 'no debate was held, so there is nothing to compare.');
  const { title, aims, seed } = plan;
  const arms = plan.arms.map(({ id }) => id);
  const result = compareArms({ title, arms, debates, aims, seed, planned });
  const held = holdToGates(result, gates);
  const written = await writeComparison({ result, measured, gates: held }, asked, environment);
  if (!written.ok) return complain(environment, written.failure.message);
  const failures = held.failures.map((line) => `Failed: ${line}`);
  tell(environment, [...held.notes, ...failures]);
  if (failures.length > 0) return exitCode.threshold;
  const isWhole = debates.length === planned && debates.every(({ aborted }) => !aborted);
  return isWhole ? exitCode.done : exitCode.incomplete;
}

export function tell({ stderr }: Environment, lines: readonly string[]): void {
  for (const line of lines) stderr.write(`${sanitizeLine(line)}\n`);
}
