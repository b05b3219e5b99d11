import type { Estimate } from '../run/estimate.ts';
import { judgeNamedTwice } from '../run/role-models.ts';
import type { Spent } from '../score/score-transcript.ts';
import {
  chooseJudge,
  type JudgeOptions,
  type NamedJudge,
  type ScoredTranscript,
} from '../score/score-transcripts.ts';
import { dollars } from '../text/figures.ts';
import { CommandError, need } from './complain.ts';
import { estimateInWords, usedInWords } from './spending.ts';

/** The judges that --judge names, ready to read. */
export async function namedJudge(specs: readonly string[], options: JudgeOptions): Promise<NamedJudge> {
  const twice = judgeNamedTwice(specs);
  if (twice !== null) throw new CommandError(`--judge ${twice}`);
  const judge = await chooseJudge(specs, options);
  if (!judge.ok && judge.failure.reason === 'bad-spec')
    throw new CommandError(`--judge ${judge.failure.message}`);
  return need(judge);
}

/** Who reads, and what that takes: said before anything is spent. */
export function readingOutlook(
  { spec, samples }: ScoredTranscript['judge'],
  why: string,
  estimate: Estimate,
  budget: number | null,
): string[] {
  const readings = samples === 1 ? 'one reading' : `${samples} readings`;
  const limit = budget === null ? '' : `, of at most ${dollars(budget)} (--budget)`;
  return [
    `Judge: ${spec}, ${why}: ${readings} after each round.`,
    `It takes about ${estimateInWords(estimate)}${limit}.`,
  ];
}

/** What the judge took in the end, failed attempts included. */
export function spentLine({ hasUnpriced, ...used }: Spent): string {
  const cost = `${dollars(used.costUsd)}${hasUnpriced ? ' and calls without a known price' : ''}`;
  return `Used: ${usedInWords(used)}, ${cost}.`;
}

/** A budget in dollars holds nothing where a price is unknown. */
export function needPrice({ costUsd }: Estimate, budget: number | null): void {
  if (budget === null || costUsd !== null) return;
  throw new CommandError(
    'A budget in US dollars needs a price, and none is known for the judge. Give --price INPUT,OUTPUT in US dollars per million tokens, or --budget-tokens N in place of --budget. No model was called.',
  );
}
