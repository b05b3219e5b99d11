import { type Random, seededRandom, shuffled } from '../debate/seeded-random.ts';

/** How one sample of the judge sees the debate. */
export interface JudgePlan {
  /** From 0. */
  sample: number;
  /** Speaker ids; the first is shown as Party A. */
  speakerOrder: string[];
  issueOrder: string[];
  /** True where the judge sees the scale upside down: 6 - position. */
  reversed: boolean;
}

/**
 * Plans the samples of one reading so that what the judge favours can be told from what was said.
 *
 * Speakers: one shuffled order, turned by one place a sample, so that each speaker comes first equally often
 * (a cyclic Latin square). Issues: shuffled anew for each sample. The scale: upside down in every second sample.
 * With an odd number of samples the odd one is upright in odd rounds and reversed in even ones, so that over
 * rounds both come equally often. With an even number of speakers the turning skips one place after each full
 * turn; otherwise a speaker's place and the scale's direction would always change together.
 */
export function planSamples({
  speakers,
  issues,
  samples,
  round,
  random,
}: {
  speakers: readonly string[];
  issues: readonly string[];
  samples: number;
  /** From 1. */
  round: number;
  random: Random;
}): JudgePlan[] {
  const base = shuffled(speakers, random);
  return Array.from({ length: samples }, (_, sample) => ({
    sample,
    speakerOrder: turned(base, sample + skipped(sample, base.length)),
    issueOrder: shuffled(issues, random),
    reversed: (sample + round) % 2 === 0,
  }));
}

/** The letter under which a speaker is shown: A for the first. */
export function partyLetter(plan: Pick<JudgePlan, 'speakerOrder'>, speaker: string): string {
  const place = plan.speakerOrder.indexOf(speaker);
  if (place < 0) throw new Error(`${speaker} is not in the judge's plan`);
  return String.fromCharCode(65 + place);
}

function skipped(sample: number, speakers: number): number {
  return speakers % 2 === 0 ? Math.floor(sample / speakers) : 0;
}

function turned<T>(items: readonly T[], by: number): T[] {
  const shift = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(shift), ...items.slice(0, shift)];
}

/** Speeches as a judge is shown them in the control shuffled-turns, and the way back. */
interface ShuffledTurns<Speech> {
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
