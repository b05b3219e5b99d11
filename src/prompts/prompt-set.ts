import { type Failure, failure, type Outcome } from '../debate/outcome.ts';
import { type FaultLog, firstOf, inOrder, type SourceFault } from '../source/source-fault.ts';
import type { PromptSet } from './types.ts';

/** Where a set's files stand below prompts/, also beside a journal. */
export const keptPath = {
  scenario: (id: string, path: string) => `scenarios/${id}/${path}`,
  strategy: (id: string) => `strategies/${id}.md`,
  moderator: (name: string) => `moderator/${name}.md`,
  control: (id: string) => `controls/${id}.md`,
  poll: 'poll.md',
  facts: 'facts.md',
  /** Facts that a model has found in the article; they take the place of the scenario's own. */
  foundFacts: 'facts.json',
  caucus: 'caucus.md',
  /** The article of --article, as JSON, so that its passages come back exactly; takes the place of the scenario's own. */
  otherArticle: 'article.json',
};

export type PromptFailure = 'unknown-scenario' | 'unknown-strategy' | 'faults';

/** A set of prompts ready for use, or all faults at once. An `Outcome` with more to say. */
export type LoadedPrompts =
  | { ok: true; value: PromptSet; warnings: SourceFault[] }
  | { ok: false; failure: Failure<PromptFailure>; faults: SourceFault[] };

/** A set if nothing is at fault. */
export function together(log: FaultLog, set: PromptSet | null): LoadedPrompts {
  if (set && log.faults.length === 0) return { ok: true, value: set, warnings: inOrder(log.warnings) };
  const faults = inOrder(log.faults);
  return { ok: false, failure: { reason: 'faults', message: firstOf(faults) }, faults };
}

/** Faults as an expected failure: the first of them, and how many there are besides. */
export function faultsFailure(faults: readonly SourceFault[]): Outcome<never, 'faults'> {
  return failure('faults', firstOf(faults));
}
