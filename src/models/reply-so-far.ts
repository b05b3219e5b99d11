import type { Usage } from '../debate/calls.ts';
import type { Ending } from '../debate/speech-events.ts';
import { createLoopWatch, type LoopWatch } from '../grounding/repetition.ts';
import type { SaidEnd } from './reply-stream.ts';
import { ThoughtFilter } from './thought-filter.ts';
import { TokenCount } from './token-count.ts';
import type { CallRequest, ChatChunk } from './types.ts';

/** Under these names providers tell why a stream ended. */
const fields = ['finish_reason', 'stop_reason', 'finishReason', 'stopReason', 'done_reason'] as const;

/** What servers call an end that is not simply one; any other word is a whole reply. */
const endings: readonly (readonly [Ending, RegExp])[] = [
  ['length', /max_|length|limit|context_window|^incomplete$/],
  ['refused', /refus/],
  [
    'filtered',
    /filter|guardrail|safety|recitation|prohibited|blocklist|blocked|spii|sensitive|moderat|toxic|^language$/,
  ],
];

/** Words by which servers say that something broke, though they put it into the place of a finish reason. */
const broken =
  /^(?:unknown|load|other|abort|aborted|pause_turn|timeout|timed_out)$|error(?!_toxic)|malformed|cancell?ed|fail|insufficient/;

/** How a chunk says that its stream ended; null where it says nothing, `broken` where the provider gave up. */
function endingOf(chunk: ChatChunk): Ending | 'broken' | null {
  for (const field of fields) {
    const reason = chunk.response_metadata[field] ?? chunk.additional_kwargs[field];
    if (typeof reason !== 'string' || reason === '') continue;
    const word = reason.toLowerCase();
    if (broken.test(word)) return 'broken';
    return endings.find(([, words]) => words.test(word))?.[0] ?? 'complete';
  }
  return null;
}

/** Twenty-five times the characters that the tokens of a reply usually have; a server that sends more is not listened to. */
function mostCharacters(maxOutputTokens: number): number {
  return Math.max(16_000, 100 * maxOutputTokens);
}
const mostThoughtCharacters = 2_000_000;

/** What one attempt's stream has said so far. */
export class ReplySoFar {
  hasChunk = false;
  /** A word or a thought came. */
  hasToken = false;
  ending: Ending | 'broken' | null = null;
  /** The stream said that it is whole, though perhaps not why it ended. */
  isMarkedWhole = false;
  /** Words came after its end was said, as servers have it that give a reason with every piece. */
  #goesOn = false;
  /** The tokens are counted, though their count may be handed over later. */
  #isCounted = false;
  /** Milliseconds from the attempt's start to its first word. */
  firstTextMs: number | null = null;
  /** Words and thoughts, for estimates. */
  #generated = '';
  /** Thoughts that came apart from the words. */
  #apart = '';
  readonly #count = new TokenCount();
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #filter: ThoughtFilter;
  readonly #loopWatch: LoopWatch | null;
  /** It says the same over and over. */
  isLooping = false;
  /** It asked for a tool. */
  callsTool = false;

  /**
   * `isLive`: words may be shown as they come, since this model's thoughts don't stand among them.
   * `isSpeech`: it is watched for saying the same over and over.
   */
  constructor(
    now: () => number,
    { isLive = false, isSpeech = false }: { isLive?: boolean; isSpeech?: boolean } = {},
  ) {
    this.#now = now;
    this.#startedAt = now();
    this.#filter = new ThoughtFilter({ isLive });
    this.#loopWatch = isSpeech ? createLoopWatch() : null;
  }

  /** The words that are speech; thoughts are not among them. */
  get text(): string {
    return this.#filter.text;
  }

  /** How much of its end the stream has said. */
  get saidEnd(): SaidEnd {
    if (this.ending === null || this.ending === 'broken' || this.#goesOn) return 'nothing';
    return this.#isCounted || this.#count.hasOutput ? 'count' : 'reason';
  }

  get thoughts(): Pick<ThoughtFilter, 'wasSurprised' | 'hasLeaked'> {
    return this.#filter;
  }

  /** Did the model think where it can be seen? */
  get hasThoughts(): boolean {
    return this.#apart !== '' || this.#filter.hasThoughts;
  }

  /** What the model thought, as far as it could be seen; never to be shown, sent or journaled. */
  get thoughtText(): string {
    return [this.#apart, this.#filter.thoughts]
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .join('\n\n');
  }

  /** Share of what came that was thought, 0..1. */
  get thoughtShare(): number {
    return this.#generated === '' ? 0 : 1 - Math.min(1, this.text.length / this.#generated.length);
  }

  get cacheWriteTokens(): number {
    return this.#count.cacheWriteTokens;
  }

  /** Takes in a chunk and returns the words in it that are for showing. */
  take(chunk: ChatChunk): string {
    this.hasChunk = true;
    const { additional_kwargs: extra, response_metadata: metadata } = chunk;
    const hadEnded = this.ending !== null;
    const thought = extra['reasoning_content'] ?? extra['reasoning'] ?? thoughtIn(chunk.content);
    if (typeof thought === 'string' && thought !== '') {
      this.#apart += thought;
      this.#generated += thought;
    }
    if (chunk.usage_metadata) this.#count.add(chunk.usage_metadata);
    if (metadata['isWhole'] === true) this.isMarkedWhole = true;
    if (metadata['isCounted'] === true) this.#isCounted = true;
    if (metadata['callsTool'] === true) this.callsTool = true;
    const ending = endingOf(chunk);
    if (ending !== null && this.ending !== 'refused') this.ending = ending;
    let text = wordsOf(chunk);
    if (typeof extra['refusal'] === 'string' && extra['refusal'] !== '') {
      text += extra['refusal'];
      this.ending = 'refused';
    }
    this.#goesOn ||= hadEnded && text !== '';
    this.#generated += text;
    if (text !== '') this.isLooping ||= this.#loopWatch?.take(text) ?? false;
    this.hasToken ||= this.#generated !== '';
    return text === '' ? '' : this.#show(this.#filter.push(text));
  }

  /** Words that were held back until the stream's end. */
  end(): string {
    return this.#show(this.#filter.end());
  }

  /** Has more come than any reply of so many tokens could be? Then no more is listened to. */
  exceeds(maxOutputTokens: number): boolean {
    const mostText = mostCharacters(maxOutputTokens);
    const { length } = this.#generated;
    return length > mostText && (this.text.length > mostText || length > mostText + mostThoughtCharacters);
  }

  /** The text without what is beyond any sense, up to its last whole line or sentence where there is one. */
  textUpTo(maxOutputTokens: number): string {
    const kept = this.text.slice(0, mostCharacters(maxOutputTokens));
    const whole = /^[\s\S]*[.!?\n。！？]/.exec(kept)?.[0] ?? kept;
    return whole.length > kept.length / 2 ? whole : kept;
  }

  /** The provider's count, or an estimate of what it must have counted; null where nothing came that it would charge. */
  usage(request: CallRequest): Usage | null {
    if (!this.hasToken && !this.#count.hasOutput) return null;
    return this.#count.usage(request, this.#generated);
  }

  #show(text: string): string {
    if (text === '') return '';
    this.firstTextMs ??= Math.max(0, this.#now() - this.#startedAt);
    return text;
  }
}

/** Old versions of LangChain have no `text`. */
function wordsOf({ text, content }: ChatChunk): string {
  if (typeof text === 'string') return text;
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  const texts = content.map((part: { type?: unknown; text?: unknown }) =>
    typeof part.text === 'string' && !isThought(part.type) ? part.text : '',
  );
  return texts.join('');
}

function isThought(type: unknown): boolean {
  return typeof type === 'string' && /^(thinking|thought|reasoning|redacted_thinking)/.test(type);
}

/** Thoughts that stand as parts of their own among the parts of a content. */
function thoughtIn(content: unknown): string {
  if (!Array.isArray(content)) return '';
  return content
    .map(({ type, thinking, reasoning, text }: Record<string, unknown>) =>
      [thinking, reasoning, isThought(type) ? text : null].find((thought) => typeof thought === 'string'),
    )
    .filter((thought) => thought !== undefined)
    .join('');
}
