import type { Debate } from '../../debate/debate.ts';
import { personaConversation } from '../persona-side.ts';
import { type ExportedDebate, promptsHash } from '../row-provenance.ts';
import type { SpeechFacts } from '../speech-facts.ts';
import { prefixOf } from './families.ts';

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
    what: '1 / (1 + breaches of the role in the speech), 0..1; unknown where no reading follows it',
    leastMargin: 0.25,
  },
  judge: {
    what: 'convergence of the principals in the verdict that closes the round of the speech, 0..1',
    leastMargin: 0.05,
  },
} as const;

export type RankingRule = keyof typeof rankingRules;

/** The score of one speech under a rule; null where the rule has nothing to go by. */
function scoreOf(rule: RankingRule, debate: Debate, speech: SpeechFacts): number | null {
  switch (rule) {
    case 'grounding':
      return speech.grounding;
    case 'movement':
      return speech.reasonedPoints;
    case 'fidelity':
      return speech.breaches === null ? null : 1 / (1 + speech.breaches);
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
  if ((breaches ?? 0) > 0 || (grounding !== null && grounding < ktoRule.badBelow)) return false;
  return grounding !== null && grounding >= ktoRule.goodFrom && misquotes === 0 && breaches === 0
    ? true
    : null;
}

interface WayOn {
  exported: ExportedDebate;
  speech: SpeechFacts;
  text: string;
  score: number;
}

export type PairMade =
  | {
      ok: true;
      /** Whose prompt it is: the first of the family. */
      from: ExportedDebate;
      persona: string;
      messages: NonNullable<ReturnType<typeof personaConversation>>['messages'];
      chosen: WayOn;
      rejected: WayOn;
      differs: string;
    }
  | { ok: false; reason: 'no-margin' | 'other-prefix' };

/**
 * One pair of a family: its best way on and its worst, so that no prompt weighs more than another. The prompt is
 * the one that the first of the family was really sent; `differs` tells where another one answered a different one.
 */
export function pairOfFamily(
  family: readonly ExportedDebate[],
  turn: number,
  rule: RankingRule,
  leastMargin: number,
): PairMade {
  const [first] = family;
  const prefix = first && prefixOf(first.debate, turn);
  const speaker = first?.debate.turns[turn - 1]?.speaker;
  if (!prefix || speaker === undefined) return { ok: false, reason: 'other-prefix' };
  const together = family.filter(({ debate }) => prefixOf(debate, turn) === prefix);
  if (together.length < 2) return { ok: false, reason: 'other-prefix' };

  const ways = together.flatMap((exported) => wayOn(exported, turn, rule) ?? []);
  const ranked = ways.sort((one, other) => other.score - one.score);
  const [chosen] = ranked;
  const rejected = ranked.at(-1);
  const conversation = personaConversation(first.set, first.debate, speaker);
  if (!chosen || !rejected || !conversation) return { ok: false, reason: 'no-margin' };
  if (chosen.score - rejected.score < leastMargin || chosen.text === rejected.text) {
    return { ok: false, reason: 'no-margin' };
  }
  const place = conversation.speeches.findIndex((speech) => speech.turn === turn);
  return {
    ok: true,
    from: first,
    persona: speaker,
    messages: conversation.messages.slice(0, 2 + 2 * place),
    chosen,
    rejected,
    differs: differenceOf(chosen.exported, rejected.exported, speaker),
  };
}

function wayOn(exported: ExportedDebate, turn: number, rule: RankingRule): WayOn | null {
  const speech = exported.speeches.find((one) => one.turn === turn);
  const said = exported.debate.turns[turn - 1];
  if (!speech || !said || said.ending !== 'complete') return null;
  const score = scoreOf(rule, exported.debate, speech);
  return score === null ? null : { exported, speech, text: said.text, score };
}

function differenceOf(one: ExportedDebate, other: ExportedDebate, persona: string): string {
  const differences: string[] = [];
  if (one.debate.started.strategy !== other.debate.started.strategy) differences.push('strategy');
  else if (promptsHash(one.debate) !== promptsHash(other.debate)) differences.push('persona-prompt');
  if (one.debate.models[persona]?.spec !== other.debate.models[persona]?.spec) differences.push('model');
  return differences.join(' ') || 'sampling';
}
