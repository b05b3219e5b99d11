import { cuesOf } from '../convergence/cues.ts';
import type { ReaderError } from '../convergence/reader-error.ts';
import { principalsOf } from '../convergence/stands.ts';
import type { CallRecord } from '../debate/calls.ts';
import type { BodyOf } from '../debate/events.ts';
import { type Outcome, success } from '../debate/outcome.ts';
import { termsOf } from '../grounding/facts.ts';
import { readingMask, renderReadingOf } from '../prompts/render-reading.ts';
import type { FailedAttempt, JsonContext } from '../run/call.ts';
import { dryRunModel, type Estimate } from '../run/estimate.ts';
import { type JudgeInput, shuffledInput } from '../run/reading/judge-input.ts';
import { readSamples } from '../run/reading/read-samples.ts';
import { largestRepetition, verdictOf } from '../run/reading/verdict-of.ts';
import type { Transcript } from './transcripts.ts';

/** A model that reads the positions through the prompts of a debate. */
export interface ScoreJudge {
  samples: number;
  temperature: number | null;
  context: JsonContext;
  /** Roles of the judges that share the readings, for `context.modelOf`; one where absent. */
  judges?: readonly string[];
  /** What the judge was measured to be off by; absent where it was never validated. */
  error?: ReaderError;
}

export interface ScoreOptions {
  transcript: Pick<Transcript, 'agenda' | 'cast' | 'speeches'> & Partial<Pick<Transcript, 'questions'>>;
  judge: ScoreJudge;
  seed: number;
  /** Shows the judge the speeches in an order drawn from the seed. */
  shuffled?: boolean;
  /** Verdicts of this judge by round, from an earlier reading of the same words: such a round is not read again. */
  known?: ReadonlyMap<number, Verdict>;
  /** Called with each new verdict; the next round waits for it. */
  keep?: (verdict: Verdict) => Promise<void>;
  /** Called before each round is read; false ends the reading there. */
  onRound?: (round: number, rounds: number) => boolean;
  /** Called after each round with what the judge took for it, failed attempts included. */
  onSpent?: (spent: Spent) => void;
}

export interface Spent {
  calls: number;
  inputTokens: number;
  outputTokens: number;
  /** US dollars of the calls whose price is known. */
  costUsd: number;
  hasUnpriced: boolean;
}

export const nothingSpent: Spent = {
  calls: 0,
  inputTokens: 0,
  outputTokens: 0,
  costUsd: 0,
  hasUnpriced: false,
};

export function spentTogether(one: Spent, other: Spent): Spent {
  return {
    calls: one.calls + other.calls,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    costUsd: one.costUsd + other.costUsd,
    hasUnpriced: one.hasUnpriced || other.hasUnpriced,
  };
}

export type Verdict = BodyOf<'verdict-given'>;

/** Reads the positions after each round, as in a debate; fails where the judge cannot be reached. */
export async function scoreTranscript(options: ScoreOptions): Promise<Outcome<Verdict[]>> {
  const { transcript, judge, seed, shuffled = false, known, keep, onRound, onSpent } = options;
  const { agenda, cast, questions = [] } = transcript;
  const held = [...new Set(transcript.speeches.map(({ round }) => round))];
  const verdicts: Verdict[] = [];
  for (const round of held) {
    const before = known?.get(round);
    if (before) {
      verdicts.push(before);
      continue;
    }
    if (onRound?.(round, held.length) === false) break;
    const speeches = transcript.speeches.filter((speech) => speech.round <= round);
    const last = speeches.at(-1)?.turn ?? 0;
    const asked = questions.filter(({ afterTurn }) => afterTurn < last);
    const input: JudgeInput = { agenda, cast, speeches, questions: asked, round, earlier: verdicts, seed };
    const shown = shuffled ? shuffledInput(input) : { input, restored: same };
    const { samples, temperature, context, judges, error } = judge;
    const record = {
      agenda,
      cast,
      speeches: shown.input.speeches,
      questions: asked,
      earlier: shown.input.earlier,
      round,
      rounds: held.length,
    };
    const { outcome, failedAttempts } = await readSamples(
      {
        input: shown.input,
        samples,
        temperature,
        render: (plan) => renderReadingOf(context.prompts, record, plan),
        mask: (plan) => readingMask(context.prompts, cast, plan),
        ...(judges ? { judges } : {}),
      },
      context,
    );
    onSpent?.(spentOn(outcome.ok ? outcome.calls : [], failedAttempts));
    if (!outcome.ok) return { ok: false, failure: { reason: outcome.reason, message: outcome.message } };
    const verdict = verdictOf(shown.restored(outcome.samples), outcome.calls, input, error);
    await keep?.(verdict);
    verdicts.push(verdict);
  }
  return success(verdicts);
}

function same<Item>(items: readonly Item[]): Item[] {
  return [...items];
}

function spentOn(calls: Verdict['calls'], failed: readonly FailedAttempt[]): Spent {
  const paid = [...calls, ...failed.flatMap(({ usage, costUsd }) => (usage ? [{ usage, costUsd }] : []))];
  const spent = paid.map(({ usage, costUsd }): Spent => {
    const { inputTokens, outputTokens } = usage;
    return { calls: 0, inputTokens, outputTokens, costUsd: costUsd ?? 0, hasUnpriced: costUsd === null };
  });
  return spent.reduce(spentTogether, { ...nothingSpent, calls: calls.length });
}

/** What a model judge would take for transcripts: its real prompts, with dry-run replies of the usual length. Calls nobody. */
export async function estimateScore(
  transcripts: readonly Pick<Transcript, 'agenda' | 'cast' | 'speeches'>[],
  judge: ScoreJudge,
): Promise<Estimate> {
  const calls: CallRecord[] = [];
  for (const transcript of transcripts) {
    const issues = transcript.agenda.length;
    const sizes = { issues, readings: transcript.cast.length * issues };
    const context = {
      ...judge.context,
      modelOf: (role: string) => dryRunModel(judge.context.modelOf(role), sizes),
    };
    const read = await scoreTranscript({ transcript, judge: { ...judge, context }, seed: 0 });
    if (!read.ok) throw new Error(read.failure.message);
    calls.push(...read.value.flatMap((verdict) => verdict.calls));
  }
  const sum = (of: (call: CallRecord) => number) => calls.reduce((total, call) => total + of(call), 0);
  return {
    calls: calls.length,
    inputTokens: sum(({ usage }) => usage.inputTokens),
    outputTokens: sum(({ usage }) => usage.outputTokens),
    costUsd: calls.some(({ costUsd }) => costUsd === null) ? null : sum(({ costUsd }) => costUsd ?? 0),
  };
}

/** What code counts in the words of one round without a model; each a share 0..1, null where there is nothing to count. */
export interface RoundCues {
  round: number;
  /** Agreeing among agreeing and refusing phrases of those who count, in English. */
  agreeRatio: number | null;
  /** Overlap of the names, dates and numbers that they use. */
  concreteOverlap: number | null;
  /** The largest share of a speech that repeats its speaker's earlier ones. */
  repetition: number | null;
}

/** The cues of every round of a transcript. They say nothing of who stands where. */
export function wordingCues({ cast, speeches }: Pick<Transcript, 'cast' | 'speeches'>): RoundCues[] {
  const principals = principalsOf(cast);
  const rounds = [...new Set(speeches.map(({ round }) => round))];
  return rounds.map((round) => {
    const own = speeches.filter((speech) => speech.round === round);
    const repetition = largestRepetition(speeches, round);
    const cues = cuesOf({ speeches: own, principals, samples: [], termsOf, repetition });
    return { round, agreeRatio: cues.agreeRatio, concreteOverlap: cues.concreteOverlap, repetition };
  });
}
