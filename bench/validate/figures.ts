import type { Assessment } from '../../src/convergence/assess.ts';
import { principalConvergence } from '../../src/convergence/convergence-index.ts';
import { positionIn, standsOf } from '../../src/convergence/stands.ts';
import { type Case, type Kind, standsAfter } from './cases.ts';
import { auroc, mean, meanAbsoluteError, ordinalAlpha, spearman } from './metrics.ts';
import { speakers } from './transcript.ts';

/** A case with what was read of it, round by round. */
export interface Read {
  made: Case;
  assessments: Assessment[];
}

/** How well a judge reads a set of transcripts; null where nothing allows the figure. */
export interface Figures {
  transcripts: number;
  /** Share of the transcripts that got a number; the others have too little evidence, and are in no figure of the index. */
  numbered: number;
  convergentVsDivergent: number | null;
  hollowVsConvergent: number | null;
  /** The same two by the cue ratio alone. */
  cueConvergentVsDivergent: number | null;
  cueHollowVsConvergent: number | null;
  spearman: number | null;
  /** Points of the scale. */
  cellError: number | null;
  cellsRead: number;
  alpha: number | null;
  quotesValid: number | null;
  /** Share of the intervals that hold the true index, and of the transcripts that have an interval. */
  intervalHolds: number | null;
  intervals: number;
  /** Mean width of the intervals, 0..1. */
  intervalWidth: number | null;
  /** Share of the transcripts in which a detector fires, of those where it should and where it should not. */
  hollowSeen: number | null;
  hollowFalse: number | null;
  retractionSeen: number | null;
  retractionFalse: number | null;
  capitulationOneSided: number | null;
}

export function figuresOf(reads: readonly Read[]): Figures {
  const cells = reads.flatMap(cellsOf);
  const both = cells.flatMap(({ truth, read }): [number, number][] => (read === null ? [] : [[truth, read]]));
  const indexed = reads.flatMap((read): [number, number][] => {
    const value = indexOf(read);
    return value === null ? [] : [[trueIndex(read.made), value]];
  });
  const intervals = reads.flatMap((read) => {
    const interval = lastOf(read).convergence?.interval;
    return interval ? [{ truth: trueIndex(read.made), ...interval }] : [];
  });
  const of = (...kinds: Kind[]) => reads.filter(({ made }) => kinds.includes(made.kind));
  const without = (...kinds: Kind[]) => reads.filter(({ made }) => !kinds.includes(made.kind));
  const scores = (kind: Kind) => of(kind).flatMap((read) => indexOf(read) ?? []);
  const ratios = (kind: Kind) => of(kind).flatMap((read) => lastOf(read).convergence?.cues.agreeRatio ?? []);
  return {
    transcripts: reads.length,
    numbered: indexed.length / reads.length,
    convergentVsDivergent: auroc(scores('convergent'), scores('divergent')),
    hollowVsConvergent: auroc(scores('convergent'), scores('hollow')),
    cueConvergentVsDivergent: auroc(ratios('convergent'), ratios('divergent')),
    cueHollowVsConvergent: auroc(ratios('convergent'), ratios('hollow')),
    spearman: spearman(indexed),
    cellError: meanAbsoluteError(both),
    cellsRead: both.length / cells.length,
    alpha: ordinalAlpha(both),
    quotesValid: meanOrNone(reads.flatMap((read) => lastOf(read).convergence?.cues.quoteMatchRate ?? [])),
    intervalHolds: shareOf(intervals, ({ truth, low, high }) => truth >= low - 1e-6 && truth <= high + 1e-6),
    intervals: intervals.length / reads.length,
    intervalWidth: meanOrNone(intervals.map(({ low, high }) => high - low)),
    hollowSeen: shareOf(of('hollow'), isHollow),
    hollowFalse: shareOf(without('hollow', 'wrong-issue'), isHollow),
    retractionSeen: shareOf(of('retraction', 'reneging'), isRetracted),
    retractionFalse: shareOf(without('retraction', 'reneging'), isRetracted),
    capitulationOneSided: shareOf(
      of('capitulation'),
      (read) => (lastOf(read).convergence?.reciprocity ?? 1) < 0.2,
    ),
  };
}

/** The true index of a case, from the matrix that was written before its words. */
export function trueIndex(made: Case): number {
  return indexAfter(made, made.rounds.length);
}

/** The same after a round, from 1. */
export function indexAfter(made: Case, round: number): number {
  const stands = standsAfter(made, round);
  const rows = new Map(
    made.domain.agenda.map(({ id }, issue) => [
      id,
      new Map(speakers.map((speaker, principal) => [speaker, stands[principal]?.[issue] ?? 3])),
    ]),
  );
  return principalConvergence(made.domain.agenda, rows, speakers).value as number;
}

export function lastOf({ assessments }: Read): Assessment {
  return assessments.at(-1) as Assessment;
}

export function indexOf(read: Read): number | null {
  return lastOf(read).convergence?.principals ?? null;
}

function cellsOf(read: Read): { truth: number; read: number | null }[] {
  const stands = standsOf(lastOf(read).cells);
  return standsAfter(read.made, read.made.rounds.length).flatMap((row, principal) =>
    row.flatMap((truth, issue) => {
      const id = read.made.domain.agenda[issue]?.id ?? '';
      return truth === null ? [] : [{ truth, read: positionIn(stands, id, speakers[principal] ?? '') }];
    }),
  );
}

function isHollow(read: Read): boolean {
  return lastOf(read).convergence?.hollow.isHollow ?? false;
}

function isRetracted(read: Read): boolean {
  return (lastOf(read).convergence?.retractions.length ?? 0) > 0;
}

function shareOf<T>(items: readonly T[], holds: (item: T) => boolean): number | null {
  return items.length === 0 ? null : items.filter(holds).length / items.length;
}

function meanOrNone(values: readonly number[]): number | null {
  return values.length === 0 ? null : mean(values);
}
