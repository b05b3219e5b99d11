import { gapsOf, principalsOf } from '../convergence/stands.ts';
import type { ChatMessage } from '../debate/calls.ts';
import { type Debate, nameOf } from '../debate/debate.ts';
import { currentRound } from '../debate/next.ts';
import { moderatorSystem, statementBlock, taskBlock } from './blocks.ts';
import { asUser, conversationOf, followUp } from './conversation.ts';
import { fencedLine } from './fence.ts';
import { bulleted, countValues, fencedList, scenarioValues, speakerValues } from './placeholder-values.ts';
import { fillTemplate } from './template.ts';
import { timelineOf } from './timeline.ts';
import type { PromptSet } from './types.ts';

export { renderReading } from './render-reading.ts';

type Values = Parameters<typeof fillTemplate>[1];

interface ModeratorTask {
  kind: string;
  /** The file that holds it, without ending. */
  file: string;
  round: number;
  /** Rounds to come after this one. */
  left?: number;
  attributes?: Record<string, string>;
  values?: Values;
}

/** Asks the moderator to open the debate. */
export function renderOpening(set: PromptSet, debate: Debate): ChatMessage[] {
  return moderatorCall(set, debate, { kind: 'open', file: 'opening', round: 0 });
}

/** Asks the moderator for one question to the round that is about to begin. */
export function renderSteering(set: PromptSet, debate: Debate): ChatMessage[] {
  const values = { gap: gapOf(debate) };
  return moderatorCall(set, debate, { kind: 'steer', file: 'steering', round: currentRound(debate), values });
}

/** Asks the moderator which of the candidates, by id, speaks next. */
export function renderPick(set: PromptSet, debate: Debate, candidates: readonly string[]): ChatMessage[] {
  return moderatorCall(set, debate, {
    kind: 'pick',
    file: 'picking',
    round: currentRound(debate),
    attributes: { candidates: candidates.join(' ') },
    values: { candidates: fencedList(candidates) },
  });
}

/** Asks the moderator for the closing statement, or once more for one that was refused with the words that would let it be signed. */
export function renderDraft(set: PromptSet, debate: Debate): ChatMessage[] {
  if (debate.statement) {
    const changes = debate.answers.flatMap(({ persona, change }) =>
      change ? [`${nameOf(debate, persona)}: ${change}`] : [],
    );
    const values = { statement: statementBlock(debate.statement), changes: bulleted(changes) };
    return moderatorCall(set, debate, {
      kind: 'draft',
      file: 'redraft',
      round: currentRound(debate),
      left: 0,
      values,
    });
  }
  return moderatorCall(set, debate, { kind: 'draft', file: 'draft', round: currentRound(debate), left: 0 });
}

/** Asks a persona, in private, how much it wants to speak. Its next prompt does not hold this one. */
export function renderBid(set: PromptSet, debate: Debate, persona: string): ChatMessage[] {
  const { messages, unheard, moment } = conversationOf(set, debate, persona);
  const values = speakerValues(debate, persona, moment);
  const task = taskOf(set, debate, { kind: 'bid', file: 'bidding', round: moment.round, values });
  return [...messages, asUser(unheard, task)];
}

/** Asks once for JSON again after a reply that was none; `faults` say what was wrong with it. */
export function renderRepair(
  previous: readonly ChatMessage[],
  reply: string,
  faults: readonly string[],
  set: Pick<PromptSet, 'moderator'>,
): ChatMessage[] {
  const fault = faults.map(fencedLine).join(' ');
  return followUp(previous, reply, fillTemplate(set.moderator['repair']?.body ?? '', { fault }));
}

/** What is unread, then what divides the principals most by weight and distance, with the two claims farthest apart. */
function gapOf(debate: Debate): string {
  const { agenda, cast } = debate.started;
  const cells = debate.verdicts.findLast(({ convergence }) => convergence !== null)?.cells ?? [];
  const lines = gapsOf(agenda, cells, principalsOf(cast)).map((gap) => {
    if (gap.kind === 'unread') {
      const silent = gap.speakers.map((speaker) => nameOf(debate, speaker));
      return `- ${gap.title}: unread. No stand was read of ${fencedList(silent)}.`;
    }
    const claims = [gap.low, gap.high].map(
      ({ speaker, quote, turn }) => `${nameOf(debate, speaker)} [T${turn}]: "${fencedLine(quote)}"`,
    );
    return `- ${gap.title}: ${claims.join(' against ')}`;
  });
  return lines.length > 0 ? lines.join('\n') : '- Nothing was read yet.';
}

function moderatorCall(set: PromptSet, debate: Debate, task: ModeratorTask): ChatMessage[] {
  const blocks = timelineOf(debate).flatMap(({ block }) => block ?? []);
  return [moderatorSystem(set, debate), asUser(blocks, taskOf(set, debate, task))];
}

function taskOf(set: PromptSet, debate: Debate, task: ModeratorTask): string {
  const { rounds } = debate.settings;
  const { kind, file, round, left = Math.max(0, rounds - round), attributes = {} } = task;
  const values = { ...scenarioValues(set, debate), ...countValues({ round, rounds }), ...task.values };
  const text = fillTemplate(set.moderator[file]?.body ?? '', values);
  return taskBlock(kind, { round, of: rounds, left, ...attributes }, text);
}
