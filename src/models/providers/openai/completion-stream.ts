import { createParser } from 'eventsource-parser';
import type { ChatChunk } from '../../types.ts';
import { errorIn, ReportedError } from '../reported-error.ts';
import {
  type Choice,
  type CompletionBody,
  type CountedTokens,
  chunkOfBody,
  counted,
  heardIn,
  silence,
} from './completion-body.ts';

/** Characters that one event of a stream, or a reply that is no stream, may take; a server that sends more is not listened to. */
const longestEvent = 8_000_000;

/**
 * The chunks of a chat completion, from the bytes of its reply: one for each reading of the network, with all that it
 * brought, and one for the count of tokens at the end. A server that answers with one JSON object in place of a stream
 * is read too. Throws where the server reports an error or sends what is no JSON.
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

  /** A reply that is no stream of events, as far as it came; null once it is known to be one. */
  let document: string | null = '';
  for await (const bytes of reply) {
    const text = decoder.decode(bytes, { stream: true });
    if (document !== null) {
      document += text;
      if (document.length > longestEvent) throw new SyntaxError('the reply is implausibly long');
      if (/^\s*([{[<]|$)/.test(document.slice(0, 200))) continue;
    }
    const failure = fed(document ?? text);
    document = null;
    // What came before the fault was said.
    if (gathered.hasNews) yield gathered.handOver();
    if (failure !== null) throw failure;
    if (gathered.isDone) break;
  }
  if (document !== null && document.trim() !== '') {
    yield chunkOfBody(completionIn(document));
    return;
  }
  // Not every server ends its last event with an empty line.
  const failure = gathered.isDone ? null : fed(`${decoder.decode()}\n\n`);
  if (failure !== null) throw failure;
  if (gathered.hasNews) yield gathered.handOver();
  const metadata = gathered.isWhole ? { response_metadata: { isWhole: true } } : {};
  if (gathered.usage) yield { ...silence, ...metadata, usage_metadata: counted(gathered.usage) };
  else if (gathered.isWhole && !gathered.hasSaidWhole) yield { ...silence, ...metadata };
}

/** A whole reply that is one JSON object, or one a line; throws what the server reports in place of one. */
function completionIn(document: string): CompletionBody {
  const body = parsedOrNull(document);
  if (body === null) {
    if (/^\s*</.test(document)) throw new ReportedError('the server answered with a web page', document);
    throw new SyntaxError('the reply is neither a stream of events nor JSON');
  }
  const reported = errorIn(body);
  const completion = body as CompletionBody;
  if (Array.isArray(completion.choices) && completion.choices.length > 0) return completion;
  throw reported ?? new SyntaxError('the reply is JSON without a completion');
}

/** Events that only keep a connection open, as some servers send them in place of comments. */
const keepAlive = /^(:.*|\[?(ping|pong|keep-?alive|heart-?beat|processing)\]?.*|null|undefined|\{\s*\})?$/is;

/** What events have brought since the last handing over. */
class Gathered {
  isDone = false;
  hasNews = false;
  hasSaidWhole = false;
  /** Some servers send a running count with every event: the last one holds. */
  usage: CountedTokens | null = null;
  #counts = 0;
  #isCountLast = false;
  #text = '';
  #thoughts = '';
  #refusal = '';
  #finishReason = '';

  /** The stream ended as streams do that are whole: with the end mark, or with the one count of its tokens. */
  get isWhole(): boolean {
    return this.isDone || (this.#isCountLast && this.#counts === 1);
  }

  take(event: string | undefined, given: string): void {
    const data = given.trim();
    if (this.isDone) return;
    if (data === '[DONE]') {
      this.isDone = true;
      return;
    }
    if (event === 'ping' || (keepAlive.test(data) && !data.includes('"'))) return;
    const completion = parsed(data);
    const reported =
      event === 'error' ? (errorIn(completion) ?? new ReportedError('', data)) : errorIn(completion);
    if (reported && !completion.choices?.length) throw reported;
    this.hasNews = true;
    this.#isCountLast = Boolean(completion.usage);
    if (completion.usage) this.#counts += 1;
    this.usage = completion.usage ?? this.usage;
    const choice = completion.choices?.[0];
    if (choice) this.#hear(choice);
  }

  #hear(choice: Choice): void {
    const { text, thoughts, refusal } = heardIn(choice);
    this.#text += text;
    this.#thoughts += thoughts;
    this.#refusal += refusal;
    this.#finishReason = choice.finish_reason || this.#finishReason;
  }

  #metadata(): Record<string, unknown> {
    const isWhole = this.isDone ? { isWhole: true } : silence.response_metadata;
    return this.#finishReason === '' ? isWhole : { ...isWhole, finish_reason: this.#finishReason };
  }

  handOver(): ChatChunk {
    const chunk = {
      text: this.#text,
      response_metadata: this.#metadata(),
      additional_kwargs:
        this.#thoughts === '' && this.#refusal === ''
          ? silence.additional_kwargs
          : { reasoning_content: this.#thoughts, refusal: this.#refusal },
    };
    this.#text = this.#thoughts = this.#refusal = this.#finishReason = '';
    this.hasNews = false;
    this.hasSaidWhole ||= this.isDone;
    return chunk;
  }
}

function parsed(data: string): CompletionBody {
  const event = parsedOrNull(data);
  if (typeof event === 'object' && event !== null) return event;
  // Without the words of the parser, which would quote the reply.
  throw new SyntaxError('an event of the stream is no JSON object');
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
