import type { Debate } from '../../debate/debate.ts';
import { type EventBody, moderatorId } from '../../debate/events.ts';
import { renderReading } from '../../prompts/render-moderator.ts';
import type { RunContext } from '../context.ts';
import type { ReadMatter } from '../reading/read-matter.ts';
import { readSamples } from '../reading/read-samples.ts';
import { shuffledMatter } from '../reading/shuffled-matter.ts';
import { verdictOf } from '../reading/verdict-of.ts';
import { endFor } from './failing.ts';

/**
 * Reads everyone's positions and computes from them how far the debate has converged; a judge that cannot be
 * reached ends the debate as failed, to be resumed.
 */
export async function* judge(round: number, debate: Debate, context: RunContext): AsyncGenerator<EventBody> {
  const matter = matterOf(debate, round);
  const { judgeSamples: samples, temperature } = debate.settings;
  const shown = debate.started.control === 'shuffled-turns' ? shuffledMatter(matter) : null;
  const { failedAttempts, outcome } = await readSamples(
    {
      matter: shown?.matter ?? matter,
      samples,
      temperature,
      render: (plan) => renderReading(context.prompts, debate, plan),
    },
    context,
  );
  yield* failedAttempts;
  if (!outcome.ok) return yield* endFor(outcome, { purpose: 'judge', speaker: moderatorId, round }, debate);
  yield verdictOf(shown?.restored(outcome.samples) ?? outcome.samples, outcome.calls, matter);
}

function matterOf({ started, turns, verdicts }: Debate, round: number): ReadMatter {
  const { agenda, cast, seed } = started;
  const speeches = turns
    .filter((turn) => turn.kind === 'speech')
    .map(({ turn, round: held, speaker, text }) => ({ turn, round: held, speaker, text }));
  return { agenda, cast, speeches, round, earlier: verdicts, seed };
}
