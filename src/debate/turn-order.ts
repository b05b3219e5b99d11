import { type Debate, speechesOf } from './debate.ts';
import { seededRandom, shuffled } from './seeded-random.ts';

/** Who speaks next in a round: known from the order, or to be picked by a call. */
export type NextSpeaker = { type: 'known'; persona: string } | { type: 'to-pick'; candidates: string[] };

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
export interface Wish {
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
