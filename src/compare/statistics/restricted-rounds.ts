/** How a debate went, as far as time to convergence is concerned. */
export interface TimeToConvergence {
  converged: boolean;
  /** The round in which it converged, from 1; rounds held where it did not. */
  rounds: number;
}

/** Converged in round `within` or before. */
export function isConvergedWithin({ converged, rounds }: TimeToConvergence, within: number): boolean {
  return converged && rounds <= within;
}

/**
 * One debate's share in the restricted mean number of rounds: the round in which it converged, at most `within`;
 * `within` where it did not. The mean is the area under the curve of debates not yet converged up to that round (Royston and Parmar 2013,
 * doi:10.1186/1471-2288-13-152). A debate that ended in deadlock or was aborted is not censored: censoring
 * would suppose that it was about to converge like the others, and ending without agreement says otherwise.
 */
export function restrictedRounds(outcome: TimeToConvergence, within: number): number {
  return isConvergedWithin(outcome, within) ? outcome.rounds : within;
}

/** Share of debates converged by the end of round 0, 1, … `within`; 0..1 each, never falling. */
export function shareConvergedByRound(outcomes: readonly TimeToConvergence[], within: number): number[] {
  return Array.from({ length: within + 1 }, (_, round) => {
    const converged = outcomes.filter((outcome) => isConvergedWithin(outcome, round)).length;
    return outcomes.length === 0 ? 0 : converged / outcomes.length;
  });
}
