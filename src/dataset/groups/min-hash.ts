/** Words in a shingle. */
const shingleWords = 5;

/** Hashes in a signature; the estimate's standard error is at most 0.5 / sqrt(64), 0.06. */
export const signatureLength = 64;

/** Odd multipliers and offsets of the hash family, from one fixed stream (splitmix32), so that signatures never change. */
const family = Array.from({ length: signatureLength }, (_, index) => ({
  multiplier: splitmix(index * 2 + 1) | 1,
  offset: splitmix(index * 2 + 2),
}));

/**
 * MinHash of a text's five-word shingles (Broder 1997, "On the resemblance and containment of documents"): the share
 * of equal places in two signatures estimates the Jaccard similarity of the texts. Case and punctuation do not count.
 */
export function minHash(text: string): Uint32Array {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const hashes = words.map(hashOf);
  const signature = new Uint32Array(signatureLength).fill(0xffffffff);
  const last = Math.max(0, hashes.length - shingleWords);
  for (let start = 0; start <= last && hashes.length > 0; start++) {
    let shingle = 0;
    for (const hash of hashes.slice(start, start + shingleWords))
      shingle = Math.imul(shingle, 0x01000193) ^ hash;
    lower(signature, shingle);
  }
  return signature;
}

/** The estimated Jaccard similarity, 0..1. */
export function similarity(one: Uint32Array, other: Uint32Array): number {
  let equal = 0;
  for (let place = 0; place < signatureLength; place++) if (one[place] === other[place]) equal++;
  return equal / signatureLength;
}

function lower(signature: Uint32Array, shingle: number): void {
  for (let place = 0; place < signatureLength; place++) {
    const { multiplier, offset } = family[place] as (typeof family)[number];
    let value = (Math.imul(shingle, multiplier) + offset) | 0;
    value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
    const hash = (value ^ (value >>> 13)) >>> 0;
    if (hash < (signature[place] as number)) signature[place] = hash;
  }
}

/** FNV-1a (Fowler, Noll, Vo). */
function hashOf(word: string): number {
  let value = 0x811c9dc5;
  for (let place = 0; place < word.length; place++) {
    value = Math.imul(value ^ word.charCodeAt(place), 0x01000193);
  }
  return value;
}

function splitmix(seed: number): number {
  let value = Math.imul(seed, 0x9e3779b9);
  value = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  value = Math.imul(value ^ (value >>> 15), 0x735a2d97);
  return (value ^ (value >>> 15)) >>> 0;
}
