import { createParser } from 'eventsource-parser';
import type { ChatChunk } from '../../types.ts';

/** Characters that one event of a stream may take; a server that sends more without an end is not listened to. */
const longestEvent = 8_000_000;

/** What is read of an event; servers send more, and sometimes less. */
interface CompletionEvent {
  choices?: Choice[];
  usage?: CountedTokens | null;
  error?: unknown;
}

interface Choice {
  delta?: {
    content?: string | readonly Part[] | null;
    refusal?: string | null;
    reasoning_content?: string;
    reasoning?: string;
  };
  finish_reason?: string | null;
}

interface Part {
  text?: unknown;
}

interface CountedTokens {
  prompt_tokens: number;
  completion_tokens: number;
  prompt_tokens_details?: { cached_tokens?: number; cache_write_tokens?: number } | null;
}

/**
 * The chunks of a streamed chat completion, from the bytes of its reply: one for each reading of the network, with all
 * that it brought, and one for the count of tokens at the end. Throws where the server tells of an error or sends what
 * is no JSON.
 */
export async function* completionChunks(reply: AsyncIterable<Uint8Array>): AsyncGenerator<ChatChunk> {
  const decoder = new TextDecoder();
  const gathered = new Gathered();
  const parser = createParser({
    maxBufferSize: longestEvent,
    onEvent: ({ event, data }) => gathered.take(event, data),
    onError: ({ type, message }) => {
      if (type === 'max-buffer-size-exceeded') throw new SyntaxError(message);
    },
  });
  const fed = (text: string): unknown => {
    try {
      parser.feed(text);
    } catch (error) {
      return error;
    }
    return null;
  };

  for await (const bytes of reply) {
    const failure = fed(decoder.decode(bytes, { stream: true }));
    // What came before the fault was said.
    if (gathered.hasNews) yield gathered.handOver();
    if (failure !== null) throw failure;
    if (gathered.isDone) break;
  }
  // Not every server ends its last event with an empty line.
  const failure = gathered.isDone ? null : fed(`${decoder.decode()}\n\n`);
  if (failure !== null) throw failure;
  if (gathered.hasNews) yield gathered.handOver();
  if (gathered.usage) yield { ...silence, usage_metadata: counted(gathered.usage) };
}

const nothing: Record<string, unknown> = {};
const silence: ChatChunk = { text: '', response_metadata: nothing, additional_kwargs: nothing };

/** What events have brought since the last handing over. */
class Gathered {
  isDone = false;
  hasNews = false;
  /** Some servers send a running count with every event: the last one holds. */
  usage: CountedTokens | null = null;
  #text = '';
  #thoughts = '';
  #refusal = '';
  #finishReason = '';

  take(event: string | undefined, data: string): void {
    if (this.isDone) return;
    if (data === '[DONE]') {
      this.isDone = true;
      return;
    }
    const completion = parsed(data);
    if (event === 'error' || completion.error) throw new StreamedError(completion.error ?? completion);
    this.hasNews = true;
    this.usage = completion.usage ?? this.usage;
    const choice = completion.choices?.[0];
    if (choice) this.#hear(choice);
  }

  #hear({ delta, finish_reason }: Choice): void {
    const { content, refusal } = delta ?? {};
    this.#text += typeof content === 'string' ? content : textOf(content ?? []);
    this.#thoughts += delta?.reasoning_content ?? delta?.reasoning ?? '';
    this.#refusal += refusal ?? '';
    this.#finishReason = finish_reason || this.#finishReason;
  }

  handOver(): ChatChunk {
    const chunk = {
      text: this.#text,
      response_metadata: this.#finishReason === '' ? nothing : { finish_reason: this.#finishReason },
      additional_kwargs:
        this.#thoughts === '' && this.#refusal === ''
          ? nothing
          : { reasoning_content: this.#thoughts, refusal: this.#refusal },
    };
    this.#text = this.#thoughts = this.#refusal = this.#finishReason = '';
    this.hasNews = false;
    return chunk;
  }
}

/** An error that a server tells of in the middle of its stream, in its own form. */
class StreamedError extends Error {
  readonly error: unknown;

  constructor(error: unknown) {
    super(typeof error === 'string' ? error : 'the stream told of an error');
    this.error = error;
  }
}

function parsed(data: string): CompletionEvent {
  try {
    const event: unknown = JSON.parse(data);
    if (typeof event === 'object' && event !== null) return event;
  } catch {
    // Without the words of the parser, which would quote the reply.
  }
  throw new SyntaxError('an event of the stream is no JSON object');
}

/** Some servers send a list of parts, of which those without a text are thoughts. */
function textOf(content: readonly Part[]): string {
  return content.map(({ text }) => (typeof text === 'string' ? text : '')).join('');
}

function counted(usage: CountedTokens): NonNullable<ChatChunk['usage_metadata']> {
  const details = usage.prompt_tokens_details;
  return {
    input_tokens: usage.prompt_tokens,
    output_tokens: usage.completion_tokens,
    input_token_details: {
      cache_read: details?.cached_tokens ?? 0,
      cache_creation: details?.cache_write_tokens ?? 0,
    },
  };
}
