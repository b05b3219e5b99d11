import { type ForeignTurn, sameName } from './foreign-turns.ts';

/**
 * How turns are put into rounds, after each of which positions are read:
 * - numbered: as the transcript itself says, where every turn has a round and rounds never go back
 * - passes: a new round begins when somebody speaks again and others have spoken since
 * - a number: so many turns a round
 * - all: the whole transcript is one round
 */
export type RoundRule = 'numbered' | 'passes' | 'all' | number;

/** The round of each turn, from 1 and without gaps, and the rule that gave them. */
export function roundsOf(
  turns: readonly ForeignTurn[],
  asked: number | 'all' | null,
): { rounds: number[]; rule: RoundRule } {
  if (asked === 'all') return { rounds: turns.map(() => 1), rule: 'all' };
  if (asked !== null) return { rounds: turns.map((_, place) => Math.floor(place / asked) + 1), rule: asked };
  const given = turns.flatMap(({ round }) => round ?? []);
  const isOrdered = given.every((round, place) => round >= (given[place - 1] ?? 0));
  if (given.length === turns.length && isOrdered) {
    const known = [...new Set(given)];
    return { rounds: given.map((round) => known.indexOf(round) + 1), rule: 'numbered' };
  }
  return { rounds: passes(turns), rule: 'passes' };
}

function passes(turns: readonly ForeignTurn[]): number[] {
  let round = 1;
  let spoken = new Set<string>();
  let last = '';
  return turns.map(({ speaker }) => {
    const name = sameName(speaker);
    if (spoken.has(name) && last !== name) {
      round += 1;
      spoken = new Set();
    }
    spoken.add(name);
    last = name;
    return round;
  });
}
