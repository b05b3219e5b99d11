import type { CallRecord } from '../debate/calls.ts';
import type { Estimate } from '../run/estimate.ts';
import { standIn } from '../run/stand-in.ts';
import { type Scorable, type ScoreJudge, scoreTranscript } from './score-transcript.ts';

type ModelJudge = Extract<ScoreJudge, { kind: 'model' }>;

/** What a model judge would take for transcripts: its real prompts, with stand-in replies of the usual length. Calls nobody. */
export async function estimateScore(scorables: readonly Scorable[], judge: ModelJudge): Promise<Estimate> {
  const calls: CallRecord[] = [];
  for (const scorable of scorables) {
    const issues = scorable.agenda.length;
    const sizes = { issues, readings: scorable.cast.length * issues };
    const context = {
      ...judge.context,
      modelOf: (role: string) => standIn(judge.context.modelOf(role), sizes),
    };
    const read = await scoreTranscript({ scorable, judge: { ...judge, context }, seed: 0 });
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
