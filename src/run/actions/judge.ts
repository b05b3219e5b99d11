import type { ReaderError } from '../../convergence/reader-error.ts';
import type { Debate } from '../../debate/debate.ts';
import { type EventBody, moderatorId } from '../../debate/events.ts';
import { judgesOf } from '../../debate/judges.ts';
import type { Action } from '../../debate/next.ts';
import { asksForFacts, readingMask } from '../../prompts/render-reading.ts';
import type { RunContext } from '../context.ts';
import { promptOf } from '../prompt-of.ts';
import { errorOfPanel, readingPrompt, readJudgeError } from '../reading/judge-errors.ts';
import { judgeInputOf, shuffledInput } from '../reading/judge-input.ts';
import { readSamples } from '../reading/read-samples.ts';
import { verdictOf } from '../reading/verdict-of.ts';
import { endFor } from './failing.ts';

type Judge = Extract<Action, { type: 'judge' }>;

/**
 * Reads everyone's positions and computes from them how far the debate has converged; a judge that cannot be
 * reached ends the debate as failed, to be resumed.
 */
export async function* judge(action: Judge, debate: Debate, context: RunContext): AsyncGenerator<EventBody> {
  const { round } = action;
  const input = judgeInputOf(debate, round);
  const { judgeSamples: samples, temperature } = debate.settings;
  const shown = debate.started.control === 'shuffled-turns' ? shuffledInput(input) : null;
  const { failedAttempts, outcome } = await readSamples(
    {
      input: shown?.input ?? input,
      samples,
      temperature,
      render: (plan) => promptOf({ type: 'judge', plan }, debate, context.prompts),
      mask: (plan) => readingMask(context.prompts, input.cast, plan),
      judges: judgesOf(debate.models),
      asksForFacts: shown === null && asksForFacts(context.prompts),
    },
    context,
  );
  yield* failedAttempts;
  if (!outcome.ok) return yield* endFor(outcome, { purpose: 'judge', speaker: moderatorId, round }, debate);
  yield verdictOf(
    shown?.restored(outcome.samples) ?? outcome.samples,
    outcome.calls,
    input,
    errorOfJudges(debate, context),
  );
}

const errorsOfRuns = new WeakMap<RunContext, { error: ReaderError | undefined }>();

/** What the judges were measured to be off by, looked up once a run; undefined where none was validated beside these runs. */
function errorOfJudges(debate: Debate, context: RunContext): ReaderError | undefined {
  const known = errorsOfRuns.get(context) ?? { error: measuredErrorOf(debate, context) };
  errorsOfRuns.set(context, known);
  return known.error;
}

function measuredErrorOf({ started, models }: Debate, { place }: RunContext): ReaderError | undefined {
  const prompt = started.prompts.find(({ path }) => path === readingPrompt)?.sha256;
  if (place === undefined || prompt === undefined) return undefined;
  return errorOfPanel(
    judgesOf(models).map((role) => {
      const spec = models[role]?.spec;
      return spec === undefined ? undefined : readJudgeError(place, { spec, prompt });
    }),
  );
}
