import type { CallFailure, CallRecord, Ending, Usage } from '../debate/events.ts';
import type { ChatMessage, ReplyFormat } from '../debate/messages.ts';

/** What the call policy reads of a streamed chunk; any LangChain AIMessageChunk has this shape. */
export interface ChatChunk {
  readonly text: string;
  readonly response_metadata: Record<string, unknown>;
  readonly usage_metadata?:
    | {
        input_tokens: number;
        output_tokens: number;
        input_token_details?: { cache_read?: number };
      }
    | undefined;
  readonly additional_kwargs: Record<string, unknown>;
}

/** What parley needs of a chat model; any LangChain BaseChatModel has this shape, whichever copy of @langchain/core made it. */
export interface ChatModel {
  stream(messages: ChatMessage[], options?: Record<string, unknown>): Promise<AsyncIterable<ChatChunk>>;
}

/** A model that is ready to be called. */
export interface ModelHandle {
  /** The model spec, such as openai:gpt-5-mini, or simulator. */
  spec: string;
  simulated: boolean;
  /** A chat model for one call. Providers whose instances share connections give a new one each time. */
  chatModel(): Promise<ChatModel>;
  /** Provider-specific call options for what a request asks (seed, JSON reply, token limit, temperature). */
  callOptions(request: CallRequest): Record<string, unknown>;
  /** US dollars per million tokens; null where unknown. */
  price: { input: number; cachedInput: number; output: number } | null;
}

export interface CallRequest {
  messages: ChatMessage[];
  maxOutputTokens: number;
  temperature: number | null;
  seed: number;
  reply?: ReplyFormat;
}

/** What happens during a call, in order. A call ends with exactly one `finished` or `failed`. */
export type CallPart =
  | { type: 'delta'; text: string }
  /** The attempt failed; all its deltas are void. Where retryInMs is a number, another attempt follows after that wait. */
  | {
      type: 'attempt-failed';
      attempt: number;
      reason: CallFailure;
      message: string;
      retryInMs: number | null;
      usage: Usage | null;
      costUsd: number | null;
      /** Had the attempt already given text? */
      hadText: boolean;
    }
  | { type: 'finished'; text: string; ending: Ending; record: CallRecord }
  | { type: 'failed'; reason: CallFailure; message: string; attempts: number };
