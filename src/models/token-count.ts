import type { Usage } from '../debate/calls.ts';
import { estimatePromptTokens, estimateTokens } from '../text/token-estimate.ts';
import type { CallRequest, ChatChunk } from './types.ts';

/** Tokens that a server may count beyond four for each character that it was sent, or that came: its template, hidden thoughts. */
const mostBesidePrompt = 50_000;
const mostBesideReply = 200_000;

/** What a stream says of the tokens it took, checked against what was sent and came. */
export class TokenCount {
  #input = 0;
  #output = 0;
  #cached = 0;
  #cacheWrite = 0;

  get hasOutput(): boolean {
    return this.#output > 0;
  }

  get cacheWriteTokens(): number {
    return this.#cacheWrite;
  }

  add(usage: NonNullable<ChatChunk['usage_metadata']>): void {
    const input = tokensIn(usage.input_tokens);
    this.#input += input;
    this.#output += this.#outputOf(usage, input);
    this.#cached += tokensIn(usage.input_token_details?.cache_read);
    this.#cacheWrite += tokensIn(usage.input_token_details?.cache_creation);
  }

  /**
   * Most providers count thoughts among the tokens of a reply, some beside them. The sum of all tells, where it is given;
   * more thoughts than reply tells too.
   */
  #outputOf(usage: NonNullable<ChatChunk['usage_metadata']>, input: number): number {
    const output = tokensIn(usage.output_tokens);
    const thoughts = tokensIn(usage.output_token_details?.reasoning);
    const total = tokensIn(usage.total_tokens);
    const isBeside = thoughts > output || (thoughts > 0 && total >= input + output + thoughts);
    if (isBeside) return output + thoughts;
    return input > 0 && output > 0 && total > input + output ? total - input : output;
  }

  /** `generated` is all that came, words and thoughts. */
  usage(request: CallRequest, generated: string): Usage {
    const sent = request.messages.reduce((sum, { content }) => sum + content.length, 0);
    const isInputSane = this.#input > 0 && this.#input <= 4 * sent + mostBesidePrompt;
    const isOutputSane = this.#output > 0 && this.#output <= 4 * generated.length + mostBesideReply;
    const isCounted = isInputSane && isOutputSane;
    // A prompt is long, and estimated only where nobody counted it.
    const inputTokens = isInputSane ? this.#input : estimatePromptTokens(request.messages);
    return {
      inputTokens,
      outputTokens: isCounted ? this.#output : estimateTokens(generated),
      cachedTokens: isInputSane ? Math.min(this.#cached, inputTokens) : 0,
      ...(isInputSane && this.#cacheWrite > 0
        ? { cacheWriteTokens: Math.min(this.#cacheWrite, inputTokens) }
        : {}),
      estimated: !isCounted,
    };
  }
}

/** Servers are not to be trusted with numbers: some send null, some fractions. */
function tokensIn(count: unknown): number {
  return typeof count === 'number' && Number.isFinite(count) && count > 0 ? Math.round(count) : 0;
}
