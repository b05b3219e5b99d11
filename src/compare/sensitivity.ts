import { counted } from '../text/figures.ts';
import type { Pair } from './comparison.ts';
import type { DebateMeasures } from './debate-measures.ts';

/**
 * How much a verdict leans on aborted debates, which count as not converged: `without` is the same pair judged
 * again with those debates left out, and so without the cells they stood in. Empty where none was aborted.
 */
export function sensitivityLine(pair: Pair, debates: readonly DebateMeasures[], without: Pair): string {
  const own = debates.filter((debate) => debate.arm === pair.a || debate.arm === pair.b);
  const aborted = own.filter((debate) => debate.aborted && debate.failed === undefined);
  if (aborted.length === 0) return '';
  const countOf = (arm: string) => aborted.filter((debate) => debate.arm === arm).length;
  const were = aborted.length === 1 ? 'was aborted and counts' : 'were aborted and count';
  const start =
    `${aborted.length} of ${counted(own.length, 'debate')} ${were} as not converged ` +
    `(${pair.a} ${countOf(pair.a)}, ${pair.b} ${countOf(pair.b)}).`;
  const isSame = without.finding === pair.finding && without.winner === pair.winner;
  return isSame
    ? `${start} Without their cells the finding is the same.`
    : `${start} Without their cells the finding would be another: ${without.verdict}`;
}
