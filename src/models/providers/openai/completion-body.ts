import type { ChatChunk } from '../../types.ts';

/** What is read of a completion, streamed or whole; servers send more, and sometimes less. */
export interface CompletionBody {
  choices?: (Choice | null)[] | null;
  usage?: CountedTokens | null;
  /** Groq's place for the count. */
  x_groq?: { usage?: CountedTokens | null } | null;
}

export interface Choice {
  index?: number;
  delta?: Message | null;
  message?: Message | null;
  /** What the old completions have in place of a message. */
  text?: string | null;
  finish_reason?: unknown;
  native_finish_reason?: unknown;
  error?: unknown;
  /** Moonshot's place for the count. */
  usage?: CountedTokens | null;
}

type Message = Record<string, unknown>;

/** Under these names servers send thoughts beside the words. */
const thoughtFields = [
  'reasoning_content',
  'reasoning',
  'thinking',
  'thought',
  'thoughts',
  'reasoning_text',
  'reasoning_details',
];

export interface CountedTokens {
  prompt_tokens?: number;
  completion_tokens?: number;
  input_tokens?: number;
  output_tokens?: number;
  total_tokens?: number;
  reasoning_tokens?: number;
  prompt_tokens_details?: { cached_tokens?: number; cache_write_tokens?: number } | null;
  completion_tokens_details?: { reasoning_tokens?: number } | null;
  /** DeepSeek's and Moonshot's names for tokens read from their caches. */
  prompt_cache_hit_tokens?: number;
  cached_tokens?: number;
}

const nothing: Record<string, unknown> = {};
export const silence: ChatChunk = { text: '', response_metadata: nothing, additional_kwargs: nothing };

/** The first of the choices: only one is asked for. */
export function choiceOf({ choices }: CompletionBody): Choice | undefined {
  return choices?.find((choice) => choice && (choice.index ?? 0) === 0) ?? undefined;
}

/** The words, thoughts and refusal of a message or of a piece of one. */
export function partsOfReply({ delta, message, text }: Choice): {
  text: string;
  thoughts: string;
  refusal: string;
} {
  const said = delta ?? message ?? {};
  const parts = partsIn(said['content'], isThought(said));
  // The last field holds the same once more, in pieces of several kinds.
  const beside = thoughtFields
    .map((field) => partsIn(said[field], true).thoughts)
    .find((words) => words !== '');
  return {
    text: parts.text === '' && typeof text === 'string' ? text : parts.text,
    thoughts: `${beside ?? ''}${parts.thoughts}`,
    refusal: typeof said['refusal'] === 'string' ? said['refusal'] : '',
  };
}

/** Why a choice ended, in the server's word; empty where it does not say. */
export function reasonIn({ finish_reason, native_finish_reason }: Choice): string {
  const reason = finish_reason || native_finish_reason;
  if (typeof reason === 'string') return reason;
  return reason ? String((reason as { type?: unknown }).type ?? 'stop') : '';
}

/** A content is a text, a part with a text in it, or a list of either; some parts are thoughts. */
function partsIn(content: unknown, isWithinThought: boolean): { text: string; thoughts: string } {
  if (typeof content === 'string') {
    return isWithinThought ? { text: '', thoughts: content } : { text: content, thoughts: '' };
  }
  if (Array.isArray(content)) {
    const parts = content.map((part) => partsIn(part, isWithinThought));
    return {
      text: parts.map(({ text }) => text).join(''),
      thoughts: parts.map(({ thoughts }) => thoughts).join(''),
    };
  }
  if (typeof content !== 'object' || content === null) return { text: '', thoughts: '' };
  const part = content as Message;
  const hidden = part['thinking'] ?? part['reasoning'] ?? part['summary'];
  if (hidden !== undefined) return partsIn(hidden, true);
  return partsIn(part['text'] ?? part['content'], isWithinThought || isThought(part));
}

/** Is a part, or a whole piece as Gemini sends it, marked as a thought? */
function isThought({ type, thought, extra_content }: Message): boolean {
  if (typeof type === 'string' && /think|thought|reason|analysis/i.test(type)) return true;
  const google = (extra_content as { google?: { thought?: unknown } } | undefined)?.google;
  return thought === true || google?.thought === true;
}

export function counted(usage: CountedTokens): NonNullable<ChatChunk['usage_metadata']> {
  const { prompt_tokens_details: details, completion_tokens_details: output } = usage;
  const reasoning = output?.reasoning_tokens ?? usage.reasoning_tokens;
  return {
    input_tokens: usage.prompt_tokens ?? usage.input_tokens ?? 0,
    output_tokens: usage.completion_tokens ?? usage.output_tokens ?? 0,
    ...(usage.total_tokens === undefined ? {} : { total_tokens: usage.total_tokens }),
    input_token_details: {
      cache_read: details?.cached_tokens ?? usage.prompt_cache_hit_tokens ?? usage.cached_tokens ?? 0,
      cache_creation: details?.cache_write_tokens ?? 0,
    },
    ...(reasoning === undefined ? {} : { output_token_details: { reasoning } }),
  };
}

/** The count of tokens that a completion or an event of a stream holds, wherever servers put it. */
export function countIn(body: CompletionBody): CountedTokens | null {
  const found = body.usage ?? body.x_groq?.usage ?? choiceOf(body)?.usage;
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? found : null;
}

/** A whole completion as the one chunk of a stream. One that says no reason for its end is whole all the same. */
export function chunkOfBody(body: CompletionBody): ChatChunk {
  const choice = choiceOf(body) ?? {};
  const { text, thoughts, refusal } = partsOfReply(choice);
  const count = countIn(body);
  const reason = reasonIn(choice);
  return {
    text,
    response_metadata: reason === '' ? { isWhole: true } : { finish_reason: reason },
    additional_kwargs: thoughts === '' && refusal === '' ? nothing : { reasoning_content: thoughts, refusal },
    usage_metadata: count ? counted(count) : undefined,
  };
}
