import { type ComparisonAims, defaultAims } from '../../src/batch/comparison-aims.ts';
import type { DebateMeasures } from '../../src/compare/measures.ts';
import { type Random, seededRandom } from '../../src/debate/seeded-random.ts';

/** A made-up truth from which debates are drawn: articles differ, repeats scatter about their article. */
export interface Truth {
  arms: string[];
  articles: number;
  repeats?: number;
  /** How much higher an arm's index is than the common one. */
  effect?: Record<string, number>;
  /** How much higher its grounding is. */
  grounding?: Record<string, number>;
  articleScatter?: number;
  debateScatter?: number;
}

export function madeUpDebates(truth: Truth, random: Random): DebateMeasures[] {
  const { arms, articles, repeats = 2, articleScatter = 0.08, debateScatter = 0.06 } = truth;
  const debates: DebateMeasures[] = [];
  for (let article = 0; article < articles; article++) {
    const level = 0.55 + articleScatter * gaussian(random);
    const leaning = Object.fromEntries(arms.map((arm) => [arm, 0.04 * gaussian(random)]));
    for (let repeat = 0; repeat < repeats; repeat++) {
      for (const arm of arms) {
        const shift = (truth.effect?.[arm] ?? 0) + (leaning[arm] ?? 0);
        const principals = share(level + shift + debateScatter * gaussian(random));
        const converged = principals > 0.6;
        debates.push({
          debate: `debate-${article}-${repeat}-${arm}`,
          arm,
          article: `article-${article}`,
          cell: `cell-${article}-${repeat}`,
          converged,
          rounds: converged ? 1 + Math.floor(random() * 6) : 6,
          principals,
          grounding: share(0.9 + (truth.grounding?.[arm] ?? 0) + 0.01 * gaussian(random)),
          fidelity: share(0.95 + 0.01 * gaussian(random)),
          hollow: random() < 0.2 ? 0.25 : 0,
          costUsd: 0.01 + 0.002 * random(),
          aborted: false,
          simulated: false,
        });
      }
    }
  }
  return debates;
}

export function aimsWith(changes: Partial<ComparisonAims> = {}): ComparisonAims {
  return { ...defaultAims(6), ...changes };
}

export function seeded(...keys: (string | number)[]): Random {
  return seededRandom('made-up', ...keys);
}

/** Box and Muller 1958. */
function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function share(value: number): number {
  return Math.min(1, Math.max(0, value));
}
