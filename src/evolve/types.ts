import type { ComparisonAims } from '../batch/comparison-aims.ts';
import type { DebateMeasures } from '../compare/measures.ts';
import type { CallRecord } from '../debate/calls.ts';
import type { Control } from '../debate/setup.ts';
import type { Proof, Standing } from './admission.ts';
import type { ArticleSplit, Lineage, LineageEntry, Strain } from './lineage.ts';

/** Everything that decides an evolution but its debates and its rewriter. */
export interface EvolutionDesign {
  /** Id of the strategy it begins with. */
  start: string;
  generations: number;
  /** Children of each generation. */
  children: number;
  split: ArticleSplit;
  /** Test articles between two looks at the evidence. */
  lookEvery: number;
  aims: ComparisonAims;
  controls: readonly Control[];
  proof: Proof;
  seed: number;
}

/** Why work stopped before it was done. */
export interface Stop {
  reason: 'budget' | 'stopped' | 'failed';
  message: string;
}

interface WritingCost {
  calls: CallRecord[];
  /** US dollars of attempts that failed. */
  failedUsd: number;
}

export type Writing =
  | ({ type: 'written'; text: string; reason: string; repaired: string[] } & WritingCost)
  | ({ type: 'unusable'; faults: string[] } & WritingCost)
  | ({ type: 'stopped' } & Stop);

/** What an evolution asks of the world: real debates and a model, or a simulation of their measures. */
export interface EvolutionWork {
  /** Has a child of a strategy written, from its journals on the articles to breed on. */
  write(child: { id: string; parent: Strain; lineage: Lineage }): Promise<Writing>;
  /** Runs what is left of these strategies' debates on these articles, under every control besides, and measures all of them. */
  measure(
    strains: readonly string[],
    articles: readonly string[],
    purpose: 'test' | 'claim',
  ): Promise<{ debates: DebateMeasures[]; stop: Stop | null }>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Where the entries are kept; each survives a power cut before the next is made. */
export interface LineageLog {
  readonly entries: readonly LineageEntry[];
  append(entry: LineageEntry): Promise<void>;
}

/** What an evolution is doing. */
export type Stage =
  | { type: 'writing'; child: string; generation: number }
  | { type: 'testing'; child: string; articles: number; of: number; standing: Standing | null }
  | { type: 'claiming'; champion: string };

/** How an evolution ended, in this run of it. */
export interface Evolved {
  lineage: Lineage;
  /** null where all generations are over. */
  stop: Stop | null;
}
