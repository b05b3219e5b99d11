/** Characters of texts whose results are kept: some dozens of speeches and an article of ordinary length. */
const mostCharacters = 200_000;

/**
 * Remembers what a pure function made of the texts it met last: a speech and a passage are sources for every quotation
 * after them. All is forgotten at once when too much is kept.
 */
export function remembered<Value>(work: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  let characters = 0;
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = work(text);
    if (characters + text.length > mostCharacters) {
      known.clear();
      characters = 0;
    }
    known.set(text, value);
    characters += text.length;
    return value;
  };
}

/**
 * Keeps what was worked out lately: between `most` and twice as many entries, the ones not asked for longest going
 * first. Memory stays bounded over any number of debates.
 */
export class BoundedMap<Key, Value> {
  readonly #most: number;
  #young = new Map<Key, Value>();
  #old = new Map<Key, Value>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: Key): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: Key, value: Value): void {
    if (this.#young.size >= this.#most) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }
}

/** The same work, done once for each key that comes back within the bound. Its value must not be changed by who gets it. */
export function remembering<Key, Value>(most: number, work: (key: Key) => Value): (key: Key) => Value {
  const known = new BoundedMap<Key, Value>(most);
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = work(key);
    known.set(key, value);
    return value;
  };
}

/** The same work, done once for each object for as long as somebody holds it. */
export function rememberingFor<Key extends object, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, Value>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = work(key);
    known.set(key, value);
    return value;
  };
}

/** The function with its last result kept, for as long as the fields of its argument stay the same. */
export function createMemo<Options extends object, Result>(
  make: (options: Options) => Result,
): (options: Options) => Result {
  let last: { options: Options; result: Result } | null = null;
  return (options) => {
    if (last && isSame(last.options, options)) return last.result;
    last = { options, result: make(options) };
    return last.result;
  };
}

function isSame<Options extends object>(one: Options, other: Options): boolean {
  const keys = Object.keys(other) as (keyof Options)[];
  return keys.every((key) => Object.is(one[key], other[key]));
}
