/** Two bounds in the units of what they bound; low <= high. */
export interface Interval {
  low: number;
  high: number;
}
