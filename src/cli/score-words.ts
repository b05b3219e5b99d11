import type { Estimate } from '../run/estimate.ts';
import type { Spent } from '../score/score-transcript.ts';
import type { ScoredTranscript } from '../score/score-transcripts.ts';
import { count, dollars } from '../text/figures.ts';

/** Who reads, and what that takes: said before anything is spent. */
export function readingOutlook(
  named: ScoredTranscript['judge'],
  why: string,
  estimate: Estimate,
  budget: number | null,
): string[] {
  const readings = named.samples === 1 ? 'one reading' : `${named.samples} readings`;
  const { calls, inputTokens, outputTokens, costUsd } = estimate;
  const cost =
    costUsd === null ? 'an unknown cost (give --price)' : `${dollars(costUsd)} before cache discounts`;
  const limit = budget === null ? '' : `, of at most ${dollars(budget)} (--budget)`;
  return [
    `Judge: ${named.spec}, ${why}: ${readings} after each round.`,
    `It takes about ${several(calls, 'call')}, ${count(inputTokens)} tokens in and ${count(outputTokens)} out, ${cost}${limit}.`,
  ];
}

/** What the judge took in the end, failed attempts included. */
export function spentLine({ calls, inputTokens, outputTokens, costUsd, hasUnpriced }: Spent): string {
  const cost = hasUnpriced ? `${dollars(costUsd)} and calls without a known price` : dollars(costUsd);
  return `Used: ${several(calls, 'call')}, ${count(inputTokens)} tokens in and ${count(outputTokens)} out, ${cost}.`;
}

function several(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}
