/** How many values there were, their mean, and how far they lie apart. */
export interface Tally {
  readonly count: number;
  readonly mean: number;
  /** Of the sample; 0 for fewer than two values. */
  readonly deviation: number;
}

export interface GrowingTally extends Tally {
  add(value: number): void;
}

/** One pass, no values kept (Welford, "Note on a method for calculating corrected sums of squares", Technometrics 1962). */
export function createTally(): GrowingTally {
  let [count, mean, squares] = [0, 0, 0];
  return {
    get count() {
      return count;
    },
    get mean() {
      return mean;
    },
    get deviation() {
      return count < 2 ? 0 : Math.sqrt(squares / (count - 1));
    },
    add(value) {
      count += 1;
      const before = value - mean;
      mean += before / count;
      squares += before * (value - mean);
    },
  };
}
