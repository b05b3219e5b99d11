import type { ReaderError } from '../../convergence/reader-error.ts';
import type { Debate, Turn } from '../../debate/debate.ts';
import { type EventBody, moderatorId } from '../../debate/events.ts';
import { judgeRole, judgesOf } from '../../debate/judges.ts';
import type { Action } from '../../debate/next.ts';
import type { JudgeSample } from '../../debate/readings.ts';
import { habitsOf } from '../../models/habits.ts';
import type { ModelHandle } from '../../models/types.ts';
import { asksForFacts, readingMask } from '../../prompts/render-reading.ts';
import { isEarlier } from '../../prompts/timeline.ts';
import { estimatePromptTokens } from '../../text/token-estimate.ts';
import { endFor } from '../call.ts';
import type { RunContext } from '../context.ts';
import { promptOf } from '../prompt-of.ts';
import { errorOfPanel, readingPrompt, readJudgeError } from '../reading/judge-errors.ts';
import { judgeInputOf, shuffledInput } from '../reading/judge-input.ts';
import { readingTokens, readSamples } from '../reading/read-samples.ts';
import { verdictOf } from '../reading/verdict-of.ts';

type Judge = Extract<Action, { type: 'judge' }>;

/**
 * Reads everyone's positions and computes from them how far the debate has converged; a judge that cannot be
 * reached ends the debate as failed, to be resumed.
 */
export async function* judge(action: Judge, debate: Debate, context: RunContext): AsyncGenerator<EventBody> {
  const { round } = action;
  const input = judgeInputOf(debate, round);
  const { judgeSamples: samples, temperature } = debate.settings;
  const judges = judgesOf(debate.models);
  const shown = debate.started.control === 'shuffled-turns' ? shuffledInput(input) : null;
  const handles = (judges.length > 0 ? judges : [judgeRole]).map(context.modelOf);
  let fullFrom = firstHeld(debate, round, handles, context);
  const read = () =>
    readSamples(
      {
        input: shown?.input ?? input,
        samples,
        temperature,
        render: (plan) => promptOf({ type: 'judge', plan, fullFrom }, debate, context.prompts),
        mask: (plan) => readingMask(context.prompts, input.cast, plan),
        judges,
        asksForFacts: shown === null && asksForFacts(context.prompts),
      },
      context,
    );
  let { failedAttempts, outcome } = await read();
  yield* failedAttempts;
  // What was refused as too long is asked again over fewer rounds; what was read of the others stands in the prompt anyway.
  while (!outcome.ok && outcome.reason === 'context-too-long' && fullFrom < round) {
    fullFrom += 1;
    ({ failedAttempts, outcome } = await read());
    yield* failedAttempts;
  }
  if (!outcome.ok) return yield* endFor(outcome, { purpose: 'judge', speaker: moderatorId, round }, debate);
  yield {
    ...verdictOf(
      shown?.restored(outcome.samples) ??
        outcome.samples.map((sample) => withLastStands(sample, debate, fullFrom)),
      outcome.calls,
      input,
      errorOfJudges(debate, context),
    ),
    ...(fullFrom > 1 ? { fullFrom } : {}),
  };
}

/**
 * A sample that saw of the first rounds only what was read of them: where it says nothing newer of a speaker on an issue, the
 * stand that it was shown holds, with its verified quote.
 */
function withLastStands(sample: JudgeSample, { verdicts, turns }: Debate, fullFrom: number): JudgeSample {
  if (fullFrom === 1 || sample.outcome === 'failed') return sample;
  const told = [...sample.readings, ...sample.rejected];
  const kept = (verdicts.at(-1)?.cells ?? []).flatMap((cell) => {
    const isTold = told.some(({ speaker, issue }) => speaker === cell.speaker && issue === cell.issue);
    if (cell.stand !== 'position' || isTold) return [];
    const { speaker, issue, position, act, quote, turn } = cell;
    return turns[turn - 1] && isEarlier(turns[turn - 1] as Turn, fullFrom)
      ? [{ speaker, issue, position, act, quote, turn, why: null }]
      : [];
  });
  return { ...sample, readings: [...sample.readings, ...kept] };
}

/** The round from which on all speeches fit into what the judges' servers state as their context; that of the reading before at least. */
function firstHeld(
  debate: Debate,
  round: number,
  judges: readonly ModelHandle[],
  { prompts }: RunContext,
): number {
  const { agenda, cast, control } = debate.started;
  const window = Math.min(...judges.map((judge) => habitsOf(judge).contextWindow ?? Infinity));
  let fullFrom = debate.verdicts.at(-1)?.fullFrom ?? 1;
  if (window === Infinity || control === 'shuffled-turns') return fullFrom;
  const room = window - readingTokens(cast.length, agenda.length);
  const [speakerOrder, issueOrder] = [cast.map(({ id }) => id), agenda.map(({ id }) => id)];
  const plan = { sample: 0, speakerOrder, issueOrder, reversed: false };
  const tokens = () => estimatePromptTokens(promptOf({ type: 'judge', plan, fullFrom }, debate, prompts));
  while (fullFrom < round && tokens() > room) fullFrom += 1;
  return fullFrom;
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
