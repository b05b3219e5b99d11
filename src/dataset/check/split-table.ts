import { createHash } from 'node:crypto';

/**
 * In which split each of very many things was met first. Things are kept as 64 bits of their SHA-256 in typed arrays:
 * some 20 bytes each, so that the rows of a hundred thousand debates in all formats fit, and of ten million things two
 * are taken for one another with a chance of about 3 in a million.
 */
export interface SplitTable {
  /** The split where the thing was met before, if that is another one and it was not told yet; else null. */
  clashOf(thing: string, split: string): string | null;
}

/** The highest bit of an entry's state: it stood in two splits, and that was told. */
const told = 0x80;

export function createSplitTable(): SplitTable {
  const splits: string[] = [];
  let keys = new Uint32Array(2 * 1024);
  /** By slot: 0 where it is free, else 1 and more for the split, with the bit for told. */
  let states = new Uint8Array(1024);
  let count = 0;

  const slotOf = (high: number, low: number): number => {
    const mask = states.length - 1;
    let slot = low & mask;
    while (states[slot] !== 0 && (keys[2 * slot] !== high || keys[2 * slot + 1] !== low))
      slot = (slot + 1) & mask;
    return slot;
  };

  const grow = () => {
    const [oldKeys, oldStates] = [keys, states];
    keys = new Uint32Array(oldKeys.length * 2);
    states = new Uint8Array(oldStates.length * 2);
    for (const [old, state] of oldStates.entries()) {
      if (state !== 0) put(oldKeys[2 * old] as number, oldKeys[2 * old + 1] as number, state);
    }
  };

  const put = (high: number, low: number, state: number) => {
    const slot = slotOf(high, low);
    keys[2 * slot] = high;
    keys[2 * slot + 1] = low;
    states[slot] = state;
  };

  /** Names of splits are a handful, as file names tell them. */
  const stateOf = (split: string): number => {
    const known = splits.indexOf(split);
    return known >= 0 ? known + 1 : splits.push(split);
  };

  return {
    clashOf(thing, split) {
      const hash = createHash('sha256').update(thing).digest();
      const [high, low] = [hash.readUInt32LE(0), hash.readUInt32LE(4)];
      const before = states[slotOf(high, low)] as number;
      const state = stateOf(split);
      if (before === 0) {
        if (++count * 4 > states.length * 3) grow();
        put(high, low, state);
        return null;
      }
      if (before === state || before >= told) return null;
      put(high, low, before | told);
      return splits[before - 1] ?? null;
    },
  };
}
