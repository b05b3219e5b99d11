import type { Debate } from '../../debate/debate.ts';
import { type PersonaConversation, personaConversations, wholeFrom } from '../persona-side.ts';
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
  persuasion: {
    what: 'points of the scale by which the reasons of the speech moved others towards its stand; unknown where parley why was not asked',
    leastMargin: 0.5,
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
    case 'persuasion':
      return speech.persuasion;
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

/** Two ways on from one prefix, of which a rule calls one better. */
export interface Pair {
  /** Whose prompt it is: the one that the chosen speech answered. */
  from: ExportedDebate;
  persona: string;
  messages: PersonaConversation['messages'];
  chosen: WayOn;
  rejected: WayOn;
  differs: string;
  /** True where both speeches answered this very prompt. */
  isShared: boolean;
  /** True where it was rendered again to the hash in the journal. */
  isVerified: boolean;
}

/** Why a family, or a part of it, gives no pair under a rule. */
export const noPairNames = {
  'left-out': 'families of which fewer than two debates are kept (see what was left out)',
  'other-prefix': 'forks that do not share the prefix they name',
  'one-way': 'families with fewer than two whole speeches at the forked turn',
  'no-score': 'families of which the rule can score fewer than two speeches',
  'no-margin': 'families whose speeches the rule does not rank far enough apart',
} as const;

export type NoPair = keyof typeof noPairNames;

/**
 * All pairs of a family that a rule ranks far enough apart. Two speeches after one and the same prompt are paired first; where
 * a family has none of those (each way on has a strategy of its own), the prompt is the one that the chosen speech answered:
 * a trainer then learns to answer it as that strategy does, and not as the other.
 */
export function pairsOfFamily(
  family: readonly ExportedDebate[],
  turn: number,
  rule: RankingRule,
  leastMargin: number,
): Pair[] | NoPair {
  if (family.length < 2) return 'left-out';
  const [first] = family;
  const prefix = first && prefixOf(first.debate, turn);
  const speaker = first?.debate.turns[turn - 1]?.speaker;
  if (!prefix || speaker === undefined) return 'other-prefix';
  const together = family.filter(({ debate }) => prefixOf(debate, turn) === prefix);
  if (together.length < 2) return 'other-prefix';
  const whole = together.filter(({ debate }) => debate.turns[turn - 1]?.ending === 'complete');
  if (new Set(whole.map(({ debate }) => debate.turns[turn - 1]?.text)).size < 2) return 'one-way';
  const ways = whole.flatMap((exported) => wayOn(exported, turn, rule) ?? []);
  if (ways.length < 2) return 'no-score';
  const ranked = ways.sort((one, other) => other.score - one.score);
  const all = ranked.flatMap((chosen, place) =>
    ranked
      .slice(place + 1)
      .filter((rejected) => chosen.score - rejected.score >= leastMargin && chosen.text !== rejected.text)
      .map((rejected) => ({
        chosen,
        rejected,
        isShared: promptHashOf(chosen, turn) === promptHashOf(rejected, turn),
      })),
  );
  const shared = all.filter(({ isShared }) => isShared);
  const chosen = shared.length > 0 ? shared : all;
  if (chosen.length === 0) return 'no-margin';
  const conversations = new Map<ExportedDebate, PersonaConversation[]>();
  const pairs = chosen.flatMap((pair) => {
    const from = pair.chosen.exported;
    const all = conversations.get(from) ?? personaConversations(from.set, from.debate, speaker);
    conversations.set(from, all);
    const conversation = all.find(({ fullFrom }) => fullFrom === wholeFrom(from.debate.turns[turn - 1]));
    const place =
      conversation?.speeches.findIndex((speech) => speech.type === 'turn-ended' && speech.turn === turn) ??
      -1;
    if (!conversation || place < 0) return [];
    return {
      ...pair,
      from,
      persona: speaker,
      messages: conversation.messages.slice(0, 2 + 2 * place),
      differs: differenceOf(pair.chosen.exported, pair.rejected.exported, speaker),
      isVerified: conversation.verified[place] ?? false,
    };
  });
  return distinctPairs(pairs);
}

/** The same two speeches are one pair, however many forks said them. */
function distinctPairs(pairs: readonly Pair[]): Pair[] {
  return [
    ...new Map(pairs.map((pair) => [`${pair.chosen.text}\n\u0000${pair.rejected.text}`, pair])).values(),
  ];
}

function promptHashOf({ exported }: WayOn, turn: number): string {
  return exported.debate.turns[turn - 1]?.promptHash ?? '';
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
