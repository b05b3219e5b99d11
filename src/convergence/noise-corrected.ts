import type { Agenda } from '../debate/agenda.ts';
import type { Cell } from '../debate/verdict.ts';
import { isCovered, widest } from './convergence-index.ts';
import { pairsOf, weightedMean } from './stands.ts';
import { asShare, mean } from './statistics.ts';

type Stand = Extract<Cell, { stand: 'position' }>;

/**
 * The noise-corrected twin of the index, in 0..1:
 * C_rms = 1 - sqrt(max(0, mean[((m_s - m_r)^2 - (v_s / k_s + v_r / k_r)) / 36])), with the means m, the unbiased variances
 * v and the numbers k of readings in the two cells; the mean goes over pairs, then by weight over issues.
 *
 * parley's own (DESIGN.md). The correction is the usual one for the bias of a squared difference of two estimated
 * means: its expectation is the true squared difference plus both squared standard errors. So a noisy judge does not make
 * speakers look further apart than they are. With one sample the variances are 0 and nothing is corrected.
 * null where the issues on which everyone in the group stands are below 0.7 of the agenda's weight.
 */
export function noiseCorrected(
  agenda: Agenda,
  cells: readonly Cell[],
  group: readonly string[],
): number | null {
  const squares = weightedMean(agenda, (issue) => {
    const stands = cells.filter(
      (cell): cell is Stand =>
        cell.stand === 'position' && cell.issue === issue && group.includes(cell.speaker),
    );
    return stands.length < group.length || group.length < 2 ? null : meanSquare(stands);
  });
  if (squares.value === null || !isCovered(squares.coverage)) return null;
  return asShare(1 - Math.sqrt(Math.max(0, squares.value)));
}

function meanSquare(stands: readonly Stand[]): number {
  const bySpeaker = new Map(stands.map((stand) => [stand.speaker, stand]));
  return mean(
    pairsOf([...bySpeaker.keys()]).map(([a, b]) => {
      const one = bySpeaker.get(a) as Stand;
      const other = bySpeaker.get(b) as Stand;
      const noise = one.variance / one.samples + other.variance / other.samples;
      return ((one.mean - other.mean) ** 2 - noise) / widest ** 2;
    }),
  );
}
