import type { ChatMessage } from '../../debate/calls.ts';
import type { Debate } from '../../debate/debate.ts';
import { type EventBody, moderatorId } from '../../debate/events.ts';
import type { Action } from '../../debate/next.ts';
import type { RunContext } from '../context.ts';
import { promptsOf } from '../prompts-of.ts';
import { matterOf } from '../reading/read-matter.ts';
import { readSamples } from '../reading/read-samples.ts';
import { shuffledMatter } from '../reading/shuffled-matter.ts';
import { verdictOf } from '../reading/verdict-of.ts';
import { endFor } from './failing.ts';

type Judge = Extract<Action, { type: 'judge' }>;

/**
 * Reads everyone's positions and computes from them how far the debate has converged; a judge that cannot be
 * reached ends the debate as failed, to be resumed.
 */
export async function* judge(action: Judge, debate: Debate, context: RunContext): AsyncGenerator<EventBody> {
  const { round } = action;
  const prompts = promptsOf(action, debate, context.prompts);
  const matter = matterOf(debate, round);
  const { judgeSamples: samples, temperature } = debate.settings;
  const shown = debate.started.control === 'shuffled-turns' ? shuffledMatter(matter) : null;
  const { failedAttempts, outcome } = await readSamples(
    {
      matter: shown?.matter ?? matter,
      samples,
      temperature,
      render: (plan) => prompts[plan.sample] as ChatMessage[],
    },
    context,
  );
  yield* failedAttempts;
  if (!outcome.ok) return yield* endFor(outcome, { purpose: 'judge', speaker: moderatorId, round }, debate);
  yield verdictOf(shown?.restored(outcome.samples) ?? outcome.samples, outcome.calls, matter);
}
