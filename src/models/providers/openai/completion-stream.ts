import { createParser } from 'eventsource-parser';
import { parsedJson } from '../../../text/json-in-text.ts';
import type { ChatChunk } from '../../types.ts';
import { ReportedError, wordsOfPage } from '../reported-error.ts';
import { type CompletionBody, chunkOfBody, isPiece, reportedIn, saidIn, silence } from './completion-body.ts';
import { GatheredEvents, inARow, keepAlive } from './gathered-events.ts';

/** Characters that one event of a stream, or a reply that is no stream, may take; a server that sends more is not listened to. */
const longestEvent = 8_000_000;

/**
 * The chunks of a chat completion, from the bytes of its reply: one for each reading of the network, with all that it
 * brought, and one for the count of tokens at the end. A server that answers with JSON in place of a stream of events, whole or a
 * line at a time, is read too. Throws where the server reports an error or sends what is no JSON.
 */
export async function* completionChunks(reply: AsyncIterable<Uint8Array>): AsyncGenerator<ChatChunk> {
  const decoder = new TextDecoder();
  const gathered = new GatheredEvents();
  const parser = createParser({
    maxBufferSize: longestEvent,
    onEvent: ({ event, data }) => gathered.take(event, data),
    onError: ({ type, message }) => {
      if (type === 'max-buffer-size-exceeded') throw new SyntaxError(message);
    },
  });
  /** The line under way of a reply that has a body a line in place of events; null where it has events. */
  let line: string | null = null;
  const fed = (text: string): unknown => {
    try {
      if (line === null) parser.feed(text);
      else {
        const lines = `${line}${text}`.split('\n');
        line = lines.pop() ?? '';
        for (const each of lines) gathered.take(undefined, each.replace(/^data:/, ''));
      }
    } catch (error) {
      return error;
    }
    return null;
  };

  /** A reply that is no stream of events, as far as it came; null once it is known to be one. */
  let document: string | null = '';
  let opening = '';
  try {
    for await (const bytes of reply) {
      const text = decoder.decode(bytes, { stream: true });
      if (document !== null) {
        document += text;
        if (document.length > longestEvent) throw new SyntaxError('the reply is implausibly long');
        opening = document.slice(0, 500);
        if (beginsLines(document)) line = '';
        else if (/^[\s\ufeff]*([{[<"]|$)/.test(opening)) continue;
      }
      const failure = fed(document ?? text);
      document = null;
      // What came before the fault was said.
      if (gathered.hasNews) yield gathered.handOver();
      if (failure !== null) throw failure;
      if (gathered.isDone) break;
    }
  } catch (error) {
    // What breaks behind the end of a reply takes nothing away from it.
    if (!gathered.hasEnded) throw error;
  }
  if (document !== null && document.trim() !== '') {
    const bodies = bodiesIn(document);
    const [body] = bodies;
    if (bodies.length === 1) return yield chunkOfBody(completionIn(body));
    // As a stream without the marks of one: a line, or an item of a list, for each event.
    for (const each of bodies) gathered.takeBody(undefined, each);
  }
  // Not every server ends its last event with an empty line.
  const failure = gathered.isDone ? null : fed(`${decoder.decode()}\n\n`);
  if (failure !== null && !gathered.hasEnded) throw failure;
  gathered.end();
  if (gathered.hasNews) yield gathered.handOver();
  if (gathered.isForeign)
    throw new ReportedError('it answers in another form than that of Chat Completions', null);
  if (!gathered.hasEvents && !keepAlive.test(opening.trim()))
    throw new ReportedError(wordsOfPage(opening), opening);
  const metadata = gathered.isWhole ? { response_metadata: { isWhole: true } } : {};
  if (gathered.usage) yield { ...silence, ...metadata, usage_metadata: gathered.usage };
  else if (gathered.isWhole && !gathered.hasSaidWhole) yield { ...silence, ...metadata };
}

/** Is the first line a piece of a reply, by itself? */
function beginsLines(document: string): boolean {
  const end = document.startsWith('{') ? document.indexOf('\n') : -1;
  const body = end === -1 ? null : (parsedJson(document.slice(0, end)) ?? null);
  return body !== null && isPiece(body as CompletionBody);
}

/** What a reply that is no stream of events holds: one body, a list of them, or several one after the other. */
function bodiesIn(document: string): unknown[] {
  const text = document.replace(/^\ufeff/, '');
  const body = parsedJson(text) ?? null;
  if (body !== null) return Array.isArray(body) && body.length > 0 ? body : [body];
  if (/^\s*</.test(text)) throw new ReportedError(`the server answered with ${wordsOfPage(text)}`, document);
  const { bodies } = inARow(text.replace(/^data:/gim, ''));
  // The last one may have been cut.
  if (bodies.length > 0) return [...bodies, {}];
  throw new SyntaxError('the reply is neither a stream of events nor JSON');
}

/** A body that holds a whole reply; throws what the server reports in place of one. */
function completionIn(body: unknown): CompletionBody {
  if (typeof body === 'string') throw new ReportedError(body, body);
  const completion = (body ?? {}) as CompletionBody;
  const reported = reportedIn(completion);
  if (reported !== null) throw reported;
  if (saidIn(completion)) return completion;
  throw new SyntaxError('the reply is JSON without a completion');
}
