import { maskNames } from '../convergence/mask-names.ts';
import { type JudgePlan, partyLetter } from '../convergence/sample-plan.ts';
import { shuffledTurns } from '../convergence/shuffled-turns.ts';
import type { Agenda } from '../debate/agenda.ts';
import type { ChatMessage } from '../debate/calls.ts';
import type { Debate } from '../debate/debate.ts';
import { currentRound } from '../debate/next.ts';
import type { CastMember } from '../debate/setup.ts';
import { agendaBlock, taskBlock, turnBlock } from './blocks.ts';
import { asUser } from './conversation.ts';
import { block } from './fence.ts';
import { fencedList, issueValues } from './placeholder-values.ts';
import { fillTemplate } from './template.ts';
import type { PromptSet } from './types.ts';

/** What the judge is shown: of a debate, or of a transcript that parley did not make. */
export interface ReadRecord {
  agenda: Agenda;
  cast: readonly Pick<CastMember, 'id' | 'name' | 'short'>[];
  /** Speeches so far, without the chair's. */
  speeches: readonly { turn: number; speaker: string; text: string }[];
  /** The round just held, from 1, and how many there are. */
  round: number;
  rounds: number;
}

/** Asks the judge to read positions in a debate. */
export function renderReading(set: PromptSet, debate: Debate, plan: JudgePlan): ChatMessage[] {
  const { cast, control, seed } = debate.started;
  const speeches = debate.turns.filter((turn) => turn.kind === 'speech');
  const record = {
    agenda: set.scenario.agenda,
    cast,
    speeches: control === 'shuffled-turns' ? shuffledTurns(speeches, seed).shown : speeches,
    round: currentRound(debate),
    rounds: debate.settings.rounds,
  };
  return renderReadingOf(set, record, plan);
}

/**
 * Asks the judge to read positions, as one sample of the plan sees the record: names masked, issues in the plan's
 * order, the scale upside down where the plan says so. The judge sees no article, no persona and no moderator,
 * and of each speaker only what it said in public.
 */
export function renderReadingOf(
  set: Pick<PromptSet, 'moderator'>,
  record: ReadRecord,
  plan: JudgePlan,
): ChatMessage[] {
  const { agenda, round, rounds } = record;
  const parties = plan.speakerOrder.map((speaker) => `Party ${partyLetter(plan, speaker)}`);
  const values = { ...issueValues(agenda), parties: fencedList(parties) };
  const sections = set.moderator['reading']?.sections ?? {};
  const rules = block('rules', {}, fillTemplate(sections['rules'] ?? '', values));
  const issues = plan.issueOrder.map((id) => issueOf(agenda, id));
  const task = taskBlock(
    'judge',
    { round, of: rounds, left: Math.max(0, rounds - round) },
    fillTemplate(sections['task'] ?? '', values),
  );
  return [
    { role: 'system', content: `${rules}\n${agendaBlock(issues, plan.reversed)}` },
    asUser(maskedTurns(record, plan), task),
  ];
}

function maskedTurns({ cast, speeches }: ReadRecord, plan: JudgePlan): string[] {
  const mask = maskNames(cast, plan);
  return speeches
    .filter(({ speaker }) => plan.speakerOrder.includes(speaker))
    .map(({ turn, speaker, text }) => {
      const party = `Party ${partyLetter(plan, speaker)}`;
      return turnBlock({ number: turn, speaker: party, name: party, text: mask(text).text });
    });
}

function issueOf(agenda: Agenda, id: string) {
  const issue = agenda.find((candidate) => candidate.id === id);
  if (!issue) throw new Error(`the judge's plan names "${id}", which is not on the agenda`);
  return issue;
}
