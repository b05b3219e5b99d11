import type { Debate } from '../../debate/debate.ts';
import { costOf } from '../../models/prices.ts';
import type { ModelHandle } from '../../models/types.ts';
import { renderSpeech } from '../../prompts/render-speech.ts';
import type { PromptSet } from '../../prompts/types.ts';
import { estimatePromptTokens, estimateTokens } from '../../text/token-estimate.ts';
import { judgeRole } from '../context.ts';
import type { Estimate } from '../estimate.ts';
import { debateBefore, mainConditions } from './conditions.ts';
import type { WhyRequest } from './explain-shifts.ts';
import { counterpartOf, type Shift } from './shifts.ts';

/** Tokens of a reading of one speaker on one issue: its prompt without the speeches, and its reply. */
const readingTokens = { prompt: 1500, reply: 250 };

/** What a request would take if nothing of it was answered yet; sentences are counted as if left out for every shift. */
export function estimateWhy(
  request: WhyRequest,
  debate: Debate,
  shifts: readonly Shift[],
  { prompts, modelOf }: { prompts: PromptSet; modelOf(role: string): ModelHandle },
): Estimate {
  const total: Estimate = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };
  const add = (times: number, inputTokens: number, outputTokens: number, model: ModelHandle) => {
    const cost = costOf({ inputTokens, outputTokens, cachedTokens: 0, estimated: true }, 0, model.price);
    total.calls += times;
    total.inputTokens += times * inputTokens;
    total.outputTokens += times * outputTokens;
    total.costUsd = total.costUsd === null || cost === null ? null : total.costUsd + times * cost;
  };
  const conditions = mainConditions.length + (request.otherMouth ? 1 : 0) + request.sentences;
  const answers = conditions * request.repeats;
  for (const shift of shifts) {
    const counterpart = counterpartOf(debate, shift);
    if (!counterpart) continue;
    const before = debateBefore(request.events, shift.turn, counterpart, counterpart.turn);
    const own = debate.turns.filter((turn) => turn.speaker === shift.speaker && turn.turn <= shift.turn);
    const said = own.reduce((sum, turn) => sum + estimateTokens(turn.text), 0);
    const prompt = estimatePromptTokens(renderSpeech(prompts, before, shift.speaker));
    add(answers, prompt, estimateTokens(own.at(-1)?.text ?? ''), modelOf(shift.speaker));
    add(answers * request.judgeSamples, readingTokens.prompt + said, readingTokens.reply, modelOf(judgeRole));
  }
  return total;
}
