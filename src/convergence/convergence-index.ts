import { type Agenda, scale } from '../debate/agenda.ts';
import type { Cell } from '../debate/verdict.ts';
import { pairsOf, positionIn, type Stands, weightedMean } from './stands.ts';
import { asShare, mean, populationVariance } from './statistics.ts';

/** Share of the agenda's weight that must be read before there is a number. */
const coverageNeeded = 0.7;

/** The widest distance two positions can have, in points. */
export const widest = scale.high - scale.low;

/** Sums of weights such as 0.28 + 0.07 + 0.29 + 0.06 fall a hair short of 0.7. */
export function isCovered(coverage: number): boolean {
  return coverage >= coverageNeeded - 1e-9;
}

/** The convergence of a group over the agenda. */
export interface GroupConvergence {
  /** C, 0..1; null where coverage is below 0.7. */
  value: number | null;
  /** C of the least converged issue that was read; null where there is no C. */
  min: number | null;
  /** Share of the agenda's weight that was read, 0..1. */
  coverage: number;
  byIssue: ReadonlyMap<string, number | null>;
}

/**
 * Convergence on one issue: C_i = 1 - mean over pairs |x_s - x_r| / 6, in 0..1; null for fewer than two positions.
 * parley's own index (DESIGN.md); the mean distance over pairs is Gini's mean difference (Gini 1912) on the
 * bounded scale. Two speakers reach 0; more cannot: four, split two and two at the ends, have 1/3.
 */
export function issueConvergence(positions: readonly number[]): number | null {
  if (positions.length < 2) return null;
  const gaps = positions.flatMap((one, place) =>
    positions.slice(place + 1).map((other) => Math.abs(one - other)),
  );
  return asShare(1 - mean(gaps) / widest);
}

/**
 * Polarisation of one issue: Var / 9, in 0..1, with the population variance, whose largest value on 0..6 is 9: half at
 * each end. null for fewer than two positions. The variance is the "dispersion" among the senses of polarisation in
 * DiMaggio, Evans and Bryson (1996) and Bramson et al. (2017); unlike the measure of Esteban and Ray (1994) it does not
 * tell two camps from an even spread of the same variance.
 */
export function polarisation(positions: readonly number[]): number | null {
  return positions.length < 2 ? null : asShare(populationVariance(positions) / (widest / 2) ** 2);
}

/**
 * C of the principals: sum of w_i C_i over the issues on which every one of them took a stand, divided by
 * these issues' weight. Coverage is that weight's share of the agenda.
 */
export function principalConvergence(
  agenda: Agenda,
  stands: Stands,
  principals: readonly string[],
): GroupConvergence {
  const byIssue = byIssueOf(agenda, stands, principals, principals.length);
  const convergenceOn = (issue: string) => byIssue.get(issue) ?? null;
  const { value, coverage } = weightedMean(agenda, convergenceOn);
  return groupOf(agenda, byIssue, value, coverage);
}

/**
 * C of everyone: as for the principals, but an issue counts as soon as two have a stand on it. Coverage is the share of
 * the speakers who have one, weighted over issues, so that many silent observers give no number.
 */
export function overallConvergence(
  agenda: Agenda,
  stands: Stands,
  speakers: readonly string[],
): GroupConvergence {
  const byIssue = byIssueOf(agenda, stands, speakers, 2);
  const { value } = weightedMean(agenda, (issue) => byIssue.get(issue) ?? null);
  const shareStanding = (issue: string) => {
    const standing = positionsOf(stands, issue, speakers).length;
    return standing < 2 ? 0 : standing / speakers.length;
  };
  return groupOf(agenda, byIssue, value, weightedMean(agenda, shareStanding).value ?? 0);
}

/**
 * How far two speakers agree: 1 - |x_s - x_r| / 6, weighted over the issues on which both stand; null where these
 * are below 0.7 of the agenda's weight. Symmetric.
 */
export function pairAgreement(agenda: Agenda, stands: Stands, a: string, b: string): number | null {
  return principalConvergence(agenda, stands, [a, b]).value;
}

export function pairMatrix(
  agenda: Agenda,
  stands: Stands,
  speakers: readonly string[],
): { a: string; b: string; agreement: number | null }[] {
  return pairsOf(speakers).map(([a, b]) => ({ a, b, agreement: pairAgreement(agenda, stands, a, b) }));
}

export function positionsOf(stands: Stands, issue: string, speakers: readonly string[]): number[] {
  return speakers.flatMap((speaker) => positionIn(stands, issue, speaker) ?? []);
}

function byIssueOf(
  agenda: Agenda,
  stands: Stands,
  group: readonly string[],
  needed: number,
): Map<string, number | null> {
  return new Map(
    agenda.map(({ id }) => {
      const positions = positionsOf(stands, id, group);
      return [id, positions.length < needed ? null : issueConvergence(positions)];
    }),
  );
}

function groupOf(
  agenda: Agenda,
  byIssue: ReadonlyMap<string, number | null>,
  value: number | null,
  coverage: number,
): GroupConvergence {
  const isEnough = isCovered(coverage);
  const read = agenda.flatMap(({ id, weight }) => (weight > 0 ? (byIssue.get(id) ?? []) : []));
  return {
    value: value !== null && isEnough ? asShare(value) : null,
    min: isEnough && read.length > 0 ? Math.min(...read) : null,
    coverage: asShare(coverage),
    byIssue,
  };
}

type Stand = Extract<Cell, { stand: 'position' }>;

/**
 * The noise-corrected twin of the index, in 0..1:
 * C_rms = 1 - sqrt(max(0, mean[((m_s - m_r)^2 - (v_s / k_s + v_r / k_r)) / 36])), with the means m, the unbiased variances
 * v and the numbers k of readings in the two cells; the mean goes over pairs, then by weight over issues.
 *
 * parley's own (DESIGN.md). The correction is the usual one for the bias of a squared difference of two estimated
 * means: its expectation is the true squared difference plus both squared standard errors. So a noisy judge does not make
 * speakers look further apart than they are. With one sample the variances are 0 and nothing is corrected.
 * null where the issues on which everyone in the group stands are below 0.7 of the agenda's weight.
 */
export function noiseCorrected(
  agenda: Agenda,
  cells: readonly Cell[],
  group: readonly string[],
): number | null {
  const squares = weightedMean(agenda, (issue) => {
    const stands = cells.filter(
      (cell): cell is Stand =>
        cell.stand === 'position' && cell.issue === issue && group.includes(cell.speaker),
    );
    return stands.length < group.length || group.length < 2 ? null : meanSquare(stands);
  });
  if (squares.value === null || !isCovered(squares.coverage)) return null;
  return asShare(1 - Math.sqrt(Math.max(0, squares.value)));
}

function meanSquare(stands: readonly Stand[]): number {
  const bySpeaker = new Map(stands.map((stand) => [stand.speaker, stand]));
  return mean(
    pairsOf([...bySpeaker.keys()]).map(([a, b]) => {
      const one = bySpeaker.get(a) as Stand;
      const other = bySpeaker.get(b) as Stand;
      const noise = one.variance / one.samples + other.variance / other.samples;
      return ((one.mean - other.mean) ** 2 - noise) / widest ** 2;
    }),
  );
}
