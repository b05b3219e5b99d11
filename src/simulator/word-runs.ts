/** Some consecutive words, as a number. */
export type Run = number;

/** The words of a text, in small letters, as numbers; and its first two as they are written there. */
export interface ReadWords {
  hashes: readonly number[];
  start: string;
}

/** What a character is: not known yet, part of a word, or none. */
const kinds = new Uint8Array(0x10000);
const [inside, outside] = [1, 2];
const prime = 0x01000193;
const noWords: ReadWords = { hashes: [], start: '' };

/** Each word a number made of its characters: a hash by Fowler, Noll and Vo. */
export function readWords(text: string): ReadWords {
  const lower = text.toLowerCase();
  const hashes: number[] = [];
  const starts: string[] = [];
  let hash = 0x811c9dc5;
  let from = -1;
  for (let at = 0; at <= lower.length; at++) {
    const code = at < lower.length ? lower.charCodeAt(at) : 0x20;
    if ((kinds[code] || kindAt(lower, at, code)) === inside) {
      if (from < 0) from = at;
      hash = Math.imul(hash ^ code, prime);
    } else if (from >= 0) {
      hashes.push(hash | 0);
      if (starts.length < 2) starts.push(lower.slice(from, at));
      hash = 0x811c9dc5;
      from = -1;
    }
  }
  return hashes.length === 0 ? noWords : { hashes, start: starts.join(' ') };
}

/** The same number for a word by itself. */
export function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), prime);
  return hash | 0;
}

const isWord = /[\p{L}\p{N}'\u2019]/u;

/** Letters and digits beyond the basic plane are two characters, told only by both. */
function kindAt(text: string, at: number, code: number): number {
  if (code < 0xd800 || code > 0xdfff) {
    kinds[code] = isWord.test(String.fromCharCode(code)) ? inside : outside;
    return kinds[code] as number;
  }
  const first = code < 0xdc00 ? at : at - 1;
  return isWord.test(text.slice(first, first + 2)) ? inside : outside;
}

/**
 * The runs of so many words, each as a number of 30 bits made of its words: of the few thousand runs of a debate no two meet
 * but by rare chance.
 */
export function runsOf(hashes: readonly number[], length: number): Run[] {
  const runs: Run[] = [];
  for (let at = 0; at + length <= hashes.length; at++) {
    let run = 0;
    for (let place = 0; place < length; place++) run = Math.imul(run ^ (hashes[at + place] as number), prime);
    runs.push(run & 0x3fffffff);
  }
  return runs;
}

/** A set of runs: numbers in an open table cost a fraction of a `Set` of them. */
export class RunSet {
  #table: Int32Array;
  #size = 0;

  /** With room for about half as many; a power of two. It grows. */
  constructor(slots: number) {
    this.#table = new Int32Array(slots);
  }

  has(run: Run): boolean {
    return this.#table[this.#placeOf(run)] !== 0;
  }

  add(run: Run): void {
    const place = this.#placeOf(run);
    if (this.#table[place] !== 0) return;
    this.#table[place] = run + 1;
    this.#size += 1;
    if (this.#size * 2 > this.#table.length) this.#grow();
  }

  /** Where a run stands, or would stand; 0 marks an empty place. */
  #placeOf(run: Run): number {
    const last = this.#table.length - 1;
    let place = (run ^ (run >>> 15)) & last;
    while (this.#table[place] !== 0 && this.#table[place] !== run + 1) place = (place + 1) & last;
    return place;
  }

  #grow(): void {
    const before = this.#table;
    this.#table = new Int32Array(before.length * 2);
    this.#size = 0;
    for (const held of before) if (held !== 0) this.add(held - 1);
  }
}
