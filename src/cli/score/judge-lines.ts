import type { Estimate } from '../../run/estimate.ts';
import { estimateScore } from '../../score/estimate-score.ts';
import type { Scorable, ScoreJudge, Spent } from '../../score/score-transcript.ts';
import { count, dollars } from '../../text/figures.ts';
import type { ScoreOptions } from './options.ts';

/** What is told before anybody is asked: first who judges and why, then what a model will take. */
export interface Outlook {
  lines: string[];
  /** Why nobody may be asked; null where somebody may. */
  refusal: string | null;
}

export async function outlookOf(
  transcripts: readonly Scorable[],
  { judge, named }: { judge: ScoreJudge; named: { kind: string; spec?: string } },
  options: Pick<ScoreOptions, 'judge' | 'budget' | 'judgeSamples'>,
): Promise<Outlook> {
  if (judge.kind === 'lexical') {
    const why = options.judge === null ? 'since --judge names no other' : 'as asked with --judge';
    return {
      lines: [`Judge: lexical, ${why}: no model, no cost, a rough baseline.`],
      refusal: null,
    };
  }
  const estimate = await estimateScore(transcripts, judge);
  const readings = judge.samples === 1 ? 'one reading' : `${judge.samples} readings`;
  return {
    lines: [
      `Judge: ${named.spec}, as asked with --judge: ${readings} after each round.`,
      `It takes ${estimateInWords(estimate, options.budget)}.`,
    ],
    refusal: overBudget(estimate, options.budget),
  };
}

function estimateInWords(estimate: Estimate, budget: number | null): string {
  const { calls, inputTokens, outputTokens, costUsd } = estimate;
  const cost =
    costUsd === null ? 'an unknown cost (give --price)' : `${dollars(costUsd)} before cache discounts`;
  const limit = budget === null ? '' : `, of at most ${dollars(budget)} (--budget)`;
  return `about ${several(calls, 'call')}, ${count(inputTokens)} tokens in and ${count(outputTokens)} out, ${cost}${limit}`;
}

function overBudget({ costUsd }: Estimate, budget: number | null): string | null {
  if (budget === null) return null;
  if (costUsd === null) {
    return '--budget needs the price of the judge, and parley does not know it. Give --price INPUT,OUTPUT in US dollars per million tokens. Nobody was asked.';
  }
  if (costUsd <= budget) return null;
  return `That is more than --budget ${budget}. Nobody was asked. Raise the budget, or take fewer --judge-samples or rounds (--rounds-of).`;
}

/** What the judge took in the end, failed attempts included. */
export function spentLine({ calls, inputTokens, outputTokens, costUsd, hasUnpriced }: Spent): string {
  const cost = hasUnpriced ? `${dollars(costUsd)} and calls without a known price` : dollars(costUsd);
  return `Used: ${several(calls, 'call')}, ${count(inputTokens)} tokens in and ${count(outputTokens)} out, ${cost}.`;
}

export function stoppedLine(name: string, round: number, rounds: number): string {
  return `${name}: the budget is used up, so round ${round} of ${rounds} and later ones are not read; what was read is shown.`;
}

function several(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}
