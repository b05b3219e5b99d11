/** A source of uniform numbers in [0, 1). Handed to whatever needs chance, so that a seed decides everything. */
export type Random = () => number;

/**
 * A deterministic stream of uniform numbers for a list of keys, for example `seededRandom(seed, 'order', round)`.
 * The same keys give the same stream on every machine; streams of different keys are unrelated, so that
 * adding a consumer of chance never shifts another one.
 *
 * Hash: FNV-1a (Fowler, Noll, Vo) with the murmur3 finaliser; generator: sfc32 (Doty-Humphrey, PractRand).
 */
export function seededRandom(...keys: readonly (string | number)[]): Random {
  const text = keys.map((key) => `${typeof key}:${key}`).join('\u0000');
  let a = hash(text, 0x811c9dc5);
  let b = hash(text, 0x9e3779b9);
  let c = hash(text, 0x85ebca6b);
  let counter = 1;
  const draw = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 0x1_0000_0000;
  };
  for (let warmUp = 0; warmUp < 12; warmUp++) draw();
  return draw;
}

/** A 32-bit integer for a list of keys: for a provider's `seed` field, or for a hash that only needs to be stable. */
export function seededInteger(...keys: readonly (string | number)[]): number {
  return Math.floor(seededRandom(...keys)() * 0x7fff_ffff);
}

/** A shuffled copy (Fisher-Yates, as given by Durstenfeld 1964). */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const held = copy[last] as T;
    copy[last] = copy[other] as T;
    copy[other] = held;
  }
  return copy;
}

function hash(text: string, start: number): number {
  let value = start;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) | 0;
}
