import type { ArticleFact } from '../debate/article-facts.ts';
import type { CallRecord } from '../debate/calls.ts';
import type { Clock } from '../debate/clock.ts';
import { moderatorId } from '../debate/events.ts';
import { judgeRole } from '../debate/judges.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { Settings } from '../debate/setup.ts';
import { costOf } from '../models/prices.ts';
import type { ModelHandle } from '../models/types.ts';
import { bundledPrompts } from '../prompts/bundled-prompts.ts';
import { checkedFacts, extractReply, foundFactsFile, renderExtraction } from '../prompts/facts-prompts.ts';
import { withExtras } from '../prompts/load-extras.ts';
import { loadKept } from '../prompts/load-kept.ts';
import { keptPath } from '../prompts/prompt-set.ts';
import { parseReply } from '../prompts/replies.ts';
import type { PromptSet } from '../prompts/types.ts';
import { estimatePromptTokens } from '../text/token-estimate.ts';
import { gather, makeJsonCall } from './call.ts';
import { type Estimate, estimateDebate } from './estimate.ts';
import { systemClock } from './system-clock.ts';

const tokensPerFact = 90;
const factsPerIssue = 4;

export interface FoundFacts {
  /** The same prompts with the facts among them, kept with the run as the others are. */
  prompts: PromptSet;
  facts: readonly ArticleFact[];
  /** What the model gave and code could not find in the article. */
  faults: readonly string[];
  /** US dollars; null where the price is unknown. */
  costUsd: number | null;
  record: CallRecord;
}

/** What it takes to look for the facts of an article: one call. */
export function estimateFacts(prompts: PromptSet, model: ModelHandle): Outcome<Estimate> {
  const prepared = withExtras(prompts, { control: null, poll: false, facts: true }, bundledPrompts());
  if (!prepared.ok) return prepared;
  const { scenario, facts } = prepared.value;
  const inputTokens = facts ? estimatePromptTokens(renderExtraction(scenario, facts)) : 0;
  const outputTokens = tokensPerFact * 3 * scenario.agenda.length;
  const usage = { inputTokens, outputTokens, cachedTokens: 0, estimated: true };
  return success({ calls: 1, inputTokens, outputTokens, costUsd: costOf(usage, 0, model.price) });
}

/** Facts that an article is taken to have where none are known yet: three an issue, of a dozen words. */
function assumedFacts({ agenda, article }: PromptSet['scenario']): ArticleFact[] {
  return agenda.flatMap(({ id }, issue) =>
    [0, 1, 2].flatMap((place) => {
      const at = (3 * issue + place) % article.passages.length;
      const passage = article.passages[at];
      const quote = /^(?:\S+\s+){0,11}\S+/.exec(passage?.text ?? '')?.[0];
      return passage && quote
        ? [{ id: `F${3 * issue + place + 1}`, issue: id, passage: passage.number, quote }]
        : [];
    }),
  );
}

/** What a debate takes that looks for the facts of its article first and then follows them. */
export async function estimateWithFacts(
  prompts: PromptSet,
  models: Parameters<typeof estimateDebate>[1],
  settings: Settings,
): Promise<Estimate> {
  const looking = estimateFacts(prompts, models.modelOf(judgeRole));
  const facts = assumedFacts(prompts.scenario);
  const files = new Map(prompts.files).set(keptPath.foundFacts, foundFactsFile(facts));
  const extras = { control: prompts.control?.id ?? null, poll: prompts.poll !== undefined, facts: true };
  const followed = withExtras({ ...prompts, files }, extras, bundledPrompts());
  if (!looking.ok || !followed.ok) return estimateDebate(prompts, models, settings);
  const one = await estimateDebate(followed.value, models, settings);
  const two = looking.value;
  return {
    calls: one.calls + two.calls,
    inputTokens: one.inputTokens + two.inputTokens,
    outputTokens: one.outputTokens + two.outputTokens,
    costUsd: one.costUsd === null || two.costUsd === null ? null : one.costUsd + two.costUsd,
  };
}

/**
 * Has a model name the facts of the article by issue, once; code keeps those whose quote stands word for word in the
 * passage it names, and asks once more where any does not. Fails with `no-facts` where none stands.
 */
export async function extractFacts(
  prompts: PromptSet,
  options: { model: ModelHandle; clock?: Clock; signal?: AbortSignal },
): Promise<Outcome<FoundFacts, string>> {
  const { model, clock = systemClock, signal = new AbortController().signal } = options;
  const prepared = withExtras(prompts, { control: null, poll: false, facts: true }, bundledPrompts());
  if (!prepared.ok) return prepared;
  const set = prepared.value;
  if (!set.facts) throw new Error('the prompts for facts were just loaded');
  const { scenario } = set;
  let best: ReturnType<typeof checkedFacts> = { facts: [], faults: [] };
  const read = (text: string): Outcome<true> => {
    const parsed = parseReply(extractReply, text);
    if (!parsed.ok) return parsed;
    const checked = checkedFacts(parsed.value.facts, scenario);
    if (checked.facts.length >= best.facts.length) best = checked;
    return checked.faults.length === 0 && checked.facts.length > 0
      ? success(true)
      : failure('invalid-reply', [...checked.faults, 'Quote each fact verbatim from its passage.'].join(' '));
  };
  const { reply } = await gather(
    makeJsonCall(
      { started: { seed: 0 }, settings: { temperature: null } },
      {
        purpose: 'trace',
        speaker: moderatorId,
        role: judgeRole,
        round: 0,
        messages: renderExtraction(scenario, set.facts),
        maxOutputTokens: 300 + tokensPerFact * factsPerIssue * scenario.agenda.length,
        reply: extractReply.format,
        salt: 'extract',
      },
      { prompts: set, modelOf: () => model, clock, jitter: () => 0.5, signal, notify: () => {} },
      read,
    ),
  );
  if (!reply.ok)
    return failure('call-failed', `The facts of the article could not be asked for: ${reply.message}`);
  const { facts, faults } = best;
  if (facts.length === 0) {
    const why = faults[0] ?? reply.faults;
    return failure('no-facts', `${model.spec} named no fact whose words stand in the article. ${why}`);
  }
  const files = new Map(set.files).set(keptPath.foundFacts, foundFactsFile(facts));
  const loaded = loadKept(files);
  if (!loaded.ok) return loaded;
  const { record } = reply;
  return success({ prompts: loaded.value, facts, faults, costUsd: record.costUsd, record });
}
