import { z } from 'zod';
import { measureIdSchema } from '../batch/comparison-aims.ts';
import { comparisonSchema } from '../compare/comparison.ts';
import { identifierSchema } from '../debate/agenda.ts';
import { callRecordSchema } from '../debate/calls.ts';
import { seededRandom, shuffled } from '../debate/seeded-random.ts';
import { controlSchema } from '../debate/setup.ts';
import { tokensOf, usedBy } from '../run/budget.ts';

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

/** Version of the entries; a file of another version is refused by its line. */
export const lineageVersion = 1;

const stamp = { v: z.literal(lineageVersion), /** Milliseconds since 1970. */ at: z.int().nonnegative() };
const articles = z.array(z.string().min(1));

const articleSplitSchema = z.strictObject({
  /** Their journals are shown to the model that rewrites. */
  breed: articles,
  /** Children are tested on them, in this order; no journal and no number of theirs is shown to that model. */
  test: articles,
  /** Opened once, for the last claim. */
  sealed: articles,
});
export type ArticleSplit = z.infer<typeof articleSplitSchema>;

/** One question that a child has to answer before it is admitted. */
const evidenceSchema = z.strictObject({
  measure: measureIdSchema,
  /** gain: more than its parent on a primary measure. excess: more than it gains under a control. kept: no worse on a guard. */
  asks: z.enum(['gain', 'excess', 'kept']),
  control: controlSchema.nullable(),
  /** The e-value so far, and what it must reach; both above or at 0. */
  evidence: z.number().nonnegative(),
  needed: z.number().positive(),
  /** Mean gain over the articles so far, more being better, in the measure's units; null where no article gave a number. */
  gain: z.number().nullable(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

const lineageEntrySchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('evolution-started'),
    ...stamp,
    start: identifierSchema,
    /** SHA-256 of everything that decides the evolution: the plan's design, the strategy, who rewrites. */
    design: z.string().min(1),
    split: articleSplitSchema,
    rewriter: z.string().min(1),
    simulated: z.boolean(),
  }),
  /** The model gave a strategy file that loads. */
  z.strictObject({
    type: z.literal('child-written'),
    ...stamp,
    child: identifierSchema,
    parent: identifierSchema,
    generation: z.int().positive(),
    /** What it changed and why, in the model's words. */
    reason: z.string(),
    text: z.string().min(1),
    /** Faults of its first file that it repaired. */
    repaired: z.array(z.string()),
    calls: z.array(callRecordSchema),
    /** US dollars of attempts that failed. */
    failedUsd: z.number().nonnegative(),
  }),
  /** Neither its file nor the repaired one loads. It was tested on nothing, and spends no level. */
  z.strictObject({
    type: z.literal('child-unusable'),
    ...stamp,
    child: identifierSchema,
    parent: identifierSchema,
    generation: z.int().positive(),
    faults: z.array(z.string()),
    calls: z.array(callRecordSchema),
    /** US dollars of attempts that failed. */
    failedUsd: z.number().nonnegative(),
  }),
  /** A child was compared with its parent on articles that it was not bred on. */
  z.strictObject({
    type: z.literal('child-judged'),
    ...stamp,
    child: identifierSchema,
    /** Children that were tested, this one included. */
    number: z.int().positive(),
    /** The part of the level that this test spends, 0..1. */
    level: z.number().positive().lt(1),
    outcome: z.enum(['admitted', 'not-shown']),
    /** Articles that were looked at. */
    articles: z.int().nonnegative(),
    evidence: z.array(evidenceSchema),
    /** Mean of the first primary measure over those articles; null where none gave a number. */
    value: z.strictObject({ child: z.number().nullable(), parent: z.number().nullable() }),
  }),
  /** A generation is over: who is the parent of the next. */
  z.strictObject({
    type: z.literal('generation-ended'),
    ...stamp,
    generation: z.int().positive(),
    champion: identifierSchema,
  }),
  /** The one comparison of the champion with the start on the sealed articles. */
  z.strictObject({
    type: z.literal('claim-made'),
    ...stamp,
    champion: identifierSchema,
    comparison: comparisonSchema,
    /** By control: does it gain more than under the control? One-sided p of the sign-flip test. */
    excess: z.array(z.strictObject({ control: controlSchema, p: z.number().min(0).max(1) })),
    isBetter: z.boolean(),
    sentence: z.string().min(1),
  }),
]);

export { lineageEntrySchema };
export type LineageEntry = z.infer<typeof lineageEntrySchema>;
type EntryOf<Type extends LineageEntry['type']> = Extract<LineageEntry, { type: Type }>;

/** A strategy of the tree. */
export interface Strain {
  id: string;
  /** null for the start. */
  parent: string | null;
  /** 0 for the start. */
  generation: number;
  state: 'start' | 'written' | 'unusable' | 'admitted' | 'not-shown';
  /** The model's words for what it changed; why it cannot be used. */
  reason: string;
  /** The file; empty for the start, and where it cannot be used. */
  text: string;
  judged: EntryOf<'child-judged'> | null;
  costUsd: number | null;
}

/** An evolution as its entries tell it. Pure: the same entries give the same. */
export interface Lineage {
  started: EntryOf<'evolution-started'> | null;
  strains: ReadonlyMap<string, Strain>;
  /** The best strategy shown so far. */
  champion: string;
  /** Generations that are over. */
  generations: number;
  /** Children that were tested. */
  tested: number;
  claim: EntryOf<'claim-made'> | null;
  /** US dollars for rewriting; null where a price is unknown. */
  rewritingUsd: number | null;
  rewritingTokens: number;
}

export function lineageOf(entries: readonly LineageEntry[]): Lineage {
  const strains = new Map<string, Strain>();
  const lineage: Lineage = {
    ...{ started: null, strains, champion: '', generations: 0, tested: 0, claim: null },
    rewritingUsd: 0,
    rewritingTokens: 0,
  };
  for (const entry of entries) {
    switch (entry.type) {
      case 'evolution-started':
        lineage.started = entry;
        lineage.champion = entry.start;
        strains.set(entry.start, {
          ...{ id: entry.start, parent: null, generation: 0, state: 'start', reason: '', text: '' },
          ...{ judged: null, costUsd: 0 },
        });
        break;
      case 'child-written':
      case 'child-unusable': {
        const isWritten = entry.type === 'child-written';
        const costUsd = plus(costOfCalls(entry.calls), entry.failedUsd);
        lineage.rewritingUsd = plus(lineage.rewritingUsd, costUsd);
        lineage.rewritingTokens += tokensOf(usedBy(entry.calls));
        strains.set(entry.child, {
          ...{ id: entry.child, parent: entry.parent, generation: entry.generation, judged: null, costUsd },
          state: isWritten ? 'written' : 'unusable',
          reason: isWritten ? entry.reason : entry.faults.join(' '),
          text: isWritten ? entry.text : '',
        });
        break;
      }
      case 'child-judged': {
        const strain = strains.get(entry.child);
        if (strain) strains.set(entry.child, { ...strain, judged: entry, state: entry.outcome });
        lineage.tested = Math.max(lineage.tested, entry.number);
        break;
      }
      case 'generation-ended':
        lineage.generations = entry.generation;
        lineage.champion = entry.champion;
        break;
      case 'claim-made':
        lineage.claim = entry;
        break;
    }
  }
  return lineage;
}

function costOfCalls(calls: readonly { costUsd: number | null }[]): number | null {
  return calls.reduce<number | null>((sum, { costUsd }) => plus(sum, costUsd), 0);
}

function plus(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}
