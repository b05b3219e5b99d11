import { type Interpretation, interpretReply, judgeReplyFormat } from '../../convergence/judge-reply.ts';
import type { Mask } from '../../convergence/mask-names.ts';
import { type JudgePlan, planSamples } from '../../convergence/sample-plan.ts';
import type { CallRecord, ChatMessage } from '../../debate/calls.ts';
import { moderatorId } from '../../debate/events.ts';
import { judgeOfSample, judgeRole } from '../../debate/judges.ts';
import { failure, success } from '../../debate/outcome.ts';
import type { JudgeSample } from '../../debate/readings.ts';
import { seededRandom } from '../../debate/seeded-random.ts';
import { matchQuote } from '../../grounding/quotes.ts';
import {
  type Call,
  type FailedAttempt,
  gather,
  type JsonContext,
  type JsonReply,
  makeJsonCall,
  unusedCall,
} from '../call.ts';
import type { JudgeInput } from './judge-input.ts';

/** Tokens for one reading of one speaker on one issue: the JSON around two quoted sentences. */
const tokensPerReading = 150;

/** The most tokens of one reply. */
export function readingTokens(speakers: number, issues: number): number {
  return 400 + tokensPerReading * speakers * issues;
}

export interface ModelReading {
  input: JudgeInput;
  samples: number;
  temperature: number | null;
  /** The prompt by which one sample is asked. */
  render(plan: JudgePlan): ChatMessage[];
  /** The masking of names in that prompt. */
  mask(plan: JudgePlan): Mask;
  /** Roles of the models that read, in turn; absent where there is one. */
  judges?: readonly string[];
  /** Were the sentences that no source shows listed for it? The facts of a judge that was shown none are dropped. */
  asksForFacts?: boolean;
}

export interface SamplesRead {
  failedAttempts: FailedAttempt[];
  /** Not ok where the judge could not be reached for a sample. */
  outcome:
    | { ok: true; samples: JudgeSample[]; calls: CallRecord[] }
    | Extract<JsonReply<never>, { ok: false }>;
}

/**
 * Has a model read everyone's positions, in several samples at once that each see the speeches differently. A reply
 * that is no JSON even after its repair makes a failed sample and never a score.
 */
export async function readSamples(reading: ModelReading, context: JsonContext): Promise<SamplesRead> {
  const plans = plansOf(reading.input, reading.samples);
  let done = 0;
  const report = () => context.notify({ type: 'working', purpose: 'judge', done, of: plans.length });
  report();
  const reads = await Promise.all(
    plans.map(async (plan) => {
      const read = await readSample(plan, reading, context);
      done += 1;
      if (done < plans.length) report();
      return { plan, ...read };
    }),
  );
  const failedAttempts = reads.flatMap((read) => read.failedAttempts);
  const samples: JudgeSample[] = [];
  const calls: CallRecord[] = [];
  const lost = reads.find(({ reply }) => !reply.ok)?.reply;
  if (lost && !lost.ok) {
    const where = { purpose: 'judge', speaker: moderatorId, round: reading.input.round } as const;
    const unused = reads.flatMap(({ reply }) => (reply.ok ? [unusedCall(where, reply.record)] : []));
    return { failedAttempts: [...failedAttempts, ...unused], outcome: lost };
  }
  for (const { plan, reply } of reads) {
    if (!reply.ok) continue;
    calls.push(reply.record);
    samples.push(sampleOf(plan, reply, (reading.judges?.length ?? 0) > 1));
  }
  return { failedAttempts, outcome: { ok: true, samples, calls } };
}

/** How each sample of a reading sees its input; the same each time. */
function plansOf({ cast, agenda, round, seed }: JudgeInput, samples: number): JudgePlan[] {
  return planSamples({
    speakers: cast.map((member) => member.id),
    issues: agenda.map((issue) => issue.id),
    samples,
    round,
    random: seededRandom(seed, 'judge', round),
  });
}

function readSample(
  plan: JudgePlan,
  { input, samples, temperature, render, mask, judges = [judgeRole], asksForFacts = false }: ModelReading,
  context: JsonContext,
): Promise<{ failedAttempts: FailedAttempt[]; reply: JsonReply<Interpretation> }> {
  const { cast, agenda, speeches, questions = [], round, seed } = input;
  const messages = render(plan);
  const call: Call = {
    purpose: 'judge',
    speaker: moderatorId,
    role: judgeOfSample(judges, plan.sample) ?? judgeRole,
    round,
    messages,
    maxOutputTokens: readingTokens(cast.length, agenda.length),
    // The form that the prompt shows: prompts kept from before facts were asked for have no such list.
    reply: judgeReplyFormat(plan, messages.at(-1)?.content.includes('"facts"') ?? false),
    salt: plan.sample,
    part: { number: plan.sample + 1, of: samples },
  };
  const shown = { plan, agenda, turns: speeches, questions, round, mask: mask(plan), matchQuote };
  const read = (reply: string) => {
    const interpreted = interpretReply({ reply, ...shown });
    if (!interpreted.ok) return failure('invalid-reply', interpreted.faults.join(' '));
    const { ok: _, facts, ...words } = interpreted;
    return success({ ...words, ...(facts && asksForFacts ? { facts } : {}) });
  };
  const origin = { started: { seed }, settings: { temperature } };
  return gather(makeJsonCall(origin, call, context, read));
}

function sampleOf(
  plan: JudgePlan,
  reply: Extract<JsonReply<Interpretation>, { ok: true }>,
  isOneOfSeveral: boolean,
): JudgeSample {
  const { sample, speakerOrder, issueOrder, reversed } = plan;
  const judge = isOneOfSeveral ? { judge: reply.record.model } : {};
  const seen = { sample, ...judge, speakerOrder, issueOrder, reversed };
  if (reply.value === null) {
    return { ...seen, outcome: 'failed', failure: reply.faults, readings: [], rejected: [] };
  }
  return { ...seen, outcome: reply.wasRepaired ? 'repaired' : 'read', failure: '', ...reply.value };
}
