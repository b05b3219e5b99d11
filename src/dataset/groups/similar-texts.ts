/** Words in a shingle. */
const shingleWords = 5;

/** Hashes in a signature; the estimate's standard error is at most 0.5 / sqrt(64), 0.06. */
const signatureLength = 64;

/** Odd multipliers and offsets of the hash family, from one fixed stream (splitmix32), so that signatures never change. */
const multipliers = Int32Array.from({ length: signatureLength }, (_, index) => splitmix(index * 2 + 1) | 1);
const offsets = Int32Array.from({ length: signatureLength }, (_, index) => splitmix(index * 2 + 2));

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
    const end = Math.min(hashes.length, start + shingleWords);
    let shingle = 0;
    for (let place = start; place < end; place++)
      shingle = Math.imul(shingle, 0x01000193) ^ (hashes[place] as number);
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
    let value = (Math.imul(shingle, multipliers[place] as number) + (offsets[place] as number)) | 0;
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

/**
 * Finds texts like one seen before. Signatures are cut into bands, and only texts that agree in a whole band are
 * compared (locality-sensitive hashing; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3). All is
 * kept in a few typed arrays: about 350 bytes a text, so that a hundred thousand fit in 35 MB.
 */
export interface SimilarTexts {
  /** Numbers (in the order of adding) of the texts at least this similar. */
  like(signature: Uint32Array): number[];
  add(signature: Uint32Array): number;
}

/** Fewer rows a band find less similar texts: with 4 a pair at 0.6 is found with 0.9 probability, with 8 one at 0.9 with 0.99. */
export function similarTexts({ threshold, rows }: { threshold: number; rows: 4 | 8 }): SimilarTexts {
  const bands = signatureLength / rows;
  let signatures = new Uint32Array(64 * signatureLength);
  let slots = new Uint32Array(64 * bands * 2);
  let count = 0;

  const signatureOf = (number: number) =>
    signatures.subarray(number * signatureLength, (number + 1) * signatureLength);

  function* slotsOf(signature: Uint32Array, band: number): Generator<number> {
    const mask = slots.length - 1;
    for (let slot = bandHash(signature, band, rows) & mask; ; slot = (slot + 1) & mask) yield slot;
  }

  const place = (number: number) => {
    const signature = signatureOf(number);
    for (let band = 0; band < bands; band++) {
      for (const slot of slotsOf(signature, band)) {
        if (slots[slot] !== 0) continue;
        slots[slot] = number + 1;
        break;
      }
    }
  };

  const grow = () => {
    const more = new Uint32Array(signatures.length * 2);
    more.set(signatures);
    signatures = more;
    slots = new Uint32Array(slots.length * 2);
    for (let number = 0; number < count; number++) place(number);
  };

  return {
    like(signature) {
      const found = new Set<number>();
      for (let band = 0; band < bands; band++) {
        for (const slot of slotsOf(signature, band)) {
          const number = (slots[slot] ?? 0) - 1;
          if (number < 0) break;
          if (!found.has(number) && similarity(signatureOf(number), signature) >= threshold)
            found.add(number);
        }
      }
      return [...found].sort((one, other) => one - other);
    },
    add(signature) {
      if ((count + 1) * signatureLength > signatures.length) grow();
      signatures.set(signature, count * signatureLength);
      count += 1;
      place(count - 1);
      return count - 1;
    },
  };
}

function bandHash(signature: Uint32Array, band: number, rows: number): number {
  let value = Math.imul(band + 1, 0x9e3779b9);
  for (let row = 0; row < rows; row++) {
    value = Math.imul(value ^ (signature[band * rows + row] as number), 0x85ebca6b);
    value ^= value >>> 13;
  }
  return (value ^ (value >>> 16)) >>> 0;
}
