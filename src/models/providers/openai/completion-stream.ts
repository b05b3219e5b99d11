import { createParser } from 'eventsource-parser';
import type { ChatChunk } from '../../types.ts';
import { errorIn, ReportedError, wordsOfPage } from '../reported-error.ts';
import {
  type Choice,
  type CompletionBody,
  type CountedTokens,
  choiceOf,
  chunkOfBody,
  counted,
  countIn,
  partsOfReply,
  reasonIn,
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
  let opening = '';
  for await (const bytes of reply) {
    const text = decoder.decode(bytes, { stream: true });
    if (document !== null) {
      document += text;
      if (document.length > longestEvent) throw new SyntaxError('the reply is implausibly long');
      opening = document.slice(0, 500);
      if (/^\s*([{[<"]|$)/.test(opening)) continue;
    }
    const failure = fed(document ?? text);
    document = null;
    // What came before the fault was said.
    if (gathered.hasNews) yield gathered.handOver();
    if (failure !== null) throw failure;
    if (gathered.isDone) break;
  }
  if (document !== null && document.trim() !== '') {
    const bodies = bodiesIn(document);
    const [body] = bodies;
    if (bodies.length === 1) return yield chunkOfBody(completionIn(body));
    // As a stream without the marks of one: a line, or an item of a list, for each event.
    for (const each of bodies) gathered.take(undefined, JSON.stringify(each));
  }
  // Not every server ends its last event with an empty line.
  const failure = gathered.isDone ? null : fed(`${decoder.decode()}\n\n`);
  if (failure !== null) throw failure;
  if (gathered.hasNews) yield gathered.handOver();
  if (!gathered.hasEvents && opening.trim() !== '') throw new ReportedError(wordsOfPage(opening), opening);
  const metadata = gathered.isWhole ? { response_metadata: { isWhole: true } } : {};
  if (gathered.usage) yield { ...silence, ...metadata, usage_metadata: counted(gathered.usage) };
  else if (gathered.isWhole && !gathered.hasSaidWhole) yield { ...silence, ...metadata };
}

/** What a reply that is no stream of events holds: one body, a list of them, or one a line. */
function bodiesIn(document: string): unknown[] {
  const body = parsedOrNull(document);
  if (body !== null) return Array.isArray(body) && body.length > 0 ? body : [body];
  if (/^\s*</.test(document)) {
    throw new ReportedError(`the server answered with ${wordsOfPage(document)}`, document);
  }
  const lines = document.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  const bodies = lines.map(parsedOrNull).filter((each) => each !== null);
  // The last line may have been cut.
  if (bodies.length > 0 && bodies.length >= lines.length - 1) return [...bodies, {}];
  throw new SyntaxError('the reply is neither a stream of events nor JSON');
}

/** A body that holds a whole reply; throws what the server reports in place of one. */
function completionIn(body: unknown): CompletionBody {
  if (typeof body === 'string') throw new ReportedError(body, body);
  const completion = body as CompletionBody;
  const reported = reportedIn(completion);
  if (reported !== null) throw reported;
  if (choiceOf(completion)) return completion;
  throw new SyntaxError('the reply is JSON without a completion');
}

/** An error in the place of a reply; one beside words counts only where it is about them. */
function reportedIn(completion: CompletionBody): ReportedError | null {
  const choice = choiceOf(completion);
  if (choice) return choice.error ? errorIn({ error: choice.error }) : null;
  return errorIn(completion);
}

/** Events that only keep a connection open, as some servers send them in place of comments. */
const keepAlive = /^(:.*|\[?(ping|pong|keep-?alive|heart-?beat|processing)\]?.*|null|undefined|\{\s*\})?$/is;

/** What events have brought since the last handing over. */
class Gathered {
  isDone = false;
  hasNews = false;
  hasSaidWhole = false;
  hasEvents = false;
  /** Some servers send a running count with every event: the last one holds. */
  usage: CountedTokens | null = null;
  #counts = 0;
  #isCountLast = false;
  #text = '';
  #thoughts = '';
  #refusal = '';
  #hasText = false;
  #finishReason = '';
  /** What stands before and after the words in an event that brings nothing but words; most of a stream is made of such. */
  #around: { before: string; after: string } | null = null;

  /** The stream ended as streams do that are whole: with the end mark, or with the one count of its tokens. */
  get isWhole(): boolean {
    return this.isDone || (this.#isCountLast && this.#counts === 1);
  }

  take(event: string | undefined, given: string): void {
    const data = given.trim();
    if (this.isDone) return;
    if (event === undefined && this.#takeAlike(data)) return;
    this.hasEvents = true;
    if (/^\[done\]$/i.test(data) || (event === 'done' && !data.includes('"'))) {
      this.isDone = true;
      return;
    }
    if (event === 'ping' || (keepAlive.test(data) && !data.includes('"'))) return;
    const read = parsedOrNull(data);
    if (read === null && event === 'error') throw new ReportedError(wordsOfPage(data), data);
    // Some servers leave out the empty line between events.
    if (read === null && data.includes('\n')) {
      for (const line of data.split('\n')) this.take(event, line);
      return;
    }
    if (typeof read !== 'object' || read === null) {
      // Without the words of the parser, which would quote the reply.
      throw new SyntaxError('an event of the stream is no JSON object');
    }
    const completion = read as CompletionBody;
    const reported = reportedIn(completion) ?? (event === 'error' ? new ReportedError('', data) : null);
    if (reported) throw reported;
    this.hasNews = true;
    const count = countIn(completion);
    this.#isCountLast = count !== null;
    if (count) this.#counts += 1;
    this.usage = count ?? this.usage;
    const choice = choiceOf(completion);
    const said = choice && this.#hear(choice);
    this.#around = said && count === null && event === undefined ? around(data, said) : null;
  }

  /** Reads an event that differs from the last one in its words alone, without parsing it anew. */
  #takeAlike(data: string): boolean {
    if (this.#around === null) return false;
    const { before, after } = this.#around;
    const words = data.slice(before.length, -after.length);
    if (data.length !== before.length + words.length + after.length || !isPlain(words)) return false;
    if (!data.startsWith(before) || !data.endsWith(after)) return false;
    this.#text += words;
    this.hasNews = true;
    return true;
  }

  /** Gives the words of a choice that has nothing but words. */
  #hear(choice: Choice): string | null {
    // Some servers say it all again in their last event.
    const isRepeated = !choice.delta && this.#hasText;
    const { text, thoughts, refusal } = partsOfReply(isRepeated ? {} : choice);
    this.#hasText ||= text !== '';
    this.#text += text;
    this.#thoughts += thoughts;
    this.#refusal += refusal;
    const reason = reasonIn(choice);
    this.#finishReason = reason || this.#finishReason;
    const isOnlyWords =
      choice.delta?.['content'] === text && thoughts === '' && refusal === '' && reason === '';
    return isOnlyWords ? text : null;
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

/** Words that stand in JSON as they are. */
function isPlain(words: string): boolean {
  return words !== '' && !/["\\\u0000-\u001f]/.test(words);
}

/** What stands around the words that an event holds as its one content; null where they cannot be told from the rest. */
function around(data: string, words: string): { before: string; after: string } | null {
  if (!isPlain(words)) return null;
  for (const lead of ['"content":"', '"content": "']) {
    const at = data.indexOf(`${lead}${words}"`);
    if (at === -1 || data.includes('"content"', at + 1)) continue;
    const from = at + lead.length;
    return { before: data.slice(0, from), after: data.slice(from + words.length) };
  }
  return null;
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
