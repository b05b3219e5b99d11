import type { Debate } from './debate.ts';
import type { EventOf } from './events.ts';

/** Words that one principal said to another in private. */
export type CaucusTurn = EventOf<'caucus-spoken'>;

/** What a caucus needs done next. */
export type CaucusAction =
  /** The moderator decides whether two principals talk in private. */
  | { type: 'call-caucus'; round: number; pair: readonly [string, string] }
  /** One of the two speaks to the other; `part` of `parts`, from 1. */
  | { type: 'caucus'; round: number; speaker: string; to: string; part: number; parts: number }
  /** A judge reads what was offered there. */
  | { type: 'read-caucus'; round: number };

/** Turns of a caucus that the moderator may call, at most. */
export const mostCaucusTurns = 6;

/**
 * What is left of the caucus before a round; null where none is held, or it is over. There is none before the first round, where
 * nobody has argued yet, none in a control, and none once a round has begun.
 */
export function nextInCaucus(debate: Debate, round: number): CaucusAction | null {
  const { settings, started, turns, caucus, caucusCalls, caucusReadings } = debate;
  const asked = settings.caucus ?? 'off';
  if (asked === 'off' || round < 2 || started.control) return null;
  if (turns.some((turn) => turn.round === round)) return null;
  const spoken = caucus.filter((turn) => turn.round === round);
  const call = caucusCalls.find((one) => one.round === round);
  const [first] = spoken;
  const pair = call?.pair ?? (first ? ([first.speaker, first.to] as const) : caucusPair(debate, round));
  if (!pair) return null;
  if (asked === 'moderator' && !call && !first) return { type: 'call-caucus', round, pair };
  const parts = first?.parts ?? (asked === 'moderator' ? (call?.turns ?? 0) : asked);
  if (spoken.length < parts) {
    const place = spoken.length % 2;
    const [speaker, to] = [pair[place] as string, pair[1 - place] as string];
    return { type: 'caucus', round, speaker, to, part: spoken.length + 1, parts };
  }
  const isRead = caucusReadings.some((reading) => reading.round === round);
  return parts > 0 && !isRead ? { type: 'read-caucus', round } : null;
}

/**
 * Who talks in private before a round: the two principals, or of several those two whom the last reading found farthest apart. They
 * begin in turn. null where there are not two principals.
 */
function caucusPair({ started, verdicts }: Debate, round: number): [string, string] | null {
  const principals = started.cast.filter(({ principal }) => principal).map(({ id }) => id);
  const pairs = principals.flatMap((one, place) =>
    principals.slice(place + 1).map((other): [string, string] => [one, other]),
  );
  const read = verdicts.findLast(({ convergence }) => convergence !== null)?.convergence?.pairs ?? [];
  const agreement = ([one, other]: [string, string]) =>
    read.find(({ a, b }) => (a === one && b === other) || (a === other && b === one))?.agreement ?? 1;
  const [pair] = pairs.sort((one, other) => agreement(one) - agreement(other));
  if (!pair) return null;
  return round % 2 === 0 ? pair : [pair[1], pair[0]];
}
