import type { Agenda } from '../../debate/agenda.ts';
import type { PositionCell } from '../reader-error.ts';
import { featuresOf, fitTo, type IssueModel, modelIssues } from './issue-model.ts';
import { placeOnScale } from './number-scale.ts';

/** What a reading without a model rests on, best first. */
type Basis = 'number' | 'anchor' | 'paraphrase' | 'condition';

/** What a cell rests on, and whether its speaker has spoken since without a word on the issue that could be read. */
export type EvidenceKind = `${Basis}, ${'last speech' | 'earlier speech'}`;

/** Evidence for an anchor from which its own words are used, and not words that merely touch them. */
const ownWords = 2;

/**
 * Tells the evidence of a cell by its quote: a number on the scale of the anchors' numbers, the words of an anchor, a paraphrase that shares
 * few words with one, or a stand under a condition. `turns` are the speeches that were read.
 */
export function evidenceKinds(
  agenda: Agenda,
  turns: readonly { turn: number; speaker: string }[],
): (cell: PositionCell) => EvidenceKind {
  const models = new Map(modelIssues(agenda).map((model) => [model.id, model]));
  const lastTurns = new Map<string, number>();
  for (const { turn, speaker } of turns) {
    lastTurns.set(speaker, Math.max(turn, lastTurns.get(speaker) ?? 0));
  }
  return (cell) => {
    const age = cell.turn < (lastTurns.get(cell.speaker) ?? 0) ? 'earlier speech' : 'last speech';
    return `${basisOf(cell, models.get(cell.issue))}, ${age}`;
  };
}

function basisOf({ act, quote }: PositionCell, issue: IssueModel | undefined): Basis {
  if (act === 'conditional') return 'condition';
  if (issue?.numbers && placeOnScale(issue.numbers, quote)) return 'number';
  return issue && fitTo(issue, featuresOf(quote)).strength >= ownWords ? 'anchor' : 'paraphrase';
}
