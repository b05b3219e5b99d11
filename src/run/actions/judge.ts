import { assess } from '../../convergence/assess.ts';
import { interpretReply } from '../../convergence/judge-reply.ts';
import { judgeReplyFormat } from '../../convergence/judge-reply-format.ts';
import { maskNames } from '../../convergence/mask-names.ts';
import { type JudgePlan, planSamples } from '../../convergence/sample-plan.ts';
import type { Debate } from '../../debate/debate.ts';
import { type BodyOf, type CallRecord, type EventBody, moderatorId } from '../../debate/events.ts';
import { failure, success } from '../../debate/outcome.ts';
import { seededRandom } from '../../debate/seeded-random.ts';
import type { JudgeSample } from '../../debate/verdict.ts';
import { termsOf } from '../../grounding/facts.ts';
import { matchQuote } from '../../grounding/quotes.ts';
import { repetitionOf } from '../../grounding/repetition.ts';
import { renderReading } from '../../prompts/render-moderator.ts';
import { judgeRole, type RunContext } from '../context.ts';
import { type Conversation, type FailedAttempt, gather } from '../converse.ts';
import { converseInJson, type JsonReply } from '../converse-in-json.ts';
import { endFor } from './failing.ts';

/** Tokens for one reading of one speaker on one issue: the JSON around a quoted sentence. */
const tokensPerReading = 110;

type Read = { readings: JudgeSample['readings']; rejected: JudgeSample['rejected'] };
type SampleRead = { plan: JudgePlan; failedAttempts: FailedAttempt[]; reply: JsonReply<Read> };

/**
 * Reads everyone's positions, in several samples at once that each see the debate differently, and computes
 * from them how far the debate has converged. A reply that is no JSON even after its repair makes a failed
 * sample and never a score; a judge that cannot be reached ends the debate as failed, to be resumed.
 */
export async function* judge(round: number, debate: Debate, context: RunContext): AsyncGenerator<EventBody> {
  const { seed, cast, agenda } = debate.started;
  const plans = planSamples({
    speakers: cast.map((member) => member.id),
    issues: agenda.map((issue) => issue.id),
    samples: debate.settings.judgeSamples,
    round,
    random: seededRandom(seed, 'judge', round),
  });
  let done = 0;
  const tell = () => context.notify({ type: 'working', purpose: 'judge', done, of: plans.length });
  tell();
  const reads = await Promise.all(
    plans.map(async (plan) => {
      const read = await readSample(plan, round, debate, context);
      done += 1;
      if (done < plans.length) tell();
      return read;
    }),
  );
  for (const { failedAttempts } of reads) yield* failedAttempts;
  const lost = reads.map((read) => read.reply).find((reply) => !reply.ok);
  if (lost && !lost.ok) {
    return yield* endFor(lost, { purpose: 'judge', speaker: moderatorId, round }, debate);
  }
  yield verdictOf(reads, round, debate);
}

async function readSample(
  plan: JudgePlan,
  round: number,
  debate: Debate,
  context: RunContext,
): Promise<SampleRead> {
  const { cast, agenda } = debate.started;
  const conversation: Conversation = {
    purpose: 'judge',
    speaker: moderatorId,
    role: judgeRole,
    round,
    messages: renderReading(context.prompts, debate, plan),
    maxOutputTokens: 400 + tokensPerReading * cast.length * agenda.length,
    reply: judgeReplyFormat(plan),
    salt: plan.sample,
  };
  const evidence = { plan, agenda, turns: speechesSoFar(debate), mask: maskNames(cast, plan), matchQuote };
  const read = (reply: string) => {
    const interpreted = interpretReply({ reply, ...evidence });
    if (!interpreted.ok) return failure('invalid-reply', interpreted.faults.join(' '));
    const { readings, rejected } = interpreted;
    return success({ readings, rejected });
  };
  return { plan, ...(await gather(converseInJson(debate, conversation, context, read))) };
}

function verdictOf(reads: readonly SampleRead[], round: number, debate: Debate): BodyOf<'verdict-given'> {
  const { seed, cast, agenda } = debate.started;
  const samples: JudgeSample[] = [];
  const calls: CallRecord[] = [];
  for (const { plan, reply } of reads) {
    if (!reply.ok) continue;
    calls.push(reply.record);
    samples.push(sampleOf(plan, reply));
  }
  const speeches = speechesSoFar(debate);
  const assessed = assess({
    agenda,
    cast,
    turns: speeches,
    round,
    samples,
    earlier: debate.verdicts,
    random: seededRandom(seed, 'bootstrap', round),
    repetition: largestRepetition(speeches, round),
    termsOf,
  });
  const failure = samples.find((sample) => sample.outcome === 'failed')?.failure ?? '';
  return assessed.convergence === null
    ? { type: 'verdict-given', round, outcome: 'failed', failure, samples, ...assessed, calls }
    : { type: 'verdict-given', round, outcome: 'read', failure: '', samples, ...assessed, calls };
}

type Speech = ReturnType<typeof speechesSoFar>[number];

/** The largest share of a speech of this round that repeats its speaker's earlier ones, 0..1. */
function largestRepetition(speeches: readonly Speech[], round: number): number {
  const shares = speeches
    .filter((speech) => speech.round === round)
    .map(({ speaker, text, turn }) => {
      const earlier = speeches.filter((other) => other.speaker === speaker && other.turn < turn);
      return repetitionOf(
        text,
        earlier.map((other) => other.text),
      );
    });
  return Math.max(0, ...shares);
}

function sampleOf(plan: JudgePlan, reply: Extract<JsonReply<Read>, { ok: true }>): JudgeSample {
  const { sample, speakerOrder, issueOrder, reversed } = plan;
  const seen = { sample, speakerOrder, issueOrder, reversed };
  if (reply.value === null) {
    return { ...seen, outcome: 'failed', failure: reply.faults, readings: [], rejected: [] };
  }
  return { ...seen, outcome: reply.wasRepaired ? 'repaired' : 'read', failure: '', ...reply.value };
}

function speechesSoFar(debate: Debate) {
  return debate.turns
    .filter((turn) => turn.kind === 'speech')
    .map(({ turn, round, speaker, text }) => ({ turn, round, speaker, text }));
}
