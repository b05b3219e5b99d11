import type { Usage } from '../debate/calls.ts';
import type { Ending } from '../debate/events.ts';
import { estimatePromptTokens, estimateTokens } from '../text/token-estimate.ts';
import { createThoughtFilter } from './thought-filter.ts';
import type { CallRequest, ChatChunk } from './types.ts';

/** Under these names providers tell why a stream ended. */
const fields = ['finish_reason', 'stop_reason', 'finishReason', 'stopReason', 'done_reason'] as const;

const endings: Record<string, Ending> = {
  length: 'length',
  max_tokens: 'length',
  max_output_tokens: 'length',
  model_context_window_exceeded: 'length',
  model_length: 'length',
  refusal: 'refused',
  content_filter: 'filtered',
  content_filtered: 'filtered',
  guardrail_intervened: 'filtered',
  safety: 'filtered',
  recitation: 'filtered',
  prohibited_content: 'filtered',
  blocklist: 'filtered',
  spii: 'filtered',
};

/** Words by which servers say that something broke, though they put it into the place of a finish reason. */
const broken = new Set([
  'error',
  'unknown',
  'load',
  'malformed_function_call',
  'other',
  'cancelled',
  'abort',
]);

/** How a chunk says that its stream ended; null where it says nothing, `broken` where the provider gave up. */
function endingOf(chunk: ChatChunk): Ending | 'broken' | null {
  for (const field of fields) {
    const reason = chunk.response_metadata[field] ?? chunk.additional_kwargs[field];
    if (typeof reason !== 'string' || reason === '') continue;
    const word = reason.toLowerCase();
    if (broken.has(word)) return 'broken';
    return endings[word] ?? 'complete';
  }
  return null;
}

/** What one attempt's stream has said so far. */
export class ReplySoFar {
  /** The words that are for showing; thoughts are not among them. */
  text = '';
  hasChunk = false;
  /** A word or a thought came. */
  hasToken = false;
  ending: Ending | 'broken' | null = null;
  /** Milliseconds from the attempt's start to its first word. */
  firstTextMs: number | null = null;
  /** Words and thoughts, for estimates. */
  #generated = '';
  #inputTokens = 0;
  #outputTokens = 0;
  #cachedTokens = 0;
  /** Input tokens that the provider says it wrote to its prompt cache. */
  cacheWriteTokens = 0;
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #filter = createThoughtFilter();

  constructor(now: () => number) {
    this.#now = now;
    this.#startedAt = now();
  }

  /** Takes in a chunk and returns the words in it that are for showing. */
  take(chunk: ChatChunk): string {
    this.hasChunk = true;
    const { additional_kwargs: extra } = chunk;
    const thought = extra['reasoning_content'] ?? extra['reasoning'] ?? thoughtIn(chunk.content);
    if (typeof thought === 'string') this.#generated += thought;
    if (chunk.usage_metadata) this.#count(chunk.usage_metadata);
    const ending = endingOf(chunk);
    if (ending !== null && this.ending !== 'refused') this.ending = ending;
    let text = chunk.text;
    if (typeof extra['refusal'] === 'string' && extra['refusal'] !== '') {
      text += extra['refusal'];
      this.ending = 'refused';
    }
    this.#generated += text;
    this.hasToken ||= this.#generated !== '';
    return text === '' ? '' : this.#show(this.#filter.push(text));
  }

  /** Words that were held back until the stream's end. */
  end(): string {
    return this.#show(this.#filter.end());
  }

  /** The provider's count, or an estimate of what it must have counted; null where nothing came that it would charge. */
  usage(request: CallRequest): Usage | null {
    if (!this.hasToken && this.#outputTokens === 0) return null;
    const hasInput = this.#inputTokens > 0;
    const isCounted = hasInput && this.#outputTokens > 0;
    const inputTokens = hasInput ? this.#inputTokens : estimatePromptTokens(request.messages);
    return {
      inputTokens,
      outputTokens: isCounted ? this.#outputTokens : estimateTokens(this.#generated),
      cachedTokens: hasInput ? Math.min(this.#cachedTokens, inputTokens) : 0,
      estimated: !isCounted,
    };
  }

  #count(usage: NonNullable<ChatChunk['usage_metadata']>): void {
    this.#inputTokens += tokens(usage.input_tokens);
    this.#outputTokens += tokens(usage.output_tokens);
    this.#cachedTokens += tokens(usage.input_token_details?.cache_read);
    this.cacheWriteTokens += tokens(usage.input_token_details?.cache_creation);
  }

  #show(text: string): string {
    if (text === '') return '';
    this.firstTextMs ??= Math.max(0, this.#now() - this.#startedAt);
    this.text += text;
    return text;
  }
}

/** Thoughts that stand as parts of their own among the parts of a content. */
function thoughtIn(content: unknown): string | undefined {
  if (!Array.isArray(content)) return undefined;
  const thoughts = content.map(
    (part: { thinking?: unknown; reasoning?: unknown }) => part.thinking ?? part.reasoning,
  );
  return thoughts.filter((thought) => typeof thought === 'string').join('');
}

/** Servers are not to be trusted with numbers: some send null, some fractions. */
function tokens(count: unknown): number {
  return typeof count === 'number' && Number.isFinite(count) && count > 0 ? Math.round(count) : 0;
}
