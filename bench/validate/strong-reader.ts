import { assess } from '../../src/convergence/assess.ts';
import type { JudgeSample } from '../../src/debate/readings.ts';
import { type Random, seededRandom } from '../../src/debate/seeded-random.ts';
import { type Case, caseOf, kinds, standsAfter } from './cases.ts';
import { domainsOf } from './domains/all.ts';
import { trueIndex } from './figures.ts';
import { mean } from './metrics.ts';
import { speakers, transcriptOf } from './transcript.ts';

/** How a strong reader errs: chances that all its samples are off by half a point and by a whole one, and that a single sample is off by half. */
const chances = { half: 0.1, whole: 0.02, single: 0.05 };

export interface StrongReading {
  /** Share of the intervals that hold the true C, their mean width, and the mean |C read - true C|, all 0..1. */
  held: number;
  width: number;
  indexError: number;
  /** Mean error of a stand, in points. */
  cellError: number;
}

/** Reads the held-out transcripts as a strong model was measured to: C off by about 0.02 in the mean, three samples that mostly agree on their mistakes. */
export function strongReading(seeds: number): StrongReading {
  const found = domainsOf('held-out').flatMap((domain) =>
    kinds.flatMap((kind) =>
      Array.from({ length: seeds }, (_, seed) => readStrongly(caseOf(kind, domain, seed + 1))),
    ),
  );
  return {
    held: found.filter(({ isHeld }) => isHeld).length / found.length,
    width: mean(found.map(({ width }) => width)),
    indexError: mean(found.map(({ indexError }) => indexError)),
    cellError: mean(found.flatMap(({ cellErrors }) => cellErrors)),
  };
}

function readStrongly(made: Case) {
  const random = seededRandom('strong reader', made.id);
  const { agenda } = made.domain;
  const stands = standsAfter(made, made.rounds.length);
  const turns = transcriptOf(made);
  const shared = stands.map((row) =>
    row.map((stand) => (stand === null ? null : offBy(stand, mistake(random)))),
  );
  const samples = [0, 1, 2].map(
    (sample): JudgeSample => ({
      ...{
        sample,
        speakerOrder: [...speakers],
        issueOrder: agenda.map(({ id }) => id),
        reversed: sample === 1,
      },
      ...{ outcome: 'read', failure: '', rejected: [] },
      readings: speakers.flatMap((speaker, principal) =>
        agenda.flatMap(({ id: issue }, place) => {
          const read = shared[principal]?.[place] ?? null;
          if (read === null) return [];
          const position = offBy(read, random() < chances.single ? halfEitherWay(random) : 0);
          return [{ speaker, issue, position, act: 'propose' as const, quote: 'words', turn: principal + 1 }];
        }),
      ),
    }),
  );
  const { convergence } = assess({
    ...{
      agenda,
      turns,
      round: made.rounds.length,
      samples,
      earlier: [],
      repetition: null,
      termsOf: () => [],
    },
    cast: speakers.map((id) => ({ id, principal: true, redLines: [], opening: {} })),
  });
  const truth = trueIndex(made);
  const { low = 0, high = 0 } = convergence?.interval ?? {};
  return {
    isHeld: low - 1e-9 <= truth && truth <= high + 1e-9,
    width: high - low,
    indexError: Math.abs((convergence?.principals ?? truth) - truth),
    cellErrors: shared.flatMap((row, principal) =>
      row.flatMap((read, place) =>
        read === null ? [] : [Math.abs(read - (stands[principal]?.[place] ?? read))],
      ),
    ),
  };
}

function mistake(random: Random): number {
  const chance = random();
  if (chance < chances.whole) return 2 * halfEitherWay(random);
  return chance < chances.whole + chances.half ? halfEitherWay(random) : 0;
}

function halfEitherWay(random: Random): number {
  return random() < 0.5 ? 0.5 : -0.5;
}

function offBy(position: number, error: number): number {
  return Math.min(6, Math.max(0, position + error));
}

/** What the interval of such a reader comes to, in a sentence, and whether it holds 85 to 97% at a mean width of at most 0.10. */
export function strongReport(): { text: string; isKept: boolean } {
  const { held, width, indexError, cellError } = strongReading(20);
  const isKept = held >= 0.85 && held <= 0.97 && width <= 0.1;
  const text = `A strong reader on the held-out transcripts (a stand off by ${cellError.toFixed(2)} points, C by ${indexError.toFixed(3)} in the mean), never validated: ${(100 * held).toFixed(1)}% of
its intervals hold the true C (aim 85 to 97%), at a mean width of ${width.toFixed(3)} (aim 0.10): ${isKept ? 'met' : 'SHORT'}.
`;
  return { text, isKept };
}
