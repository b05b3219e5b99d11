/** Names of the tags between which models think aloud, in <…>, [...] and other brackets. */
const tagNames = [
  'think',
  'thinking',
  'thought',
  'thoughts',
  'reasoning',
  'reason',
  'reflection',
  'analysis',
  'scratchpad',
  'monologue',
  'inner_monologue',
  'inner_thoughts',
  'chain_of_thought',
  'deliberation',
];
/** Marks of single model families: <|begin_of_thought|>, <|START_THINKING|>, <unused94>. */
const specialOpeners = ['begin_of_thought', 'start_thinking', 'unused94'];
const specialClosers = ['end_of_thought', 'end_thinking', 'unused95'];
/** What encloses the answer after a thought; the answer itself is speech. */
const answerNames = ['answer', 'response', 'final_answer', 'output'];
const answerMarks = ['start_response', 'end_response', 'begin_of_solution', 'end_of_solution'];
/** Harmony's message marks (github.com/openai/harmony), and ends of messages that templates leak. */
const messageMarks = ['start', 'channel', 'message', 'constrain', 'end', 'return', 'call'];
const endMarks = ['im_end', 'im_start', 'eot_id', 'endoftext'];

const names = tagNames.join('|');
const left = String.raw`(?:<|&lt;|＜)\s{0,8}\|?\s{0,8}`;
const right = String.raw`(?:\s[^<>]{0,200}?)?\s{0,8}[|/]?\s{0,8}(?:>|&gt;|＞)`;
const space = String.raw`(?:[a-z]\w{0,20}:)?`;
const oneOf = (words: readonly string[]) => `(?:${words.join('|')})`;

/** Every mark that changes what the words around it are; the named group tells which. */
const marks = new RegExp(
  [
    String.raw`(?<channel><\|channel\|>\s{0,8}(?<channelName>[a-z]*)(?:(?!<\|message\|>)[^\n]){0,120}(?:<\|message\|>|\n))`,
    String.raw`(?<start><\|start\|>\s{0,8}(?:assistant)?)`,
    String.raw`(?<end><\|(?:end|return|call)\|>)`,
    String.raw`(?<noise><\|(?:${[...answerMarks, ...endMarks, 'message'].join('|')})\|>(?:assistant\b\s{0,8})?)`,
    String.raw`(?<open>${left}${space}(?:${names})${right}|<\|?${oneOf(specialOpeners)}\|?>|\[\s{0,8}(?:${names})\s{0,8}\]|◁\s{0,8}(?:${names})\s{0,8}▷)`,
    String.raw`(?<close>${left}\/\s{0,8}${space}(?:${names})${right}|<\|?${oneOf(specialClosers)}\|?>|\[\s{0,8}\/\s{0,8}(?:${names})\s{0,8}\]|◁\s{0,8}\/\s{0,8}(?:${names})\s{0,8}▷)`,
    String.raw`(?<answer>${left}\/?\s{0,8}${space}${oneOf(answerNames)}${right})`,
  ].join('|'),
  'giu',
);
const selfClosing = /\/\s*(?:>|&gt;|＞)$/;

/** Words by which a mark may begin, for telling whether a text may end in the middle of one. */
const markWords = [
  ...tagNames,
  ...specialOpeners,
  ...specialClosers,
  ...answerNames,
  ...answerMarks,
  ...messageMarks,
  ...endMarks,
];
const longestMark = 240;
/** Harmony's form after its marks were lost: analysisWe need to …assistantfinalWe propose … */
const bareAnalysis = /^analysis(?=[A-Z"“])/;
const bareFinal = /assistant\s*final(?=[^a-z])/;
/** A pair of tags with so few words between them is spoken of, not thought in: "<think> and </think>". */
const mostWordsBetween = 4;

export interface ThoughtFilter {
  /** Takes in a piece and returns what can be shown now. */
  push(piece: string): string;
  /** What was held back until the stream's end. */
  end(): string;
  /** All that is speech so far, shown or held back. */
  readonly text: string;
  /** Did a thought stand among the words? */
  readonly hasThoughts: boolean;
  /** Did it turn out only later that words before were a thought? Then their model's words cannot be shown as they come. */
  readonly wasSurprised: boolean;
  /** What was shown is void: it was a thought. */
  readonly hasLeaked: boolean;
}

interface Options {
  /** True where the server is known to keep thoughts apart or to mark their beginning: words are shown as they come. */
  isLive?: boolean;
}

/**
 * Takes a model's thoughts out of the words of its reply: between tags at its start or later on, before a closing tag
 * whose opening one the server had put into the prompt, or in harmony's channels. Whether words are a thought may only
 * be known later, so nothing is shown before the end unless `isLive`, or a thought was opened and closed before them.
 * A tag that is quoted or spoken of within a sentence is left as it is; in doubt words are a thought.
 */
export function createThoughtFilter({ isLive = false }: Options = {}): ThoughtFilter {
  return new Filter(isLive);
}

class Filter implements ThoughtFilter {
  hasThoughts = false;
  wasSurprised = false;
  hasLeaked = false;
  /** Speech that was shown, and speech that is held back. */
  #shown = '';
  #hidden = '';
  /** Not yet looked at. */
  #held = '';
  #isLive: boolean;
  /** Thoughts that are open, one in the other. */
  #depth = 0;
  #thoughtSinceOpening = '';
  /** After the end of one of harmony's messages and before the next. */
  #isBetween = false;
  #isHarmony = false;
  #isFinalChannel = false;
  /** Tags that were spoken of and not yet closed. */
  #spokenOf = 0;
  /** A tag within a sentence, with all that came after it, that may be either. */
  #pending: { mark: string; inside: string } | null = null;
  #isBare: boolean | null = null;
  #hasBegun = false;
  /** The reply began with a thought that was opened in sight. */
  #mayGoLive = false;

  constructor(isLive: boolean) {
    this.#isLive = isLive;
  }

  get text(): string {
    return this.#shown + this.#hidden;
  }

  push(piece: string): string {
    this.#held += piece;
    this.#advance(false);
    return this.#isLive ? this.#release() : '';
  }

  end(): string {
    this.#advance(true);
    if (this.#pending) this.#say(this.#pending.mark + this.#pending.inside);
    this.#pending = null;
    return this.#release();
  }

  #release(): string {
    const text = this.#hidden;
    this.#shown += text;
    this.#hidden = '';
    return text;
  }

  #advance(isOver: boolean): void {
    if (this.#held === '' || this.#waitsForBareHarmony(isOver)) return;
    while (this.#held !== '') {
      marks.lastIndex = 0;
      const mark = marks.exec(this.#held);
      if (!mark) break;
      const before = this.#held.slice(0, mark.index);
      const after = this.#held.slice(mark.index + mark[0].length);
      this.#pass(before);
      // What follows tells whether a tag is spoken of.
      const waits = after === '' && !isOver && (mark.groups?.['open'] || mark.groups?.['close']);
      if (waits) {
        this.#held = mark[0];
        return;
      }
      this.#held = after;
      this.#turn(mark, before.slice(-1) || this.#lastCharacter(), after.slice(0, 1));
    }
    const safe = isOver ? this.#held.length : safeLength(this.#held);
    const rest = this.#held.slice(0, safe);
    this.#held = this.#held.slice(safe);
    if (isOver && this.#depth === 0 && !this.#isBetween) this.#passLast(rest);
    else this.#pass(rest);
  }

  /** A stream that was cut within a closing tag has shown that all before it was a thought. */
  #passLast(rest: string): void {
    const [cut] = /(?:<|&lt;|＜|\[|◁)\s*\/\s*[a-z_]{2,}$/i.exec(rest) ?? [];
    if (cut !== undefined && couldBeMark(cut)) this.#void();
    else this.#pass(rest);
  }

  /** Words that stand between two marks. */
  #pass(words: string): void {
    if (words === '') return;
    if (this.#depth > 0) this.#thoughtSinceOpening += words;
    else if (this.#pending) this.#pending.inside += words;
    else if (!this.#isBetween) this.#say(words);
  }

  #say(words: string): void {
    // Lines that only parted a thought from the speech are neither's.
    const isAfterThought =
      this.hasThoughts && !this.#hasBegun && (this.text.trim() === '' || /\s$/.test(this.text));
    const said = isAfterThought ? words.trimStart() : words;
    if (said === '') return;
    this.#hasBegun = true;
    this.#hidden += said;
  }

  #lastCharacter(): string {
    if (this.#depth > 0) return this.#thoughtSinceOpening.slice(-1);
    return this.#pending?.inside.slice(-1) ?? this.text.slice(-1);
  }

  #turn(mark: RegExpExecArray, previous: string, next: string): void {
    const { channel, channelName, start, end, noise, open, close, answer } = mark.groups ?? {};
    if (channel !== undefined) this.#enterChannel((channelName ?? '').toLowerCase() === 'final');
    else if (start !== undefined || end !== undefined) this.#endMessage();
    else if (answer !== undefined) {
      if (!this.hasThoughts) this.#pass(answer);
    } else if (open !== undefined) {
      if (!selfClosing.test(open)) this.#open(open, previous, next);
    } else if (close !== undefined) this.#close(close, previous, next);
    else if (noise !== undefined && this.#isHarmony) this.#isBetween = false;
  }

  #enterChannel(isFinal: boolean): void {
    this.#settlePending();
    if (isFinal && !this.#isFinalChannel && this.text !== '') this.#void();
    if (!isFinal || !this.#isHarmony) this.hasThoughts = true;
    const isFirst = !this.#isHarmony && this.text === '' && !isFinal;
    this.#isHarmony = true;
    this.#isBetween = false;
    this.#depth = isFinal ? 0 : 1;
    this.#isFinalChannel ||= isFinal;
    this.#hasBegun = false;
    // A thought that was opened and closed in sight leaves no doubt about what follows.
    if (isFirst) this.#mayGoLive = true;
    if (isFinal && this.#mayGoLive) this.#isLive = true;
  }

  #endMessage(): void {
    this.#settlePending();
    this.#depth = 0;
    this.#isBetween = true;
  }

  #open(mark: string, previous: string, next: string): void {
    if (this.#depth > 0) {
      const isNested = this.#thoughtSinceOpening.trim() !== '' && startsBlock(this.#thoughtSinceOpening);
      this.#mayGoLive = false;
      if (!isNested || isQuoted(previous, next)) return;
      this.#depth += 1;
      this.#thoughtSinceOpening = '';
      return;
    }
    if (this.#isBetween) return;
    if (this.#pending) {
      this.#pending.inside += mark;
      return;
    }
    if (isQuoted(previous, next)) {
      this.#spokenOf += 1;
      this.#say(mark);
    } else if (startsBlock(this.text) || /^[\p{L}\p{N}\n]/u.test(next)) {
      this.#mayGoLive = this.text.trim() === '';
      if (this.#mayGoLive) this.#hidden = '';
      this.#think();
    } else this.#pending = { mark, inside: '' };
  }

  #think(): void {
    this.hasThoughts = true;
    this.#depth = 1;
    this.#thoughtSinceOpening = '';
    this.#hasBegun = false;
  }

  #close(mark: string, previous: string, next: string): void {
    if (this.#isHarmony && this.#depth > 0) return;
    if (this.#depth > 0) {
      if (previous === '`' && next === '`') return;
      this.#depth -= 1;
      this.#thoughtSinceOpening = ' ';
      if (this.#depth === 0 && this.#mayGoLive) this.#isLive = true;
      return;
    }
    if (this.#pending) {
      const { mark: opening, inside } = this.#pending;
      this.#pending = null;
      const words = inside.split(/\s+/).filter((word) => word !== '').length;
      const isSpokenOf = words <= mostWordsBetween && !inside.includes('\n');
      if (isSpokenOf) this.#say(opening + inside + mark);
      else this.hasThoughts = true;
      return;
    }
    if (this.#isBetween) return;
    if (isQuoted(previous, next) || this.#spokenOf > 0) {
      this.#spokenOf = Math.max(0, this.#spokenOf - 1);
      this.#say(mark);
    } else this.#void();
  }

  #settlePending(): void {
    if (this.#pending) this.#say(this.#pending.mark + this.#pending.inside);
    this.#pending = null;
  }

  /** All words so far were a thought. */
  #void(): void {
    this.hasThoughts = true;
    if (this.text.trim() !== '') this.wasSurprised = true;
    if (this.#shown.trim() !== '') this.hasLeaked = true;
    if (this.wasSurprised) this.#isLive = false;
    this.#shown = '';
    this.#hidden = '';
    this.#hasBegun = false;
  }

  /** True while it is open whether a reply that begins like harmony without its marks is that. */
  #waitsForBareHarmony(isOver: boolean): boolean {
    if (this.#isBare === false || this.text !== '' || this.hasThoughts) return false;
    const start = this.#held.trimStart();
    if (!isOver && 'analysis'.startsWith(start.slice(0, 8)) && start.length <= 8) return true;
    this.#isBare ??= bareAnalysis.test(start);
    if (!this.#isBare) return false;
    const final = bareFinal.exec(this.#held);
    if (!final && !isOver) return true;
    this.hasThoughts = true;
    this.#isBare = false;
    this.#held = final ? this.#held.slice(final.index + final[0].length) : '';
    return false;
  }
}

const quotes = /["'`“”‘’«»„‹›「」『』]/;

/** Is a tag between these two characters quoted, and so spoken of? */
function isQuoted(previous: string, next: string): boolean {
  return (quotes.test(previous) && quotes.test(next)) || (previous === '(' && next === ')');
}

/** May a thought begin after these words? At their start, on a new line, after a sentence, or right after a word. */
function startsBlock(words: string): boolean {
  const line = words.replace(/[ \t]+$/, '');
  return line === '' || line === words || /[\n.!?。！？…:;»”"')\]*_]$/.test(line);
}

/** How many characters of a text cannot belong to a mark that is still coming. */
function safeLength(text: string): number {
  const from = Math.max(0, text.length - longestMark);
  for (let place = from; place < text.length; place++) {
    const character = text[place] as string;
    if ('<&＜[◁'.includes(character) && couldBeMark(text.slice(place))) return place;
  }
  return text.length;
}

function couldBeMark(text: string): boolean {
  if (/^<\|channel\|>[^\n]{0,120}$/.test(text)) return true;
  const start = /^(?:<|&lt;|＜|\[|◁)\s*\|?\s*\/?\s*/.exec(text)?.[0];
  if (start === undefined) return '&lt;'.startsWith(text);
  if (/[>▷\]＞]/.test(text)) return false;
  const inside = text.slice(start.length).toLowerCase();
  const word = /^(?:[a-z]\w{0,20}:)?([a-z_0-9]*)/.exec(inside)?.[1] ?? '';
  const isWhole = inside.endsWith(word);
  if (word === '') return inside === '' || /^[a-z]\w{0,20}:$/.test(inside);
  // A name space, such as seed: in <seed:think>, looks like a tag of its own until its colon.
  if (isWhole)
    return (
      markWords.some((name) => name.startsWith(word)) || (inside === word && /^[a-z]\w{0,9}$/.test(word))
    );
  return markWords.includes(word);
}
