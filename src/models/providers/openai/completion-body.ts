import type { ChatChunk } from '../../types.ts';

/** What is read of a completion, streamed or whole; servers send more, and sometimes less. */
export interface CompletionBody {
  choices?: (Choice | null)[] | null;
  usage?: CountedTokens | null;
}

export interface Choice {
  delta?: Message | null;
  message?: Message | null;
  /** What the old completions have in place of a message. */
  text?: string | null;
  finish_reason?: string | null;
}

interface Message {
  content?: string | readonly Part[] | null;
  refusal?: string | null;
  reasoning_content?: unknown;
  reasoning?: unknown;
  thinking?: unknown;
}

interface Part {
  type?: unknown;
  text?: unknown;
  thinking?: unknown;
  reasoning?: unknown;
}

export interface CountedTokens {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens?: number;
  reasoning_tokens?: number;
  prompt_tokens_details?: { cached_tokens?: number; cache_write_tokens?: number } | null;
  completion_tokens_details?: { reasoning_tokens?: number } | null;
  /** DeepSeek's name for tokens read from its cache. */
  prompt_cache_hit_tokens?: number;
}

const nothing: Record<string, unknown> = {};
export const silence: ChatChunk = { text: '', response_metadata: nothing, additional_kwargs: nothing };

/** The words, thoughts and refusal of a message or of a piece of one. */
export function heardIn({ delta, message, text }: Choice): {
  text: string;
  thoughts: string;
  refusal: string;
} {
  const { content, refusal, reasoning_content, reasoning, thinking } = delta ?? message ?? {};
  const parts = Array.isArray(content) ? (content as readonly Part[]) : [];
  const words = typeof content === 'string' ? content : parts.map(wordsIn).join('');
  const thoughts = [reasoning_content, reasoning, thinking].find((value) => typeof value === 'string');
  return {
    text: words === '' && typeof text === 'string' ? text : words,
    thoughts: `${thoughts ?? ''}${parts.map(thoughtIn).join('')}`,
    refusal: typeof refusal === 'string' ? refusal : '',
  };
}

/** Some servers send a list of parts, of which some are thoughts. */
function wordsIn({ type, text }: Part): string {
  return typeof text === 'string' && !isThought(type) ? text : '';
}

function thoughtIn({ type, text, thinking, reasoning }: Part): string {
  const given = thinking ?? reasoning ?? (isThought(type) ? text : '');
  if (typeof given === 'string') return given;
  return Array.isArray(given)
    ? given.map(({ text }: Part) => (typeof text === 'string' ? text : '')).join('')
    : '';
}

function isThought(type: unknown): boolean {
  return typeof type === 'string' && /think|thought|reason/i.test(type);
}

export function counted(usage: CountedTokens): NonNullable<ChatChunk['usage_metadata']> {
  const { prompt_tokens_details: details, completion_tokens_details: output } = usage;
  const reasoning = output?.reasoning_tokens ?? usage.reasoning_tokens;
  return {
    input_tokens: usage.prompt_tokens,
    output_tokens: usage.completion_tokens,
    ...(usage.total_tokens === undefined ? {} : { total_tokens: usage.total_tokens }),
    input_token_details: {
      cache_read: details?.cached_tokens ?? usage.prompt_cache_hit_tokens ?? 0,
      cache_creation: details?.cache_write_tokens ?? 0,
    },
    ...(reasoning === undefined ? {} : { output_token_details: { reasoning } }),
  };
}

/** A whole completion as the one chunk of a stream. One that says no reason for its end is whole all the same. */
export function chunkOfBody(body: CompletionBody): ChatChunk {
  const choice = body.choices?.[0] ?? {};
  const { text, thoughts, refusal } = heardIn(choice);
  return {
    text,
    response_metadata: choice.finish_reason ? { finish_reason: choice.finish_reason } : { isWhole: true },
    additional_kwargs: thoughts === '' && refusal === '' ? nothing : { reasoning_content: thoughts, refusal },
    usage_metadata: body.usage ? counted(body.usage) : undefined,
  };
}
