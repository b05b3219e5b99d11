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
