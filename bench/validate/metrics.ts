/**
 * Area under the ROC curve (Hanley and McNeil 1982): the chance that a case of the higher class scores above one of the lower,
 * ties counting half. 0..1; null where a class is empty.
 */
export function auroc(higher: readonly number[], lower: readonly number[]): number | null {
  if (higher.length === 0 || lower.length === 0) return null;
  const wins = higher.flatMap((one) =>
    lower.map((other): number => (one > other ? 1 : one === other ? 0.5 : 0)),
  );
  return sum(wins) / wins.length;
}

/** Spearman's rank correlation with mean ranks for ties, -1..1; null where one side does not vary. */
export function spearman(pairs: readonly (readonly [number, number])[]): number | null {
  const left = ranksOf(pairs.map(([one]) => one));
  const right = ranksOf(pairs.map(([, other]) => other));
  const [meanLeft, meanRight] = [mean(left), mean(right)];
  const product = sum(left.map((rank, place) => (rank - meanLeft) * ((right[place] as number) - meanRight)));
  const scale = Math.sqrt(
    sum(left.map((rank) => (rank - meanLeft) ** 2)) * sum(right.map((rank) => (rank - meanRight) ** 2)),
  );
  return scale === 0 ? null : product / scale;
}

/** Mean absolute error, in the values' unit; null for none. */
export function meanAbsoluteError(pairs: readonly (readonly [number, number])[]): number | null {
  return pairs.length === 0 ? null : mean(pairs.map(([one, other]) => Math.abs(one - other)));
}

/**
 * Krippendorff's alpha for ordinal data and two coders (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability): 1 is perfect, 0 is
 * chance. Units that one coder left out do not count. Values are rounded to halves, the finest step that judges use. null where all
 * values are the same.
 */
export function ordinalAlpha(pairs: readonly (readonly [number, number])[]): number | null {
  const steps = pairs.map(([one, other]) => [Math.round(one * 2), Math.round(other * 2)] as const);
  const values = [...new Set(steps.flat())].sort((one, other) => one - other);
  const counts = values.map((value) => steps.flat().filter((other) => other === value).length);
  const total = sum(counts);
  const distance = (one: number, other: number) => {
    const [from, to] = [values.indexOf(Math.min(one, other)), values.indexOf(Math.max(one, other))];
    const between = sum(counts.slice(from, to + 1));
    return (between - ((counts[from] as number) + (counts[to] as number)) / 2) ** 2;
  };
  const observed = sum(steps.map(([one, other]) => (one === other ? 0 : 2 * distance(one, other)))) / total;
  const expected =
    sum(
      values.flatMap((one, i) =>
        values.map((other, j) =>
          i === j ? 0 : (counts[i] as number) * (counts[j] as number) * distance(one, other),
        ),
      ),
    ) /
    (total * (total - 1));
  return expected === 0 ? null : 1 - observed / expected;
}

export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function ranksOf(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const same = values.filter((other) => other === value).length;
    return below + (same + 1) / 2;
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
