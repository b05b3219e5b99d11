import { parsedJson } from '../../../text/json-in-text.ts';
import type { ChatChunk } from '../../types.ts';
import { ReportedError, wordsOfPage } from '../reported-error.ts';
import { type CompletionBody, laterUsage, reportedIn, saidIn, silence, usageIn } from './completion-body.ts';
import { GrowingText } from './growing-text.ts';

/** Bodies that follow each other without a mark between them, and what is left that is none. */
export function inARow(text: string): { bodies: unknown[]; rest: string } {
  const bodies: unknown[] = [];
  let begin = 0;
  for (let end = text.indexOf('}'); end !== -1; end = text.indexOf('}', end + 1)) {
    // Only where another begins, or nothing else comes, can one have ended.
    if (!/^\}[\s,]*(?:[{[\]]|$)/.test(text.slice(end, end + 12))) continue;
    const body = parsedJson(text.slice(begin, end + 1).replace(/^[\s,]+/, '')) ?? null;
    if (body === null) continue;
    bodies.push(body);
    begin = end + 1;
  }
  return { bodies, rest: text.slice(begin).trim() };
}

/** Events that only keep a connection open, as some servers send them in place of comments. */
export const keepAlive =
  /^(:.*|\[?(ping|pong|keep-?alive|heart-?beat|processing)\]?.*|null|undefined|\{\s*\})?$/is;
const endMark = /^["']?\[?done\]?["']?$/i;

/** What events have brought since the last handing over. */
export class GatheredEvents {
  isDone = false;
  hasNews = false;
  hasSaidWhole = false;
  hasEvents = false;
  /** A reason for the end came: what breaks or stays out behind it takes nothing away. */
  hasEnded = false;
  /** Some servers send a running count with every event: the last one holds. */
  usage: ReturnType<typeof usageIn> = null;
  #counts = 0;
  #isCountLast = false;
  readonly #words = new GrowingText();
  readonly #reasoning = new GrowingText();
  #text = '';
  #thoughts = '';
  #refusal = '';
  #callsTool = false;
  #finishReason = '';
  #hasForeign = false;
  #hasKnown = false;
  /** What stands before and after the words in an event that brings nothing but words; most of a stream is made of such. */
  #around: { before: string; after: string } | null = null;

  /** The stream ended as streams do that are whole: with the end mark, or with the one count of its tokens. */
  get isWhole(): boolean {
    return this.isDone || (this.#isCountLast && this.#counts === 1);
  }

  /** Bodies came, and none of them of a kind that is known. */
  get isForeign(): boolean {
    return this.#hasForeign && !this.#hasKnown;
  }

  take(event: string | undefined, given: string): void {
    const data = given.trim();
    if (this.isDone) {
      this.#takeLate(data);
      return;
    }
    if (event === undefined && this.#takeAlike(data)) return;
    this.hasEvents = true;
    if (endMark.test(data) || (/^(done|end|close)$/.test(event ?? '') && !data.includes('"'))) {
      this.isDone = true;
      return;
    }
    if (event === 'ping' || (keepAlive.test(data) && !data.includes('"'))) return;
    const read = parsedJson(data) ?? null;
    if (read !== null) {
      this.takeBody(event, read, data);
      return;
    }
    if (event === 'error') throw new ReportedError(wordsOfPage(data), data);
    // Some servers leave out the empty line between events, or the event's mark between bodies.
    const lines = data.split('\n');
    if (lines.length > 1) {
      for (const line of lines) this.take(event, line);
      return;
    }
    const { bodies, rest } = inARow(data.replace(/(?<=\})\s*\[DONE\]$/i, ''));
    if (bodies.length === 0 || rest !== '') {
      // Words are the server's own report; what looks like JSON would be a piece of the reply.
      if (/^(?:\[\w+\])?[^{}[\]"]{3,300}$/.test(data)) throw new ReportedError(data, data);
      throw new SyntaxError('an event of the stream is no JSON object');
    }
    for (const body of bodies) this.takeBody(event, body);
    this.isDone = /\[DONE\]$/i.test(data);
  }

  takeBody(event: string | undefined, read: unknown, data = ''): void {
    this.hasEvents = true;
    // Without the words of the parser, which would quote the reply.
    if (typeof read !== 'object' || read === null)
      throw new SyntaxError('an event of the stream is no JSON object');
    const body = read as CompletionBody;
    const reported = reportedIn(body) ?? (event === 'error' ? new ReportedError('', read) : null);
    // A reply that has ended is whole, whatever failed behind it.
    if (reported && this.hasEnded) return;
    if (reported) throw reported;
    this.hasNews = true;
    const usage = usageIn(body);
    this.#isCountLast = usage !== null;
    if (usage) {
      this.#counts += 1;
      this.usage = laterUsage(this.usage, usage);
    }
    const said = saidIn(body);
    this.#around = null;
    if (said || 'choices' in body) this.#hasKnown = true;
    else this.#hasForeign ||= Object.keys(body).length > 0;
    if (!said) return;
    const { text, thoughts, refusal, reason, isAll, callsTool } = said;
    this.#text += this.#words.take(text, isAll, reason !== '');
    this.#thoughts += this.#reasoning.take(thoughts, isAll);
    this.#refusal += refusal;
    this.#callsTool ||= callsTool;
    this.#finishReason = reason || this.#finishReason;
    this.hasEnded ||= reason !== '';
    const isOnlyWords = thoughts === '' && refusal === '' && reason === '' && !isAll && !usage;
    if (isOnlyWords && event === undefined) this.#around = around(data, text);
  }

  /** What is left when the stream is over. */
  end(): void {
    const [text, thoughts] = [this.#words.end(), this.#reasoning.end()];
    this.#text += text;
    this.#thoughts += thoughts;
    this.hasNews ||= text !== '' || thoughts !== '';
  }

  /** A count may stand behind the end mark. */
  #takeLate(data: string): void {
    const body = parsedJson(data) ?? null;
    const usage = body !== null && typeof body === 'object' ? usageIn(body as CompletionBody) : null;
    this.usage =
      usage && saidIn(body as CompletionBody) === null ? laterUsage(this.usage, usage) : this.usage;
  }

  /** Reads an event that differs from the last one in its words alone, without parsing it anew. */
  #takeAlike(data: string): boolean {
    if (this.#around === null) return false;
    const { before, after } = this.#around;
    const words = data.slice(before.length, -after.length);
    if (data.length !== before.length + words.length + after.length || !isPlain(words)) return false;
    if (!data.startsWith(before) || !data.endsWith(after)) return false;
    this.#text += this.#words.take(words);
    this.hasNews = true;
    return true;
  }

  #metadata(): Record<string, unknown> {
    const isWhole = this.isDone ? { isWhole: true } : silence.response_metadata;
    if (this.hasEnded && this.usage) return { ...this.#ending(isWhole), isCounted: true };
    return this.#ending(isWhole);
  }

  #ending(isWhole: Record<string, unknown>): Record<string, unknown> {
    if (this.#finishReason === '') return isWhole;
    const tool = this.#callsTool ? { callsTool: true } : {};
    return { ...isWhole, finish_reason: this.#finishReason, ...tool };
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
