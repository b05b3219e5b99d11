import type { Interval } from '../../convergence/statistics.ts';
import { html, type Markup, type Piece } from '../../html/markup.ts';
import { decimal, percent } from '../../text/figures.ts';
import type { Comparison } from '../comparison.ts';
import { shareConvergedByRound } from '../measures.ts';
import type { ReportedDebate, ReportedRound } from '../reported-debate.ts';
import { clusterInterval, clusterMean, equalPerCluster } from '../statistics/cluster-mean.ts';
import {
  axisBelow,
  axisLeft,
  colour,
  dash,
  drawing,
  figure,
  figureTable,
  legend,
  mark,
  type PlotScale,
  plotScale,
} from './figure.ts';

const size = { width: 560, height: 290 };
const area = { left: 40, right: 546, top: 12, bottom: 250 };

/** C over rounds, a line an arm, with the interval over articles. */
export function convergencePlot(
  result: Comparison,
  debates: readonly ReportedDebate[],
  rounds: number,
): Markup {
  const series = result.arms.map(({ arm }) => ({
    arm,
    points: roundSeries(ofArm(debates, arm), rounds, convergenceAfter),
  }));
  return figure({
    id: 'over-rounds',
    title: 'Convergence over rounds',
    level: 3,
    caption:
      'Mean of C over articles after each round, with 95% intervals. A debate that has ended stands at its last value; rounds in which fewer than half of an arm’s debates have a number are left out. A high value is not better: capitulation converges too.',
    plot: html`${legend(series.map(({ arm }) => arm))}${lines('C over rounds, by arm', series, rounds, pointLine)}`,
    table: pointsTable(series, rounds, decimal),
  });
}

/** Share of debates that have converged, round by round; null where none has. */
export function convergedPlot(
  result: Comparison,
  debates: readonly ReportedDebate[],
  rounds: number,
): Markup | null {
  const series = result.arms.map(({ arm }) => {
    const outcomes = ofArm(debates, arm).map(({ measures }) => ({
      converged: measures.converged && !measures.aborted,
      rounds: measures.rounds,
    }));
    const shares = shareConvergedByRound(outcomes, rounds);
    return {
      arm,
      points: shares.map((mean, round) => ({ round, mean, interval: null, debates: outcomes.length })),
    };
  });
  if (series.every(({ points }) => points.every((point) => point.mean === 0))) return null;
  return figure({
    id: 'converged-by-round',
    title: 'Debates converged by round',
    level: 3,
    caption:
      'Share of debates that had converged by the end of each round. The area above a line is the arm’s mean number of rounds, cut off at the last one.',
    plot: html`${legend(series.map(({ arm }) => arm))}${lines('Share of debates converged, by arm', series, rounds, stepLine)}`,
    table: pointsTable(series, rounds, percent),
  });
}

interface Series {
  arm: string;
  points: RoundPoint[];
}

function lines(label: string, series: readonly Series[], rounds: number, line: typeof pointLine): Markup {
  const x = plotScale({ from: 0, to: rounds }, { start: area.left, end: area.right }, Math.min(rounds, 12));
  const y = plotScale({ from: 0, to: 1 }, { start: area.bottom, end: area.top });
  const whole = { ...x, ticks: x.ticks.filter((tick) => Number.isInteger(tick)) };
  return drawing(size, label, [
    axisLeft(y, area, (tick) => tick.toFixed(1)),
    axisBelow(whole, area, String),
    html`<text class="tick" x="${area.right}" y="${area.bottom + 32}" text-anchor="end">after round</text>`,
    series.map(({ points }, index) => line(points, { index, of: series.length }, x, y)),
  ]);
}

/** A share that holds until the next round: steps, so that the area above them is what the caption says. */
function stepLine(
  points: readonly RoundPoint[],
  { index }: { index: number },
  x: PlotScale,
  y: PlotScale,
): Piece {
  const path = points
    .map(({ round, mean }, place) =>
      place === 0 ? `M${x.at(round)} ${y.at(mean)}` : `H${x.at(round)}V${y.at(mean)}`,
    )
    .join('');
  const last = points.at(-1);
  const end = last && mark(index, x.at(last.round), y.at(last.mean));
  return html`<g class="${colour(index)}"><path class="line" stroke-dasharray="${dash(index)}" d="${path}"/><g class="point">${end ?? null}</g></g>`;
}

function pointLine(
  points: readonly RoundPoint[],
  place: { index: number; of: number },
  x: PlotScale,
  y: PlotScale,
): Piece {
  // Intervals of several arms after the same round stand beside each other.
  const aside = (place.index - (place.of - 1) / 2) * 5;
  const at = ({ round, mean }: RoundPoint) => `${x.at(round) + aside} ${y.at(mean)}`;
  const whiskers = points.map(
    ({ round, interval }) =>
      interval &&
      html`<path class="whisker" d="M${x.at(round) + aside} ${y.at(Math.max(0, interval.low))}V${y.at(Math.min(1, interval.high))}"/>`,
  );
  const path = points.map((point, index) => `${index === 0 ? 'M' : 'L'}${at(point)}`).join('');
  const marks = points.map(({ round, mean }) => mark(place.index, x.at(round) + aside, y.at(mean)));
  return html`<g class="${colour(place.index)}">${whiskers}<path class="line" stroke-dasharray="${dash(place.index)}" d="${path}"/><g class="point">${marks}</g></g>`;
}

function pointsTable(series: readonly Series[], rounds: number, inWords: (value: number) => string): Markup {
  const cell = ({ points }: Series, round: number) =>
    told(
      points.find((point) => point.round === round),
      inWords,
    );
  return figureTable(
    'Mean after each round',
    ['round', ...series.map(({ arm }) => arm)],
    Array.from({ length: rounds + 1 }, (_, round) => [round, ...series.map((each) => cell(each, round))]),
  );
}

function told(point: RoundPoint | undefined, inWords: (value: number) => string): string {
  if (!point) return 'no number';
  const { mean, interval } = point;
  return interval
    ? `${inWords(mean)} (${inWords(interval.low)} to ${inWords(interval.high)})`
    : inWords(mean);
}

function ofArm(debates: readonly ReportedDebate[], arm: string): ReportedDebate[] {
  return debates.filter((debate) => debate.measures.arm === arm);
}

/** A mean over debates after one round; 0 is the opening. */
export interface RoundPoint {
  round: number;
  mean: number;
  interval: Interval | null;
  /** Debates that have a number by then. */
  debates: number;
}

/**
 * The mean of something over rounds. A debate that has ended, or gave no number in a round, stands where it stood
 * last; a round is left out while fewer than half of the debates have a number, so that the line does not
 * show who speaks early instead of where they stand.
 */
export function roundSeries(
  debates: readonly ReportedDebate[],
  rounds: number,
  numberOf: (debate: ReportedDebate, round: number) => number | null,
): RoundPoint[] {
  const held = new Map<ReportedDebate, number>();
  const points: RoundPoint[] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const debate of debates) {
      const value = numberOf(debate, round);
      if (value !== null) held.set(debate, value);
    }
    if (held.size === 0 || held.size < debates.length / 2) continue;
    const values = [...held].map(([debate, value]) => ({ cluster: debate.measures.article, value }));
    const estimate = clusterMean(equalPerCluster(values));
    points.push({ round, mean: estimate.mean, interval: clusterInterval(estimate), debates: held.size });
  }
  return points;
}

export function convergenceAfter(debate: ReportedDebate, round: number): number | null {
  return roundOf(debate, round)?.principals ?? null;
}

/** Where a speaker stood on an issue, 0..6; at round 0 where its persona opens. */
export function positionAfter(
  debate: ReportedDebate,
  round: number,
  { speaker, issue }: { speaker: string; issue: string },
): number | null {
  if (round === 0) return debate.speakers.find((each) => each.id === speaker)?.opening[issue] ?? null;
  const read = roundOf(debate, round)?.positions;
  return read?.find((each) => each.speaker === speaker && each.issue === issue)?.position ?? null;
}

function roundOf(debate: ReportedDebate, round: number): ReportedRound | undefined {
  return debate.rounds.find((each) => each.round === round);
}
