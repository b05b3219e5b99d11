import type { CallRecord } from '../debate/calls.ts';
import type { Estimate } from '../run/estimate.ts';
import { dryRunModel } from '../run/estimate.ts';
import { type ScoreJudge, scoreTranscript } from './score-transcript.ts';
import type { Transcript } from './transcripts.ts';

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
