import type { ComparisonAims } from '../batch/comparison-aims.ts';
import type { Contrast } from './comparison.ts';
import { betterArm } from './contrast.ts';
import { measureOf } from './measures.ts';
import { holm } from './statistics/holm.ts';

/**
 * Adjusts all primary contrasts of a comparison together: one family of "is there a difference", two-sided at the
 * level; another of "is it no worse", each direction one test, one-sided at half the level. Guards stay as they are: a
 * verdict needs all of them at once, which is an intersection-union test (Berger 1982) and spends no level.
 */
export function adjustFamily(pairs: readonly Contrast[][], aims: ComparisonAims): Contrast[][] {
  const primary = pairs.flat().filter((each) => each.role === 'primary');
  const differences = holm(primary.map((each) => each.signFlip?.p ?? 1));
  const losses = holm(primary.flatMap((each) => [each.noWorse?.a.p ?? 1, each.noWorse?.b.p ?? 1]));
  const adjusted = new Map<Contrast, Contrast>();
  for (const [index, each] of primary.entries()) {
    const adjustedP = differences[index] as number;
    const measure = measureOf(each.measure);
    adjusted.set(each, {
      ...each,
      adjustedP: each.signFlip === null ? null : adjustedP,
      better:
        each.difference !== null && adjustedP <= aims.level ? betterArm(measure, each.difference) : null,
      noWorse: each.noWorse && {
        a: adjustedLoss(each.noWorse.a, losses[2 * index] as number, aims.level),
        b: adjustedLoss(each.noWorse.b, losses[2 * index + 1] as number, aims.level),
      },
    });
  }
  return pairs.map((contrasts) => contrasts.map((each) => adjusted.get(each) ?? each));
}

type NoWorse = NonNullable<Contrast['noWorse']>['a'];

function adjustedLoss(noWorse: NoWorse, adjustedP: number, level: number): NoWorse {
  return { ...noWorse, adjustedP, isShown: adjustedP <= level / 2 };
}
