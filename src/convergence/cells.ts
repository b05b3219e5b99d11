import type { Agenda } from '../debate/agenda.ts';
import { scale } from '../debate/agenda.ts';
import type { JudgeSample, Reading } from '../debate/readings.ts';
import type { Cell } from '../debate/verdict.ts';
import { interquartileRange, mean, median, sampleVariance } from './statistics.ts';

/** Samples that lie further apart than this (interquartile, in points) do not know where the speaker stands. */
const widestSpread = 2;

/** Share of all samples, failed ones included, that must carry a valid quote. */
const quotesNeeded = 0.5;

/**
 * Puts the judge's samples together: one cell for each speaker and issue, in the order of the cast and the agenda.
 * A cell without evidence abstains; it never scores:
 * - no-evidence: no sample read anything
 * - too-few-quotes: fewer than half of the samples carry a quote that stands in a turn of the speaker
 * - samples-disagree: the interquartile range of the positions is above 2 points
 */
export function cellsOf(
  agenda: Agenda,
  speakers: readonly string[],
  samples: readonly JudgeSample[],
): Cell[] {
  return speakers.flatMap((speaker) => agenda.map((issue) => cellOf(speaker, issue.id, samples)));
}

function cellOf(speaker: string, issue: string, samples: readonly JudgeSample[]): Cell {
  const readings = readingsOf(speaker, issue, samples);
  const abstain = (reason: Extract<Cell, { stand: 'abstain' }>['reason']): Cell => ({
    stand: 'abstain',
    speaker,
    issue,
    reason,
  });
  if (readings.length === 0)
    return abstain(wasTried(speaker, issue, samples) ? 'too-few-quotes' : 'no-evidence');
  if (readings.length < samples.length * quotesNeeded) return abstain('too-few-quotes');
  // Sorted, so that sums come out the same to the last bit whatever the order of the samples.
  const positions = readings.map((reading) => reading.position).sort((one, other) => one - other);
  const spread = interquartileRange(positions);
  if (spread > widestSpread) return abstain('samples-disagree');
  const position = median(positions);
  const { act, quote, turn } = mostTypical(readings, position);
  const why = reasonOf(readings.filter((reading) => reading.turn === turn));
  return {
    stand: 'position',
    speaker,
    issue,
    position,
    mean: Math.min(scale.high, Math.max(scale.low, mean(positions))),
    variance: sampleVariance(positions),
    spread,
    samples: readings.length,
    act,
    quote,
    turn,
    ...(why === undefined ? {} : { why }),
  };
}

/** The valid readings of one cell, at most one a sample. */
export function readingsOf(speaker: string, issue: string, samples: readonly JudgeSample[]): Reading[] {
  return samples.flatMap((sample) =>
    sample.readings.filter((reading) => reading.speaker === speaker && reading.issue === issue).slice(0, 1),
  );
}

function wasTried(speaker: string, issue: string, samples: readonly JudgeSample[]): boolean {
  return samples.some((sample) =>
    sample.rejected.some((claim) => claim.speaker === speaker && claim.issue === issue),
  );
}

/**
 * The reason that readings of one turn give, where half or more of those that were asked for it give one; of several sentences the one
 * given most often. undefined where none was asked.
 */
function reasonOf(readings: readonly Reading[]): string | null | undefined {
  const asked = readings.flatMap(({ why }) => (why === undefined ? [] : [why]));
  if (asked.length === 0) return undefined;
  const given = asked.filter((why) => why !== null).sort(compareText);
  if (given.length < asked.length / 2) return null;
  const counts = Map.groupBy(given, (why) => why);
  const [first] = [...counts].sort(([, one], [, other]) => other.length - one.length);
  return first?.[0] ?? null;
}

/** The reading nearest the median; of several the one with the latest turn. The order of the samples decides nothing. */
function mostTypical(readings: readonly Reading[], position: number): Reading {
  const [first] = [...readings].sort(
    (one, other) =>
      Math.abs(one.position - position) - Math.abs(other.position - position) ||
      other.turn - one.turn ||
      one.position - other.position ||
      compareText(one.quote, other.quote) ||
      compareText(one.act, other.act),
  );
  return first as Reading;
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
