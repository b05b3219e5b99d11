import { seededRandom, shuffled } from '../debate/seeded-random.ts';
import type { ArticleSplit } from './lineage.ts';

/** How many articles each part gets. */
export interface SplitSizes {
  breed: number;
  test: number;
  sealed: number;
}

/** Fewest articles to breed on, so that a rewriter sees more than one case. */
const leastBred = 2;
/** With fewer sealed articles no comparison of two arms can reach the level of 0.05. */
const leastSealed = 6;

/** The first child can be admitted on so many, if every one of them gains. */
const leastTested = 7;

/** A fifth of the articles to breed on, three tenths sealed, the rest to test on; what there is of few articles goes to the tests. */
export function usualSizes(articles: number): SplitSizes {
  const sealed = Math.max(leastSealed, Math.round(articles * 0.3));
  const breed = Math.max(leastBred, Math.min(Math.round(articles / 5), articles - sealed - leastTested));
  return { breed, sealed, test: Math.max(0, articles - breed - sealed) };
}

/** Deals articles into the three parts by chance, the same for the same seed; those beyond the sizes are left out. */
export function splitArticles(
  articles: readonly string[],
  { breed, test, sealed }: SplitSizes,
  seed: number,
): ArticleSplit {
  const dealt = shuffled([...articles].sort(), seededRandom(seed, 'article-split'));
  return {
    breed: dealt.slice(0, breed),
    test: dealt.slice(breed, breed + test),
    sealed: dealt.slice(breed + test, breed + test + sealed),
  };
}
