import { type Debate, speechesOf } from './debate.ts';
import type { EndReason } from './events.ts';
import { nextSpeaker } from './turn-order.ts';

/** What a debate needs done next. */
export type Action =
  | { type: 'open' }
  | { type: 'pick'; round: number; candidates: string[] }
  | { type: 'speak'; round: number; persona: string }
  | { type: 'judge'; round: number }
  | { type: 'poll'; round: number; persona: string }
  | { type: 'steer'; round: number }
  | { type: 'draft' }
  | { type: 'answer'; persona: string }
  | { type: 'end'; reason: EndReason; detail: string }
  | { type: 'nothing' };

/** Decides the next action from the events alone: the same journal always goes on in the same way. */
export function next(debate: Debate): Action {
  if (debate.ended) return { type: 'nothing' };
  const spent = overspent(debate);
  if (spent) return { type: 'end', reason: 'budget', detail: spent };
  if (debate.turns.length === 0) return { type: 'open' };
  const unasked = toPoll(debate);
  if (unasked) return unasked;
  const outcome = outcomeOf(debate);
  return outcome ? closing(debate, outcome) : inRound(debate);
}

/** The round under way, from 1; the last one once all are done. */
export function currentRound(debate: Debate): number {
  const judged = debate.verdicts.length;
  return Math.min(judged + 1, debate.settings.rounds);
}

function inRound(debate: Debate): Action {
  const round = currentRound(debate);
  const steered = debate.turns.some((turn) => turn.kind === 'steering' && turn.round === round);
  if (round > 1 && !steered && isSteered(debate)) return { type: 'steer', round };
  const spoken = speechesOf(debate, round).length;
  if (spoken === debate.started.cast.length) return { type: 'judge', round };
  const speaker = nextSpeaker(debate, round);
  return speaker.type === 'known'
    ? { type: 'speak', round, persona: speaker.persona }
    : { type: 'pick', round, candidates: speaker.candidates };
}

function closing(debate: Debate, outcome: { reason: EndReason; detail: string }): Action {
  if (debate.started.control) return { type: 'end', ...outcome };
  if (!debate.statement) return { type: 'draft' };
  const answered = new Set(debate.answers.map((answer) => answer.persona));
  const waiting = debate.started.cast.find((member) => member.principal && !answered.has(member.id));
  return waiting ? { type: 'answer', persona: waiting.id } : { type: 'end', ...outcome };
}

/** Whoever has not yet been asked off the record since the last reading, in the cast's order. */
function toPoll({ settings, verdicts, polls, started }: Debate): Action | null {
  const round = verdicts.at(-1)?.round;
  if (!settings.poll || round === undefined) return null;
  const asked = new Set(polls.filter((poll) => poll.round === round).map(({ persona }) => persona));
  const waiting = started.cast.find(({ id }) => !asked.has(id));
  return waiting ? { type: 'poll', round, persona: waiting.id } : null;
}

/** A steering question tells of what the others said, or asks for terms: in these controls it would be the exchange. */
function isSteered({ started }: Debate): boolean {
  return started.control !== 'no-debate' && started.control !== 'neutral';
}

function outcomeOf(debate: Debate): { reason: EndReason; detail: string } | null {
  const verdict = debate.verdicts.at(-1);
  if (!verdict) return null;
  if (verdict.advice.stop && debate.settings.stopEarly) {
    return { reason: verdict.advice.stop, detail: verdict.advice.why };
  }
  if (debate.verdicts.length < debate.settings.rounds) return null;
  const { rounds } = debate.settings;
  return {
    reason: 'round-limit',
    detail:
      rounds === 1
        ? 'Its one round was held.'
        : rounds === 2
          ? 'Both rounds were held.'
          : `All ${rounds} rounds were held.`,
  };
}

function overspent({ totals, settings }: Debate): string | null {
  const tokens = totals.inputTokens + totals.outputTokens;
  if (settings.budgetTokens !== null && tokens >= settings.budgetTokens) {
    return `The budget of ${settings.budgetTokens} tokens is used up. Resume with a larger --budget-tokens to go on.`;
  }
  if (settings.budgetUsd !== null && totals.costUsd >= settings.budgetUsd) {
    return `The budget of $${settings.budgetUsd} is used up. Resume with a larger --budget to go on.`;
  }
  return null;
}
