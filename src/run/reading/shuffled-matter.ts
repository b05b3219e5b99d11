import { shuffledTurns } from '../../convergence/shuffled-turns.ts';
import type { JudgeSample } from '../../debate/readings.ts';
import type { ReadMatter } from './read-matter.ts';

/** What the judge reads in the control shuffled-turns, and its samples with the turns as they were held. */
export function shuffledMatter(matter: ReadMatter): {
  matter: ReadMatter;
  restored(samples: readonly JudgeSample[]): JudgeSample[];
} {
  const { shown, heldAs } = shuffledTurns(matter.speeches, matter.seed);
  return {
    matter: { ...matter, speeches: shown },
    restored: (samples) =>
      samples.map((sample) => ({
        ...sample,
        readings: sample.readings.map((reading) => ({ ...reading, turn: heldAs(reading.turn) })),
      })),
  };
}
