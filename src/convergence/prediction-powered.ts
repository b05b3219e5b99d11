import type { Agenda } from '../debate/agenda.ts';
import { issueConvergence } from './convergence-index.ts';
import { studentTQuantile } from './distributions.ts';
import { positionIn, type Stands } from './stands.ts';
import { asShare } from './statistics.ts';

/** C by the judge, corrected by what people read. */
export interface PredictionPoweredIndex {
  /** 0..1 */
  value: number;
  /** 95% interval, from the differences on the labelled issues; null where fewer than two were labelled and not all. */
  interval: { low: number; high: number } | null;
  /** Issues on which every principal's stand was labelled, of those that the judge read. */
  labelled: number;
  issues: number;
  /** Stands that people labelled. */
  labels: number;
}

/**
 * The convergence index with a few labels of people. The judge's C over all issues is corrected by the mean difference, on
 * the issues that people labelled for every principal, between C as they read it and as the judge did; weights are the
 * agenda's, over what was read. With every issue labelled it is what people read, whatever the judge said.
 *
 * This is the prediction-powered mean of Angelopoulos, Bates, Fannjiang, Jordan and Zrnic (2023), Prediction-powered
 * inference, Science 382, on a finite population: the difference estimator of Särndal, Swensson and Wretman (1992, section
 * 6.3), with its variance (1 - n/N) s² / n and Student's t for few labels.
 *
 * `people` holds labels by issue and speaker; a stand that a person found not to be one is left out of both, and so of the
 * issue. Null without a labelled issue.
 */
export function predictionPoweredIndex(
  agenda: Agenda,
  principals: readonly string[],
  judge: Stands,
  people: Stands,
): PredictionPoweredIndex | null {
  const read = agenda.flatMap(({ id, weight }) => {
    const byJudge = convergenceOn(judge, id, principals);
    return byJudge === null ? [] : [{ id, weight, byJudge, byPeople: convergenceOn(people, id, principals) }];
  });
  const total = read.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return null;
  const issues = read.map((issue) => ({ ...issue, share: issue.weight / total }));
  const labelled = issues.flatMap(({ byJudge, byPeople, share }) =>
    byPeople === null ? [] : [{ difference: byPeople - byJudge, share }],
  );
  if (labelled.length === 0) return null;
  const labelledShare = labelled.reduce((sum, { share }) => sum + share, 0);
  const correction = labelled.reduce(
    (sum, { difference, share }) => sum + (share / labelledShare) * difference,
    0,
  );
  const value = asShare(issues.reduce((sum, { share, byJudge }) => sum + share * byJudge, 0) + correction);
  const counted = { labelled: labelled.length, issues: issues.length };
  const labels = labelled.length * principals.length;
  return { value, interval: intervalOf(value, correction, labelled, issues.length), ...counted, labels };
}

function convergenceOn(stands: Stands, issue: string, principals: readonly string[]): number | null {
  const positions = principals.flatMap((speaker) => positionIn(stands, issue, speaker) ?? []);
  return positions.length === principals.length ? issueConvergence(positions) : null;
}

function intervalOf(
  value: number,
  correction: number,
  labelled: readonly { difference: number }[],
  issues: number,
): { low: number; high: number } | null {
  const count = labelled.length;
  if (count === issues) return { low: value, high: value };
  if (count < 2) return null;
  const spread =
    labelled.reduce((sum, { difference }) => sum + (difference - correction) ** 2, 0) / (count - 1);
  const error = Math.sqrt((1 - count / issues) * (spread / count));
  const reach = studentTQuantile(0.975, count - 1) * error;
  return { low: asShare(value - reach), high: asShare(value + reach) };
}
