import { maskNames } from '../convergence/mask-names.ts';
import { type JudgePlan, partyLetter } from '../convergence/sample-plan.ts';
import type { Debate } from '../debate/debate.ts';
import type { ChatMessage } from '../debate/messages.ts';
import { currentRound } from '../debate/next.ts';
import { agendaBlock, taskBlock, turnBlock } from './blocks.ts';
import { block } from './fence.ts';
import { asUser } from './persona-conversation.ts';
import { issueValues, listed } from './placeholder-values.ts';
import { fillTemplate } from './template.ts';
import type { PromptSet } from './types.ts';

/**
 * Asks the judge to read positions, as one sample of the plan sees the debate: names masked, issues in the plan's
 * order, the scale upside down where the plan says so. The judge sees no article, no persona and no moderator,
 * and of each speaker only what it said in public.
 */
export function renderReading(set: PromptSet, debate: Debate, plan: JudgePlan): ChatMessage[] {
  const parties = plan.speakerOrder.map((speaker) => `Party ${partyLetter(plan, speaker)}`);
  const values = { ...issueValues(set), parties: listed(parties) };
  const sections = set.moderator['reading']?.sections ?? {};
  const rules = block('rules', {}, fillTemplate(sections['rules'] ?? '', values));
  const agenda = plan.issueOrder.map((id) => issueOf(set, id));
  const round = currentRound(debate);
  const { rounds } = debate.settings;
  const task = taskBlock(
    'judge',
    { round, of: rounds, left: Math.max(0, rounds - round) },
    fillTemplate(sections['task'] ?? '', values),
  );
  return [
    { role: 'system', content: `${rules}\n${agendaBlock(agenda, plan.reversed)}` },
    asUser(maskedTurns(debate, plan), task),
  ];
}

function maskedTurns(debate: Debate, plan: JudgePlan): string[] {
  const mask = maskNames(debate.started.cast, plan);
  return debate.turns
    .filter((turn) => turn.kind === 'speech' && plan.speakerOrder.includes(turn.speaker))
    .map((turn) => {
      const party = `Party ${partyLetter(plan, turn.speaker)}`;
      return turnBlock({ number: turn.turn, speaker: party, name: party, text: mask(turn.text).text });
    });
}

function issueOf(set: PromptSet, id: string) {
  const issue = set.scenario.agenda.find((candidate) => candidate.id === id);
  if (!issue) throw new Error(`the judge's plan names "${id}", which is not on the agenda`);
  return issue;
}
