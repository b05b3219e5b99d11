import { createHash } from 'node:crypto';
import { type Debate, nameOf } from '../debate/debate.ts';
import type { ChatMessage } from '../debate/messages.ts';
import type { JudgeSample } from '../debate/verdict.ts';
import { renderReading } from '../prompts/render-moderator.ts';
import type { DebateExample, PairExample, PersonaExample, ReadingExample } from './formats/examples.ts';
import { judgeAnswer } from './judge-answer.ts';
import type { PairMade } from './pairs/pair-of-family.ts';
import { ktoLabel, type RankingRule } from './pairs/ranking.ts';
import { foldedSystem, type PersonaConversation } from './persona-conversation.ts';
import { type ExportedDebate, provenanceOf } from './provenance.ts';
import { withArticleWithheld } from './withheld-article.ts';

export interface ExampleOptions {
  foldSystem: boolean;
  notes: boolean;
}

export function personaExample(
  exported: ExportedDebate,
  conversation: PersonaConversation,
  options: ExampleOptions,
): PersonaExample {
  const { persona, speeches, verified } = conversation;
  const last = exported.speeches.findLast(({ speaker }) => speaker === persona);
  const forkedAt = exported.debate.started.forkedFrom?.turn ?? 0;
  return {
    messages: asExported(conversation.messages, exported, options),
    // What a fork took over stands in the debate it came from, and is learned from there.
    weights: speeches.map(({ turn, ending }) => (turn < forkedAt || ending !== 'complete' ? 0 : 1)),
    takenOver: speeches.filter(({ turn }) => turn < forkedAt).length,
    notes: options.notes ? speeches.map(({ notes }) => notes) : null,
    label: last ? ktoLabel(last) : null,
    provenance: provenanceOf(exported, persona, { ownTurns: speeches.length, verified }),
  };
}

export function debateExample(exported: ExportedDebate, { notes }: ExampleOptions): DebateExample {
  const { debate } = exported;
  return {
    turns: debate.turns.map((turn) => ({
      turn: turn.turn,
      round: turn.round,
      speaker: turn.speaker,
      name: nameOf(debate, turn.speaker),
      kind: turn.kind,
      text: turn.text,
      notes: notes ? turn.notes : null,
    })),
    verdicts: debate.verdicts.map(({ round, convergence }) => ({
      round,
      convergence: convergence?.principals ?? null,
      convergence_low: convergence?.interval?.low ?? null,
      convergence_high: convergence?.interval?.high ?? null,
      confidence: convergence?.confidence.level ?? 'none',
    })),
    positions: debate.verdicts.flatMap(({ round, cells }) =>
      cells.flatMap((cell) => {
        if (cell.stand === 'abstain') return [];
        const { speaker, issue, position, quote, turn } = cell;
        return [{ round, speaker, issue, position, quote, turn }];
      }),
    ),
    statement: debate.statement?.text ?? '',
    answers: debate.answers.map(({ persona, answer, reason }) => ({ persona, answer, reason })),
    provenance: provenanceOf(exported, null, { ownTurns: 0, verified: 0 }),
  };
}

/** The judge's call of one sample as it was made, with the answer that would have been right; null where there is none. */
export function readingExample(
  exported: ExportedDebate,
  before: Debate,
  sample: JudgeSample,
  promptHash: string | null,
  options: ExampleOptions,
): ReadingExample | null {
  const answer = judgeAnswer(before, sample);
  if (answer === null) return null;
  const prompt = renderReading(exported.set, before, sample);
  const isVerified = createHash('sha256').update(JSON.stringify(prompt)).digest('hex') === promptHash;
  const messages: ChatMessage[] = [...prompt, { role: 'assistant', content: answer }];
  return {
    messages: options.foldSystem ? foldedSystem(messages) : messages,
    round: before.verdicts.length + 1,
    sample: sample.sample,
    provenance: provenanceOf(exported, null, { ownTurns: 1, verified: isVerified ? 1 : 0 }),
  };
}

export function pairExample(
  pair: Extract<PairMade, { ok: true }>,
  rule: RankingRule,
  options: ExampleOptions,
): PairExample {
  const { from, persona, messages, chosen, rejected, differs } = pair;
  const speeches = messages.filter(({ role }) => role === 'assistant').length;
  return {
    prompt: asExported(messages, from, options),
    chosen: chosen.text,
    rejected: rejected.text,
    rankedBy: rule,
    chosenScore: chosen.score,
    rejectedScore: rejected.score,
    chosenDebate: chosen.exported.debate.started.debate,
    rejectedDebate: rejected.exported.debate.started.debate,
    differs,
    provenance: provenanceOf(from, persona, { ownTurns: speeches + 1, verified: 0 }),
  };
}

function asExported(
  messages: readonly ChatMessage[],
  { set, debate }: ExportedDebate,
  { foldSystem }: ExampleOptions,
): readonly ChatMessage[] {
  const shared = set.scenario.shareText ? messages : withArticleWithheld(messages, debate.started.article);
  return foldSystem ? foldedSystem(shared) : shared;
}
