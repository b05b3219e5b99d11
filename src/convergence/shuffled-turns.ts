import { seededRandom } from '../debate/seeded-random.ts';

/** Speeches as a judge is shown them in the control shuffled-turns, and the way back. */
export interface ShuffledTurns<Speech> {
  /** Each speaker keeps its words; the numbers of the turns go upwards again, so that they give nothing away. */
  shown: Speech[];
  /** The turn in which it was said, by the number under which it was shown. */
  heldAs(shownTurn: number): number;
  /** The number under which a turn was shown. */
  shownAs(turn: number): number;
}

/**
 * Puts speeches into an order drawn from the seed. A speech's place among those before it stays the same from reading to
 * reading, so that what moves between two readings is only where the new speeches fell.
 */
export function shuffledTurns<Speech extends { turn: number }>(
  speeches: readonly Speech[],
  seed: number,
): ShuffledTurns<Speech> {
  const keyed = speeches.map((speech) => ({
    speech,
    key: seededRandom(seed, 'shuffled-turns', speech.turn)(),
  }));
  const order = keyed
    .sort((one, other) => one.key - other.key || one.speech.turn - other.speech.turn)
    .map(({ speech }) => speech);
  const numbers = speeches.map(({ turn }) => turn).sort((one, other) => one - other);
  const shown = order.map((speech, place) => ({ ...speech, turn: numbers[place] as number }));
  const held = new Map(order.map(({ turn }, place) => [numbers[place] as number, turn]));
  const back = new Map([...held].map(([from, to]) => [to, from]));
  return {
    shown,
    heldAs: (turn) => held.get(turn) ?? turn,
    shownAs: (turn) => back.get(turn) ?? turn,
  };
}
