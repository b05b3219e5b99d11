/** Ids of everything that can be jumped to. Speakers and issues are identifiers by schema, so that ids need no escaping. */
export const anchor = {
  turn: (turn: number) => `t${turn}`,
  passage: (passage: number) => `p${passage}`,
  /** The words of a turn that a position was read from. */
  quote: (turn: number, mark: number) => `t${turn}-q${mark}`,
  /** What was read of a speaker on an issue after a round. */
  reading: (speaker: string, issue: string, round: number) => `e-${speaker}--${issue}--r${round}`,
  issue: (issue: string) => `issue-${issue}`,
  speaker: (speaker: string) => `who-${speaker}`,
  verdict: (round: number) => `round-${round}`,
};
