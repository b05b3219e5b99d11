/** Characters of a text that, said again from its beginning, are no chance. */
const telling = 12;

/** A letter of which the last bytes were still missing. */
const unfinished = /\ufffd+$/;

/**
 * A text that comes in pieces, from a server that sends what is new or from one that sends all so far each time. A piece
 * that begins with all that came before it may be either: what may only be repeated is held back until that shows.
 */
export class GrowingText {
  /** What a piece is: new words, or all so far; null while the pieces fit both. */
  #kind: 'new' | 'all' | null = null;
  /** The pieces one behind the other; once they are known to be all so far, the last one. */
  #joined = '';
  /** The last piece that began with the one before it. */
  #latest = '';
  #pieces = 0;
  /** Pieces that said all before them and more. */
  #growths = 0;
  /** Characters that were given. */
  #given = 0;

  /** Takes in a piece, and gives the words that are new. `isAll`: it is known to hold all so far. `isLast`: the reply ends with it. */
  take(piece: string, isAll = false, isLast = false): string {
    if (piece === '') return '';
    this.#pieces += 1;
    if (isAll) return this.#replace(piece);
    if (isLast && this.#pieces > 2 && piece.length >= telling && piece === this.#joined) return '';
    if (this.#kind === 'new') {
      this.#joined += piece;
      this.#given += piece.length;
      return piece;
    }
    const begins = piece.startsWith(this.#latest.replace(unfinished, ''));
    if (this.#kind === 'all') return this.#giveTo(begins ? piece : this.#joined + piece);
    const isGrown = this.#pieces > 1 && begins && piece.length > this.#latest.length;
    if (isGrown) this.#growths += 1;
    // The same again is what models say that go round in circles, unless pieces have grown before.
    if (!begins || (this.#pieces > 1 && this.#growths === 0)) this.#kind = 'new';
    else if (isGrown && this.#joined.length >= telling) this.#kind = 'all';
    this.#joined += piece;
    this.#latest = begins ? piece : '';
    if (this.#kind === null && this.#pieces > 1) return '';
    return this.#giveTo(this.#kind === 'all' ? piece : this.#joined);
  }

  /** What was held back. */
  end(): string {
    const isAll = this.#kind === 'all' || (this.#kind === null && this.#growths > 1);
    const whole = isAll ? this.#latest : this.#joined;
    const rest = whole.slice(this.#given);
    this.#given = whole.length;
    return rest;
  }

  #giveTo(whole: string): string {
    this.#joined = whole;
    if (this.#kind === 'all') this.#latest = whole;
    const sure = this.#kind === 'all' ? whole.replace(unfinished, '') : whole;
    const words = sure.slice(this.#given);
    this.#given = Math.max(this.#given, sure.length);
    return words;
  }

  /** A message in a stream holds all so far, or repeats the end of what came; some servers send what is new in one. */
  #replace(message: string): string {
    const before = this.#joined.trim();
    if (message.trim() === before || (message.length >= telling && before.endsWith(message.trim())))
      return '';
    if (!message.trim().startsWith(before)) return this.#giveTo(this.#joined + message);
    this.#kind = 'all';
    return this.#giveTo(this.#joined.startsWith(' ') ? ` ${message.trimStart()}` : message);
  }
}
