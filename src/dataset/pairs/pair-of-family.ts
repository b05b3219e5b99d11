import { personaConversation } from '../persona-conversation.ts';
import { type ExportedDebate, promptsHash } from '../provenance.ts';
import type { SpeechFacts } from '../speech-facts.ts';
import { prefixOf } from './families.ts';
import { type RankingRule, scoreOf } from './ranking.ts';

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
