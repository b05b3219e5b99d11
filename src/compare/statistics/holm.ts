/**
 * Holm's step-down adjustment (Holm 1979, Scandinavian Journal of Statistics 6:65-70): each p against a family of m
 * tests, in the order given. Comparing the adjusted p with the level keeps the chance of any false rejection in
 * the family at that level, however the tests depend on each other. Values 0..1.
 */
export function holm(ps: readonly number[]): number[] {
  const ascending = ps.map((p, index) => ({ p, index })).sort((one, other) => one.p - other.p);
  const adjusted = new Array<number>(ps.length);
  let reached = 0;
  for (const [rank, { p, index }] of ascending.entries()) {
    reached = Math.max(reached, Math.min(1, (ps.length - rank) * p));
    adjusted[index] = reached;
  }
  return adjusted;
}
