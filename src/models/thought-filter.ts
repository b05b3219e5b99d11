import { endsInClosing, findMark, type Mark, safeLength } from './thought-marks.ts';

/** Forms without marks: harmony's after its marks were lost (analysisWe need …assistantfinalWe propose …), and Granite's. */
const bareForms = [
  {
    heads: ['analysis'],
    begins: /^analysis(?=[A-Z"“\s])/,
    isSure: /^analysis\S/,
    final: /assistant\s{0,8}final(?=[^a-z])/g,
  },
  {
    heads: ['here is ', "here's ", 'here’s '].map((head) => `${head}my thought process:`),
    begins: /^here(?: is|['’]s) my thought process:/i,
    isSure: /^h/i,
    final: /here(?: is|['’]s) my (?:response|answer|reply)[^:\n]{0,40}:/gi,
  },
];
const longestFinal = 80;
/** A pair of tags with so few words between them is spoken of, not thought in: "<think> and </think>". */
const mostWordsBetween = 4;

/**
 * Takes a model's thoughts out of the words of its reply: between tags at its start or later on, before a closing tag
 * whose opening one the server had put into the prompt, in fences, or in messages of their own. Whether words are a
 * thought may only be known later, so nothing is shown before the end unless `isLive`, or a thought was opened and
 * closed before them. A tag that is quoted or spoken of within a sentence is left as it is; in doubt words are a thought.
 */
export class ThoughtFilter {
  /** Did a thought stand among the words? */
  hasThoughts = false;
  /** Did it turn out only later that words before were a thought? Then their model's words cannot be shown as they come. */
  wasSurprised = false;
  /** What was shown is void: it was a thought. */
  hasLeaked = false;
  /** All that was thought, as far as it is known to be. */
  thoughts = '';
  /** Speech that was shown, and speech that is held back. */
  #shown = '';
  #hidden = '';
  /** Not yet looked at. */
  #held = '';
  #isLive: boolean;
  /** Thoughts that are open, one in the other. */
  #depth = 0;
  #isFenced = false;
  /** A thought in a block of code was ended by a fence without a name. */
  #hadFence = false;
  #thoughtSinceOpening = '';
  /** After the end of one of harmony's messages and before the next. */
  #isBetween = false;
  #hasMessages = false;
  #hasFinal = false;
  /** Tags that were spoken of and not yet closed. */
  #spokenOf = 0;
  /** A tag within a sentence, with all that came after it, that may be either. */
  #pending: { mark: string; inside: string; isWordy: boolean } | null = null;
  /** The thought was opened by a heading in brackets. */
  #isHeaded = false;
  /** It is settled whether the reply has one of the bare forms. */
  #isMarked = false;
  #looked = 0;
  #hasBegun = false;
  /** A tag cast doubt on where thoughts end, so nothing more is shown before the end. */
  #isDoubted = false;
  #isComment = false;
  /** The reply began with a thought that was opened in sight. */
  #mayGoLive = false;

  /** `isLive`: the server is known to keep thoughts apart or to mark their beginning, so words are shown as they come. */
  constructor({ isLive = false } = {}) {
    this.#isLive = isLive;
  }

  /** All that is speech so far, shown or held back. */
  get text(): string {
    return this.#shown + this.#hidden;
  }

  /** Takes in a piece and returns what can be shown now. */
  push(piece: string): string {
    this.#held += piece;
    this.#advance(false);
    return this.#isLive && !this.#isDoubted ? this.#release() : '';
  }

  /** What was held back until the stream's end. */
  end(): string {
    this.#advance(true);
    this.#settlePending();
    return this.#release();
  }

  #release(): string {
    const text = this.#hidden;
    this.#shown += text;
    this.#hidden = '';
    return text;
  }

  #advance(isOver: boolean): void {
    if (this.#held === '' || this.#waitsForBareForm(isOver)) return;
    for (let mark = findMark(this.#held, isOver); mark; mark = findMark(this.#held, isOver)) {
      const after = this.#held.slice(mark.index + mark.text.length);
      this.#pass(this.#held.slice(0, mark.index));
      this.#held = mark.text + after;
      // What follows tells whether a tag is spoken of.
      if (after === '' && !isOver && /^(?:open|close|comment)$/.test(mark.kind)) return;
      this.#held = after;
      this.#turn(mark, after.slice(0, 1));
    }
    const safe = isOver ? this.#held.length : safeLength(this.#held);
    const rest = this.#held.slice(0, safe);
    this.#held = this.#held.slice(safe);
    // A stream that was cut within a closing tag has shown that all before it was a thought.
    if (isOver && this.#depth === 0 && !this.#isBetween && endsInClosing(rest)) this.#void();
    else this.#pass(rest);
  }

  /** Words that stand between two marks. */
  #pass(words: string): void {
    if (words === '') return;
    if (this.#depth > 0) {
      this.#thoughtSinceOpening += words;
      this.thoughts += words;
    } else if (this.#pending) this.#pending.inside += words;
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

  #turn({ kind, text, isDoubtful, isWordy }: Mark, next: string): void {
    const isQuoted = isSpokenOf(this.#lastCharacter(), next);
    if (this.#isComment || kind === 'comment') this.#comment(text, isQuoted);
    else if (kind === 'open') this.#open(text, { isQuoted, isDoubtful, isWordy, next });
    else if (kind === 'close') this.#close(text, isQuoted, next);
    else if (kind === 'fence') this.#fence(text);
    else if (kind === 'thoughts' || kind === 'speech') this.#enterMessage(kind === 'speech');
    else if (kind === 'answer') {
      // The answer has a heading where the thought had one.
      if (this.#isHeaded && this.#depth === 1 && !isQuoted && !text.includes('/')) this.#leaveThought();
      if (!this.hasThoughts) this.#pass(text);
    } else if (kind === 'end') {
      this.#settlePending();
      this.#depth = 0;
      this.#isBetween = true;
    } else if (this.#hasMessages) {
      if (kind === 'reply') this.#depth = 0;
      this.#isBetween = false;
    }
  }

  #enterMessage(isFinal: boolean): void {
    this.#settlePending();
    if (isFinal && !this.#hasFinal && this.text !== '') this.#void();
    if (!isFinal || !this.#hasMessages) this.hasThoughts = true;
    // A thought that was opened and closed in sight leaves no doubt about what follows.
    if (!this.#hasMessages && this.text === '' && !isFinal) this.#mayGoLive = true;
    this.#hasMessages = true;
    this.#isBetween = false;
    this.#depth = isFinal ? 0 : 1;
    this.#hasFinal ||= isFinal;
    this.#hasBegun = false;
    if (isFinal && this.#mayGoLive) this.#isLive = true;
  }

  /** A comment is for no reader; nothing but its own end ends it. */
  #comment(mark: string, isQuoted: boolean): void {
    if (this.#isComment) {
      if (mark !== '-->') return;
      this.#isComment = false;
      this.#leaveThought();
    } else if (mark === '-->' || isQuoted || this.#depth > 0 || this.#pending || this.#isBetween)
      this.#pass(mark);
    else {
      this.#think();
      this.#isComment = true;
    }
  }

  /** Thoughts in a block of code that is named for them; other blocks are what they are. */
  #fence(mark: string): void {
    const startsLine = /^$|\n/.test(this.#lastCharacter());
    const isNamed = /\p{L}/u.test(mark);
    if (this.#depth > 0) {
      if (!this.#isFenced || !startsLine || isNamed) return;
      // It may as well begin or end a block within the thought, whose own end then follows.
      this.#hadFence = this.#isDoubted = true;
      this.#leaveThought();
    } else if (this.#hadFence && startsLine && !isNamed) this.#void();
    else if (isNamed && startsLine && !this.#pending) {
      this.#think();
      this.#isFenced = true;
    } else this.#pass(mark);
  }

  #open(
    mark: string,
    {
      isQuoted,
      isDoubtful,
      isWordy,
      next,
    }: Pick<Mark, 'isDoubtful' | 'isWordy'> & { isQuoted: boolean; next: string },
  ): void {
    if (this.#depth > 0) {
      const isNested = this.#thoughtSinceOpening.trim() !== '' && startsBlock(this.#thoughtSinceOpening);
      this.#isDoubted = true;
      if (!isNested || isQuoted || this.#isFenced) return;
      this.#depth += 1;
      this.#thoughtSinceOpening = '';
    } else if (this.#isBetween) return;
    else if (this.#pending && (isDoubtful || isQuoted || !startsBlock(this.#pending.inside)))
      this.#pending.inside += mark;
    else if (isQuoted) {
      this.#spokenOf += 1;
      this.#say(mark);
    } else if (!isDoubtful && (this.#pending || startsBlock(this.text) || /^[\p{L}\p{N}\n]/u.test(next))) {
      this.#settlePending();
      this.#mayGoLive = this.text.trim() === '';
      if (this.#mayGoLive) this.#hidden = '';
      this.#think();
      this.#isHeaded = /^[[【]/.test(mark);
    } else this.#pending = { mark, inside: '', isWordy };
  }

  #think(): void {
    this.hasThoughts = true;
    this.#depth = 1;
    this.#isFenced = this.#isHeaded = false;
    this.#thoughtSinceOpening = '';
    this.#hasBegun = false;
  }

  #leaveThought(): void {
    this.#depth -= 1;
    this.#thoughtSinceOpening = ' ';
    if (this.#depth === 0 && this.#mayGoLive) this.#isLive = true;
  }

  #close(mark: string, isQuoted: boolean, next: string): void {
    if (this.#depth > 0) {
      const isCode = isQuoted && this.#lastCharacter() === '`';
      const isOtherMark = this.#isFenced || (this.#hasMessages && !mark.includes('channel'));
      if (isCode || isOtherMark) return;
      // Within a sentence it may be spoken of, and the thought goes on.
      if (
        isQuoted ||
        (/[\p{L}\p{N},"'“”] ?$/u.test(this.#thoughtSinceOpening.slice(-2)) && /[\p{Ll},]/u.test(next))
      )
        this.#isDoubted = true;
      this.#leaveThought();
    } else if (this.#pending) {
      const { inside } = this.#pending;
      const words = inside.split(/\s+/).filter((word) => word !== '').length;
      if (this.#pending.isWordy && words > mostWordsBetween) {
        this.#settlePending();
        this.#void();
        return;
      }
      this.#pending.inside += mark;
      if (words <= mostWordsBetween && !inside.includes('\n')) this.#settlePending();
      else this.#takeForThought();
    } else if (this.#isBetween) return;
    else if (isQuoted || this.#spokenOf > 0 || /details/i.test(mark)) {
      this.#spokenOf = Math.max(0, this.#spokenOf - 1);
      this.#say(mark);
    } else this.#void();
  }

  /** What stands behind a mark that may be either was a thought. */
  #takeForThought(): void {
    this.hasThoughts = true;
    this.thoughts += this.#pending?.inside ?? '';
    this.#pending = null;
    this.#hasBegun = false;
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
    if (this.wasSurprised) this.#isDoubted = true;
    this.thoughts += this.text;
    this.#shown = '';
    this.#hidden = '';
    this.#hasBegun = false;
  }

  /** True while it is open whether a reply has one of the bare forms. */
  #waitsForBareForm(isOver: boolean): boolean {
    if (this.#isMarked || this.text !== '' || this.hasThoughts) return false;
    const start = this.#held.slice(0, 200).trimStart();
    const couldBe = bareForms.some(({ heads }) => heads.some((head) => head.startsWith(start.toLowerCase())));
    if (!isOver && couldBe) return true;
    const form = bareForms.find(({ begins }) => begins.test(start));
    if (form) form.final.lastIndex = Math.max(0, this.#looked - longestFinal);
    const final = form?.final.exec(this.#held);
    this.#looked = this.#held.length;
    if (form && !final && !isOver) return true;
    this.#isMarked = true;
    if (!form || (!final && !form.isSure.test(start))) return false;
    this.hasThoughts = true;
    this.thoughts += final ? this.#held.slice(0, final.index) : this.#held;
    this.#held = final ? this.#held.slice(final.index + final[0].length) : '';
    return false;
  }
}

const quotes = /["'`“”‘’«»„‹›「」『』]/;

/** Is a tag between these two characters quoted, and so spoken of? */
function isSpokenOf(previous: string, next: string): boolean {
  return (quotes.test(previous) && quotes.test(next)) || (previous === '(' && next === ')');
}

/** May a thought begin after these words? At their start, on a new line, after a sentence, or right after a word. */
function startsBlock(words: string): boolean {
  const line = words.replace(/[ \t]+$/, '');
  return line === '' || line === words || /[\n.!?。！？…:;»”"')\]*_]$/.test(line);
}
