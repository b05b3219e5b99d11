import type { Debate } from '../../debate/debate.ts';
import type { SpeechFacts } from '../speech-facts.ts';

/** By what one way on is called better than another, and the least difference that counts. All by code, from the journal. */
export const rankingRules = {
  grounding: {
    what: 'share of what can be checked in the speech that checks out, 0..1',
    leastMargin: 0.1,
  },
  movement: {
    what: 'points of the scale given in the speech with a stated reason, less those given without one',
    leastMargin: 0.5,
  },
  fidelity: {
    what: '1 / (1 + breaches of the role in the speech), 0..1',
    leastMargin: 0.25,
  },
  judge: {
    what: 'convergence of the principals in the verdict that closes the round of the speech, 0..1',
    leastMargin: 0.05,
  },
} as const;

export type RankingRule = keyof typeof rankingRules;

/** The score of one speech under a rule; null where the rule has nothing to go by. */
export function scoreOf(rule: RankingRule, debate: Debate, speech: SpeechFacts): number | null {
  switch (rule) {
    case 'grounding':
      return speech.grounding;
    case 'movement':
      return speech.reasonedPoints;
    case 'fidelity':
      return 1 / (1 + speech.breaches);
    case 'judge': {
      const round = debate.turns[speech.turn - 1]?.round;
      const verdict = debate.verdicts.find((one) => one.round === round);
      return verdict?.convergence?.confidence.level === 'usual' ? verdict.convergence.principals : null;
    }
  }
}

/** A last speech for KTO: good where it stands on its sources and in its role, bad where it clearly does not. */
export const ktoRule = { goodFrom: 0.9, badBelow: 0.6 };

export function ktoLabel({ grounding, misquotes, breaches }: SpeechFacts): boolean | null {
  if (breaches > 0 || (grounding !== null && grounding < ktoRule.badBelow)) return false;
  return grounding !== null && grounding >= ktoRule.goodFrom && misquotes === 0 ? true : null;
}
