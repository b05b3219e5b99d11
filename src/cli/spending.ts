import type { ModelHandle } from '../models/types.ts';
import type { Estimate } from '../run/estimate.ts';
import { count, counted, dollars } from '../text/figures.ts';
import { complain, say } from './complain.ts';
import type { Environment } from './environment.ts';
import { exitCode } from './exit-codes.ts';

/**
 * Asks the person before anything is spent; null to go on, else the exit code. Without a terminal only what surely costs
 * nothing goes on unasked; `costUsd` is null where a price is unknown.
 */
export async function agreeToCost(
  costUsd: number | null,
  { yes }: { yes: boolean },
  environment: Environment,
): Promise<number | null> {
  if (yes) return null;
  if (environment.stdin.isTTY === true && environment.stderr.isTTY === true) {
    if (await confirm('Go on?', environment)) return null;
    say(environment, 'Nothing was started.');
    return exitCode.done;
  }
  if (costUsd === 0) return null;
  return complain(
    environment,
    'this may cost money and there is no terminal to ask in. Add --yes to continue.',
  );
}

export interface SpendingAsked {
  models: readonly ModelHandle[];
  /** Says which models they are, once. */
  introduce(): void;
  dryRun: boolean;
  yes: boolean;
  /** US dollars that a person at a terminal is not asked about. */
  askAbove: number;
  /** What the estimate holds for; `if it runs all its rounds` by default. */
  provided?: string;
}

/**
 * Says what a debate is likely to cost, and asks a person at a terminal where that is more than may be spent unasked.
 * null to go on, else the exit code. A debate whose models cost nothing goes on without a word.
 */
export async function agreeToEstimate(
  estimate: () => Promise<Estimate>,
  { models, introduce, dryRun, yes, askAbove, provided = 'if it runs all its rounds' }: SpendingAsked,
  environment: Environment,
): Promise<number | null> {
  const isFree = models.every(({ price }) => price !== null && price.input === 0 && price.output === 0);
  if (isFree && !dryRun) return null;
  introduce();
  const expected = await estimate();
  const { costUsd } = expected;
  const dates = [...new Set(models.flatMap(({ price }) => price?.asOf ?? []))];
  const listed = dates.length === 0 ? '' : ` at the list prices of ${dates.join(' and ')}`;
  say(environment, `It takes about ${estimateInWords(expected, listed)}, ${provided}.`);
  if (dryRun) return exitCode.done;
  const isWatched = environment.stdin.isTTY === true && environment.stderr.isTTY === true;
  // With a limit of 0 nothing is spent unasked, whether its price is known or not.
  const isLittle = costUsd === null ? askAbove > 0 : costUsd <= askAbove;
  if (isLittle || !isWatched) return null;
  return agreeToCost(costUsd, { yes }, environment);
}

/** Anything but yes is no. */
export async function confirm(question: string, environment: Environment): Promise<boolean> {
  return /^\s*y(es)?\s*$/i.test((await askLine(`${question} [y/N] `, environment)) ?? '');
}

/** Says a line when it is first asked to, and never again. */
export function sayOnce(environment: Environment, line: string): () => void {
  let isSaid = false;
  return () => {
    if (!isSaid) say(environment, line);
    isSaid = true;
  };
}

/**
 * Asks a person at the terminal for a line; null where they leave with Ctrl+C or Ctrl+D. Reads as the screens do, that may
 * come before and after it: node's readline would leave stdin paused, and no later screen could read a key.
 */
export async function askLine(
  question: string,
  { stdin, stderr }: Pick<Environment, 'stdin' | 'stderr'>,
): Promise<string | null> {
  const answered = Promise.withResolvers<string | null>();
  let typed = '';
  const read = () => {
    for (let chunk = stdin.read(); chunk !== null; chunk = stdin.read()) typed += String(chunk);
    const end = typed.search(/[\r\n]/);
    if (end < 0) return;
    // What was typed ahead is the answer to the next question.
    const rest = typed.slice(end + 1);
    stdin.off('readable', read);
    if (rest !== '') stdin.unshift(Buffer.from(rest));
    answered.resolve(typed.slice(0, end));
  };
  const leave = () => answered.resolve(null);
  if (stdin.readableEnded) return null;
  stderr.write(question);
  // A screen that was closed before has let go of stdin, and nothing else may keep the process alive.
  stdin.ref?.();
  stdin.on('readable', read).once('end', leave);
  process.once('SIGINT', leave);
  try {
    const line = await answered.promise;
    if (line === null) stderr.write('\n');
    return line;
  } finally {
    stdin.off('readable', read).off('end', leave).unref?.();
    process.off('SIGINT', leave);
  }
}

/** `12 calls, 4.1k tokens in and 2.0k out`. */
export function usedInWords({
  calls,
  inputTokens,
  outputTokens,
}: Pick<Estimate, 'calls' | 'inputTokens' | 'outputTokens'>): string {
  return `${count(calls)} call${calls === 1 ? '' : 's'}, ${count(inputTokens)} tokens in and ${count(outputTokens)} out`;
}

/** The same with what it costs; `prices` says by which prices. */
export function estimateInWords(estimate: Estimate, prices = ''): string {
  const { costUsd } = estimate;
  const cost =
    costUsd === null
      ? 'an unknown cost (give --price)'
      : `${dollars(costUsd)}${prices} before cache discounts`;
  return `${usedInWords(estimate)}, ${cost}`;
}

/** What calls took that a command made by itself: `2 calls, $0.0312`. */
export function paidInWords(calls: readonly { costUsd: number | null }[]): string {
  const sum = calls.reduce<number | null>(
    (total, { costUsd }) => (total === null || costUsd === null ? null : total + costUsd),
    0,
  );
  return `${counted(calls.length, 'call')}, ${sum === null ? 'at an unknown price' : dollars(sum)}`;
}
