/** What one other speaker weighs on one issue. */
export interface Influence {
  isPrincipal: boolean;
  first: number;
  position: number;
  reasons: number;
}

export interface Moment {
  opening: number;
  present: number;
  openness: number;
  isPrincipal: boolean;
  line: { min: number; max: number };
  influences: readonly Influence[];
}

/** Most points a position moves between two speeches. */
const longestStep = 1;
const ownWeight = 1.5;
const principalWeight = 2;
const weightPerReason = 0.25;
const mostReasons = 4;
const hearingPerReason = 0.2;

/**
 * One step of the Friedkin-Johnsen model of opinions ("Social influence and opinions", 1990):
 * x(t+1) = openness * (weighted mean of the positions heard, one's own among them) + (1 - openness) * opening.
 *
 * Openness is the share that one hearing can move; each further argument heard on an issue counts as a part of another
 * hearing, so that the share which has not yet given way after n hearings is (1 - openness)^n. The model is thus given
 * its time: who hears nothing new does not move.
 *
 * A speaker weighs more the more it has argued; a stand for which it says nothing is no argument, and counts by half of the
 * listener's openness (see standing.ts). Between principals the weight is doubled, and grows by one for every
 * point that the other has already come closer to one's own opening: reciprocity. The plain model would also have a
 * speaker fall back as soon as others come nearer, since their mean does; here it falls back only when somebody has gone
 * away from where it began. One speech moves a position by at
 * most one point, and red lines bound it; `isStopped` tells that they did.
 */
export function nextPosition(moment: Moment): { position: number; isStopped: boolean } {
  const { opening, present, openness, line, influences } = moment;
  if (influences.length === 0) return { position: present, isStopped: false };
  let sum = ownWeight * present;
  let weights = ownWeight;
  for (const influence of influences) {
    const weight = weightOf(influence, moment);
    sum += weight * influence.position;
    weights += weight;
  }
  const reasons = influences.reduce((total, influence) => total + influence.reasons, 0);
  const susceptibility =
    1 - (1 - openness) ** (1 + hearingPerReason * Math.max(0, reasons - influences.length));
  const target = susceptibility * (sum / weights) + (1 - susceptibility) * opening;
  const bounded = Math.min(line.max, Math.max(line.min, target));
  if (isRetreat(bounded, moment) && !influences.some((one) => wentAway(one, opening))) {
    return { position: present, isStopped: false };
  }
  const step = Math.min(longestStep, Math.max(-longestStep, bounded - present));
  const atBound =
    (present <= line.min + 0.5 && target < line.min) || (present >= line.max - 0.5 && target > line.max);
  return { position: present + step, isStopped: Math.abs(target - bounded) > 0.05 && atBound };
}

/** Back towards where the speaker began. */
function isRetreat(target: number, { opening, present }: Moment): boolean {
  return Math.abs(target - opening) < Math.abs(present - opening);
}

function wentAway(influence: Influence, opening: number): boolean {
  return Math.abs(influence.position - opening) > Math.abs(influence.first - opening) + 0.25;
}

function weightOf(influence: Influence, moment: Moment): number {
  const argued = 1 + weightPerReason * Math.min(mostReasons, influence.reasons);
  if (!moment.isPrincipal || !influence.isPrincipal) return argued;
  const cameCloser =
    Math.abs(influence.first - moment.opening) - Math.abs(influence.position - moment.opening);
  return principalWeight * argued * Math.max(0.5, 1 + cameCloser);
}
