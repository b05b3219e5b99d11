import type { EvalSample } from './eval-sample.ts';

/**
 * The results of every scorer over the samples: epochs of a sample are averaged first, as Inspect does, so that the
 * standard error is that of samples and not of debates. A debate without the figure is counted as unscored.
 */
export function evalScores(samples: readonly EvalSample[]): Record<string, unknown>[] {
  const names = [...new Set(samples.flatMap(({ scores }) => Object.keys(scores)))].sort();
  return names.map((name) => {
    const bySample = new Map<string, number[]>();
    for (const { id, scores } of samples) {
      const value = scores[name]?.value;
      if (value !== undefined) bySample.set(id, [...(bySample.get(id) ?? []), value]);
    }
    const means = [...bySample.values()].map(mean);
    const scored = [...bySample.values()].reduce((sum, values) => sum + values.length, 0);
    return {
      name,
      scorer: name,
      reducer: 'mean',
      params: {},
      metrics: {
        mean: { name: 'mean', value: mean(means), params: {} },
        stderr: { name: 'stderr', value: standardError(means), params: {} },
      },
      scored_samples: scored,
      unscored_samples: samples.length - scored,
    };
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** 0 for a single sample, as Inspect has it. */
function standardError(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
