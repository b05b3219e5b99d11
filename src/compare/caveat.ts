import { counted } from '../text/figures.ts';
import type { DebateMeasures } from './debate-measures.ts';

/** What every report and verdict says when the simulator wrote any of the debates; empty when it wrote none. */
export function simulatorCaveat(debates: readonly Pick<DebateMeasures, 'simulated'>[]): string {
  const simulated = debates.filter((debate) => debate.simulated).length;
  if (simulated === 0) return '';
  const which =
    simulated === debates.length
      ? 'The built-in simulator spoke in these debates'
      : `The built-in simulator spoke in ${simulated} of ${counted(debates.length, 'debate')}`;
  return `${which}: this tests the pipeline and tells nothing about language models.`;
}
