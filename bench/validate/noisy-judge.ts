import { assess } from '../../src/convergence/assess.ts';
import { issueConvergence } from '../../src/convergence/convergence-index.ts';
import type { Agenda } from '../../src/debate/agenda.ts';
import type { JudgeSample } from '../../src/debate/readings.ts';
import { type Random, seededRandom } from '../../src/debate/seeded-random.ts';
import { mean } from './metrics.ts';

/** How the true stands of the principals lie to each other. */
export const arrangements = ['together', 'near', 'mixed', 'far', 'ends'] as const;
export type Arrangement = (typeof arrangements)[number];

/** A judge that reads the true stand and a normal error, rounded to steps of the scale and cut off at its ends. */
export interface NoisyJudge {
  arrangement: Arrangement;
  principals: number;
  samples: number;
  /** Standard deviation of one reading, in points. */
  noise: number;
  /** The finest step it reads, in points. */
  step: number;
}

export interface Coverage extends NoisyJudge {
  /** Share of the intervals that hold the true C, 0..1. */
  held: number;
  /** Mean width of the intervals, 0..1. */
  width: number;
  intervals: number;
}

/** Every judge of the grid that the interval is held to. */
export function gridOfJudges(): NoisyJudge[] {
  return arrangements.flatMap((arrangement) =>
    [2, 3, 4].flatMap((principals) =>
      [3, 5, 7, 11].flatMap((samples) =>
        [0.3, 0.6, 1].flatMap((noise) =>
          [0.5, 1].map((step) => ({ arrangement, principals, samples, noise, step })),
        ),
      ),
    ),
  );
}

/** How often the interval of this judge holds the truth, over as many readings of three to five issues. */
export function coverageOf(judge: NoisyJudge, readings: number): Coverage {
  const random = seededRandom('noisy judge', ...Object.values(judge));
  const widths: number[] = [];
  let held = 0;
  for (let reading = 0; reading < readings; reading++) {
    const { truth, interval } = readOnce(judge, 3 + (reading % 3), random);
    if (interval === null) continue;
    widths.push(interval.high - interval.low);
    if (truth >= interval.low - 1e-9 && truth <= interval.high + 1e-9) held += 1;
  }
  return { ...judge, held: held / widths.length, width: mean(widths), intervals: widths.length };
}

function readOnce(judge: NoisyJudge, issues: number, random: Random) {
  const agenda = agendaOf(issues);
  const speakers = Array.from({ length: judge.principals }, (_, place) => `speaker-${place}`);
  const stands = agenda.map(() => speakers.map((_, place) => standOf(judge.arrangement, place, random)));
  const samples = Array.from(
    { length: judge.samples },
    (_, sample): JudgeSample => ({
      ...{
        sample,
        speakerOrder: speakers,
        issueOrder: agenda.map(({ id }) => id),
        reversed: sample % 2 === 0,
      },
      ...{ outcome: 'read', failure: '', rejected: [] },
      readings: agenda.flatMap(({ id }, issue) =>
        speakers.map((speaker, place) => ({
          ...{ speaker, issue: id, act: 'propose' as const, quote: 'words', turn: place + 1 },
          position: readingOf(stands[issue]?.[place] ?? 0, judge, random),
        })),
      ),
    }),
  );
  const { convergence } = assess({
    agenda,
    cast: speakers.map((id) => ({ id, principal: true, redLines: [], opening: {} })),
    turns: speakers.map((speaker, place) => ({ turn: place + 1, round: 1, speaker, text: 'words' })),
    ...{ round: 1, samples, earlier: [], repetition: null, termsOf: () => [] },
  });
  const truth = mean(stands.map((row) => issueConvergence(row) as number));
  return { truth, interval: convergence?.interval ?? null };
}

function agendaOf(issues: number): Agenda {
  return Array.from({ length: issues }, (_, place) => ({
    ...{ id: `issue-${place}`, title: '', question: '', weight: 1 / issues, passages: [] },
    anchors: { 0: '', 3: '', 6: '' },
  }));
}

function standOf(arrangement: Arrangement, place: number, random: Random): number {
  switch (arrangement) {
    case 'together':
      return 3;
    case 'near':
      return 3 + 0.5 * (place % 2);
    case 'mixed':
      return Math.floor(random() * 7);
    case 'far':
      return place % 2 === 0 ? 1 : 5;
    case 'ends':
      return place % 2 === 0 ? 0 : 6;
  }
}

function readingOf(stand: number, { noise, step }: NoisyJudge, random: Random): number {
  const read = Math.round((stand + noise * normal(random)) / step) * step;
  return Math.min(6, Math.max(0, read));
}

/** A standard normal number (Box and Muller 1958). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** What the interval is held to, in every cell of the grid. */
export const leastHeld = 0.9;

/** The table of the grid by arrangement and noise, and whether the interval holds often enough in every cell. */
export function coverageReport(readings: number): { text: string; isKept: boolean } {
  const found = gridOfJudges().map((judge) => coverageOf(judge, readings));
  const rows = arrangements.flatMap((arrangement) =>
    [...new Set(found.map(({ noise }) => noise))].map((noise) => {
      const own = found.filter((each) => each.arrangement === arrangement && each.noise === noise);
      const least = Math.min(...own.map(({ held }) => held));
      const cells = [arrangement, noise.toFixed(1), mean(own.map(({ held }) => held)).toFixed(3)];
      return [...cells, least.toFixed(3), mean(own.map(({ width }) => width)).toFixed(3)].join(' | ');
    }),
  );
  const worst = found.reduce((low, each) => (each.held < low.held ? each : low));
  const text = `# How often the 95% interval of C holds the truth

A judge that reads the true stand and a normal error, rounded to halves or whole points and kept on the scale: 2, 3 and 4 principals, 3, 5, 7
and 11 samples, ${readings} readings of 3 to 5 issues for each of ${found.length} cells. It was never validated, so that the interval holds the default error too.

| principals stand | noise, points | holds, mean | holds, least | width, mean |
|---|---|---|---|---|
${rows.map((row) => `| ${row} |`).join('\n')}

Least of all cells: ${worst.held.toFixed(3)} (${worst.arrangement}, ${worst.principals} principals, ${worst.samples} samples, noise ${worst.noise}, steps of ${worst.step}); aim ${leastHeld}: ${worst.held >= leastHeld ? 'met' : 'SHORT'}.
`;
  return { text, isKept: worst.held >= leastHeld };
}
