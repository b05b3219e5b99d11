import { type Debate, fold } from '../debate/debate.ts';
import { judgeOfSample, judgeRole, judgeRoles, samplesFor } from '../debate/judges.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { folderOf } from '../journal/run-folder.ts';
import type { JournalStore } from '../journal/types.ts';
import { costOf } from '../models/prices.ts';
import type { ModelHandle } from '../models/types.ts';
import { bundledPrompts } from '../prompts/bundled-prompts.ts';
import { loadKept } from '../prompts/load-kept.ts';
import { renderSpeech } from '../prompts/render-speech.ts';
import { loadReplacementSpeeches } from '../prompts/replacement-speeches.ts';
import type { PromptSet } from '../prompts/types.ts';
import { checkBudget } from '../run/budget.ts';
import type { Estimate } from '../run/estimate.ts';
import type { ChooseModels } from '../run/resume-debate.ts';
import type { RoleModels } from '../run/role-models.ts';
import { systemClock } from '../run/system-clock.ts';
import { estimatePromptTokens, estimateTokens } from '../text/token-estimate.ts';
import { debateBefore, mainConditions } from './conditions.ts';
import { explainShifts } from './examination.ts';
import { spentOnRun } from './explanations.ts';
import { chooseShifts, counterpartOf, type Shift } from './shifts.ts';
import { openWhyLog } from './why-log.ts';
import type { WhyProgress, WhyRequest, WhyResult } from './why-request.ts';

/** Tokens of a reading of one speaker on one issue: its prompt without the speeches, and its reply. */
const readingTokens = { prompt: 1500, reply: 250 };

/** Answers that are asked for to explain one shift. */
function answersTo({ otherMouth, sentences, repeats }: Omit<WhyRequest, 'events'>): number {
  return (mainConditions.length + (otherMouth ? 1 : 0) + sentences) * repeats;
}

/** Fails where a budget of which nothing is used would not carry the first answer with its reading. */
function mayBegin(
  request: WhyRequest,
  { inputTokens, outputTokens, costUsd }: Estimate,
): Outcome<null, 'budget' | 'no-price'> {
  const share = 1 / answersTo(request);
  const one = {
    inputTokens: Math.ceil(inputTokens * share),
    outputTokens: Math.ceil(outputTokens * share),
    costUsd: costUsd === null ? null : costUsd * share,
  };
  const checked = checkBudget(request, one);
  if (checked.ok || checked.failure.reason === 'no-price') return checked;
  return failure('budget', `Nothing was asked: not one answer fits the budget. ${checked.failure.message}`);
}

/** What a request would take if nothing of it was answered yet; sentences are counted as if left out for every shift. */
function estimateWhy(
  request: WhyRequest,
  debate: Debate,
  shifts: readonly Shift[],
  { prompts, modelOf, judges }: { prompts: PromptSet } & Pick<RoleModels, 'modelOf' | 'judges'>,
): Estimate {
  const total: Estimate = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };
  const add = (times: number, inputTokens: number, outputTokens: number, model: ModelHandle) => {
    const cost = costOf({ inputTokens, outputTokens, cachedTokens: 0, estimated: true }, 0, model.price);
    total.calls += times;
    total.inputTokens += times * inputTokens;
    total.outputTokens += times * outputTokens;
    total.costUsd = total.costUsd === null || cost === null ? null : total.costUsd + times * cost;
  };
  const answers = answersTo(request);
  for (const shift of shifts) {
    const counterpart = counterpartOf(debate, shift);
    if (!counterpart) continue;
    const before = debateBefore(request.events, shift.turn, counterpart, counterpart.turn, shift.issue);
    const own = debate.turns.filter((turn) => turn.speaker === shift.speaker && turn.turn <= shift.turn);
    const said = own.reduce((sum, turn) => sum + estimateTokens(turn.text), 0);
    const heard = readingTokens.prompt + estimateTokens(counterpart.turn.text);
    const prompt = estimatePromptTokens(renderSpeech(prompts, before, shift.speaker));
    add(answers, prompt, estimateTokens(own.at(-1)?.text ?? ''), modelOf(shift.speaker));
    for (let sample = 0; sample < samplesFor(request.judgeSamples, judges); sample++) {
      const judge = modelOf(judgeOfSample(judgeRoles(judges), sample) ?? judgeRole);
      add(1, heard, readingTokens.reply, judge);
      add(answers, readingTokens.prompt + said, readingTokens.reply, judge);
    }
  }
  return total;
}

/** Answers are kept in a file beside the journal, which a run in a database has not. */
export function notInFiles(run: string) {
  return failure('not-in-files', `${run} is in a database. Copy it to a folder first: parley pull.`);
}

/** A stored run whose shifts can be explained. */
export interface WhyOfRun {
  models: RoleModels;
  /** How many shifts were chosen. */
  shifts: number;
  /** Of all that was asked for, what is answered already included. */
  estimate: Estimate;
  /** Of one shift alone. */
  estimateOf(shift: Shift): Estimate;
  /** Answers again and apportions; the journal stays as it is, and what is answered is kept in why.jsonl beside it. */
  explain(options: {
    signal: AbortSignal;
    onProgress?(progress: WhyProgress): void;
  }): Promise<Outcome<WhyResult>>;
}

/** Makes ready to explain the shifts of a run in a folder. Calls no model. Fails where there is nothing to explain. */
export async function openWhy(
  { store, name }: { store: JournalStore; name: string },
  asked: Omit<WhyRequest, 'events'>,
  models: ChooseModels,
): Promise<Outcome<WhyOfRun>> {
  const stored = await store.read(name);
  if (!stored.ok) return stored;
  const folder = folderOf(store.place, name);
  if (folder === null) return notInFiles(name);
  const debate = fold(stored.value.events);
  if (!debate) return failure('no-shifts', `${name} has not begun: there is nothing to explain.`);
  const kept = loadKept(stored.value.files);
  if (!kept.ok) return kept;
  const speeches = loadReplacementSpeeches(bundledPrompts());
  if (!speeches.ok) return speeches;
  const request = { ...asked, events: stored.value.events };
  const shifts = chooseShifts(debate, request);
  if (!shifts.ok) return shifts;
  const before = Object.fromEntries(Object.entries(debate.models).map(([role, { spec }]) => [role, spec]));
  const personas = debate.started.cast.map(({ id }) => id);
  const chosen = await models(personas, before);
  if (!chosen.ok) return chosen;
  const prompts = kept.value;
  const { modelOf, judges } = chosen.value;
  const estimateOf = (some: readonly Shift[]) =>
    estimateWhy(request, debate, some, { prompts, modelOf, judges });
  const estimate = estimateOf(shifts.value);
  const isBegun = spentOnRun(store.place, name).tokens > 0;
  const first = estimateOf(shifts.value.slice(0, 1));
  const may = mayBegin(request, first);
  if (!may.ok && !(isBegun && may.failure.reason === 'budget')) return may;
  return success({
    models: chosen.value,
    shifts: shifts.value.length,
    estimate,
    estimateOf: (shift) => estimateOf([shift]),
    async explain({ signal, onProgress }) {
      const log = openWhyLog(folder);
      if (!log.ok) return log;
      try {
        return await explainShifts(request, {
          ...{ prompts, modelOf, clock: systemClock, jitter: Math.random, signal, speeches: speeches.value },
          ...{ log: log.value, judges },
          ...(onProgress ? { onProgress } : {}),
        });
      } finally {
        log.value.close();
      }
    },
  });
}
