import { type CaucusAction, nextInCaucus } from './caucus.ts';
import { type Debate, speechesOf } from './debate.ts';
import type { EndReason } from './events.ts';
import { seededRandom, shuffled } from './seeded-random.ts';

/** Who speaks next in a round: known from the order, or to be picked by a call. */
type NextSpeaker = { type: 'known'; persona: string } | { type: 'to-pick'; candidates: string[] };

/**
 * - fixed and simultaneous: the cast's order
 * - rotating: the first speaker moves to the end of each next round
 * - shuffled: a new order each round, from the debate's seed
 * - moderator and bidding: asked for before each speech, until one candidate is left
 */
export function nextSpeaker(debate: Debate, round: number): NextSpeaker {
  const cast = debate.started.cast.map((member) => member.id);
  const spoken = new Set(speechesOf(debate, round).map((turn) => turn.speaker));
  const candidates = cast.filter((persona) => !spoken.has(persona));
  const order = debate.settings.order;
  switch (order) {
    case 'fixed':
    case 'simultaneous':
      return first(cast, spoken);
    case 'rotating':
      return first(rotated(cast, round - 1), spoken);
    case 'shuffled':
      return first(shuffled(cast, seededRandom(debate.started.seed, 'order', round)), spoken);
    case 'moderator':
    case 'bidding': {
      if (candidates.length === 1) return first(candidates, spoken);
      const picked = debate.picks.findLast((pick) => pick.round === round && !spoken.has(pick.persona));
      return picked ? { type: 'known', persona: picked.persona } : { type: 'to-pick', candidates };
    }
  }
}

/** One candidate's wish to speak, 0..10; null where its reply could not be read. */
interface Wish {
  persona: string;
  wish: number | null;
}

/** Points taken off a wish by how many turns ago the persona last spoke: 4 for the last speaker, 2, 1, then none. */
const recencyPenalty = [4, 2, 1];

/** Scores bids: the wish less a penalty for having spoken lately; ties go to the cast's order. The first is the winner. */
export function rankBids(
  debate: Debate,
  wishes: readonly Wish[],
): { persona: string; wish: number | null; score: number }[] {
  const speeches = debate.turns.filter((turn) => turn.kind === 'speech');
  const penaltyOf = (persona: string) => {
    const lastSpoke = speeches.findLastIndex((turn) => turn.speaker === persona);
    return lastSpoke < 0 ? 0 : (recencyPenalty[speeches.length - 1 - lastSpoke] ?? 0);
  };
  return wishes
    .map(({ persona, wish }) => ({ persona, wish, score: (wish ?? 0) - penaltyOf(persona) }))
    .sort((one, other) => other.score - one.score);
}

function first(order: readonly string[], spoken: ReadonlySet<string>): NextSpeaker {
  const persona = order.find((candidate) => !spoken.has(candidate));
  if (persona === undefined) throw new Error('everyone has spoken in this round');
  return { type: 'known', persona };
}

function rotated<T>(items: readonly T[], by: number): T[] {
  const shift = by % items.length;
  return [...items.slice(shift), ...items.slice(0, shift)];
}

/** What a debate needs done next. */
export type Action =
  | { type: 'open' }
  | { type: 'pick'; round: number; candidates: string[] }
  | { type: 'speak'; round: number; persona: string }
  | CaucusAction
  | { type: 'judge'; round: number }
  | { type: 'trace'; round: number }
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
  const untraced = toTrace(debate);
  if (untraced) return untraced;
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
  const inPrivate = nextInCaucus(debate, round);
  if (inPrivate) return inPrivate;
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
  if (waiting) return { type: 'answer', persona: waiting.id };
  return mayBeSigned(debate) ? { type: 'draft' } : { type: 'end', ...outcome };
}

/** A first statement that was refused in words that would let it be signed is drafted once more, and answered anew. */
function mayBeSigned({ statement, answers }: Debate): boolean {
  const isFirst = statement !== null && statement.draft === undefined;
  return isFirst && answers.some(({ answer, change }) => answer === 'refused' && change);
}

/** The round that was read last, where the facts in it were not looked for yet. */
function toTrace({ settings, verdicts, traced, started }: Debate): Action | null {
  const round = verdicts.at(-1)?.round;
  if (!settings.facts || !started.facts || round === undefined) return null;
  return traced.some((one) => one.round === round) ? null : { type: 'trace', round };
}

/** Who was not asked off the record since the last reading, in the cast's order; a model cannot answer for a person in a seat. */
function toPoll({ settings, verdicts, polls, started, turns }: Debate): Action | null {
  const round = verdicts.at(-1)?.round;
  if (!settings.poll || round === undefined) return null;
  const asked = new Set(polls.filter((poll) => poll.round === round).map(({ persona }) => persona));
  const isByPerson = (id: string) => turns.findLast(({ speaker }) => speaker === id)?.author === 'person';
  const waiting = started.cast.find(({ id }) => !asked.has(id) && !isByPerson(id));
  return waiting ? { type: 'poll', round, persona: waiting.id } : null;
}

/** A steering question repeats what the others said, or asks for terms: in these controls it would be the exchange. */
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

/** Why nothing more may be spent; null where something may. */
export function overspent({ totals, settings }: Pick<Debate, 'totals' | 'settings'>): string | null {
  const tokens = totals.inputTokens + totals.outputTokens;
  if (settings.budgetTokens !== null && tokens >= settings.budgetTokens) {
    return `The budget of ${settings.budgetTokens} tokens is used up. Resume with a larger budget to go on.`;
  }
  if (settings.budgetUsd !== null && totals.costUsd >= settings.budgetUsd) {
    return `The budget of $${settings.budgetUsd} is used up. Resume with a larger budget to go on.`;
  }
  return null;
}
