import type { Interval } from '../../convergence/statistics.ts';
import type { ReportedDebate, ReportedRound } from '../reported-debate.ts';
import { clusterInterval, clusterMean, equalPerCluster } from '../statistics/cluster-mean.ts';

/** A mean over debates after one round; 0 is the opening. */
export interface RoundPoint {
  round: number;
  mean: number;
  interval: Interval | null;
  /** Debates that have a number by then. */
  debates: number;
}

/**
 * The mean of something over rounds. A debate that has ended, or gave no number in a round, stands where it stood
 * last; a round is left out while fewer than half of the debates have a number, so that the line does not
 * show who speaks early instead of where they stand.
 */
export function roundSeries(
  debates: readonly ReportedDebate[],
  rounds: number,
  numberOf: (debate: ReportedDebate, round: number) => number | null,
): RoundPoint[] {
  const held = new Map<ReportedDebate, number>();
  const points: RoundPoint[] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const debate of debates) {
      const value = numberOf(debate, round);
      if (value !== null) held.set(debate, value);
    }
    if (held.size === 0 || held.size < debates.length / 2) continue;
    const values = [...held].map(([debate, value]) => ({ cluster: debate.measures.article, value }));
    const estimate = clusterMean(equalPerCluster(values));
    points.push({ round, mean: estimate.mean, interval: clusterInterval(estimate), debates: held.size });
  }
  return points;
}

export function convergenceAfter(debate: ReportedDebate, round: number): number | null {
  return roundOf(debate, round)?.principals ?? null;
}

/** Where a speaker stood on an issue, 0..6; at round 0 where its persona opens. */
export function positionAfter(
  debate: ReportedDebate,
  round: number,
  { speaker, issue }: { speaker: string; issue: string },
): number | null {
  if (round === 0) return debate.speakers.find((each) => each.id === speaker)?.opening[issue] ?? null;
  const read = roundOf(debate, round)?.positions;
  return read?.find((each) => each.speaker === speaker && each.issue === issue)?.position ?? null;
}

function roundOf(debate: ReportedDebate, round: number): ReportedRound | undefined {
  return debate.rounds.find((each) => each.round === round);
}
