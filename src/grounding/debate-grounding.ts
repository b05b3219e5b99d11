import type { Passage } from '../debate/agenda.ts';
import { findFacts, isKnown, knownFacts } from './facts.ts';
import { isFaithful, type TurnGrounding } from './turn-grounding.ts';

/** What the counts of facts and claims rest on, in a sentence for a reader. */
export function checkedInWords({ unchecked }: Pick<GroundingTotals, 'unchecked'>): string {
  const rest =
    unchecked === 0
      ? ''
      : ` Not checked, since they may be offered, asked or supposed: ${unchecked} other numbers, dates and names.`;
  return `Facts and claims are counted in sentences that cite, that quote, or that the judge read as statements of fact.${rest}`;
}

/** A speech with its grounding. */
export interface GroundedTurn {
  turn: number;
  round: number;
  speaker: string;
  text: string;
  grounding: TurnGrounding;
}

/** Sums over speeches. */
export interface GroundingTotals {
  turns: number;
  citations: number;
  /** Citations of a passage or turn that exists. */
  existing: number;
  /** Quotations of four words or more, and of these: word for word in the right source, nearly, and nowhere. */
  quotations: number;
  faithful: number;
  misquoted: number;
  absent: number;
  facts: number;
  unsupported: number;
  /** Numbers, dates and names that may be terms, and were not checked. */
  unchecked: number;
  claims: number;
  claimsCited: number;
  /** Mean lexical bearing of the citations on what they cite, 0..1; null where there are none. */
  bears: number | null;
  /** Mean score of the turns that have one, 0..1; null where none has. */
  score: number | null;
}

export interface DebateGrounding {
  all: GroundingTotals;
  bySpeaker: { speaker: string; totals: GroundingTotals }[];
  /** The article's numbers, dates and names that some speech uses: by round, and in the whole debate. */
  keyFacts: { total: number; used: number; byRound: { round: number; share: number }[] };
}

/** How a debate stands on its article: by speaker in order of appearance, and how much of the article is still in use round by round. */
export function groundDebate(turns: readonly GroundedTurn[], passages: readonly Passage[]): DebateGrounding {
  const speakers = [...new Set(turns.map(({ speaker }) => speaker))];
  return {
    all: totalsOf(turns),
    bySpeaker: speakers.map((speaker) => ({
      speaker,
      totals: totalsOf(turns.filter((turn) => turn.speaker === speaker)),
    })),
    keyFacts: keyFactsOf(turns, passages),
  };
}

function totalsOf(turns: readonly GroundedTurn[]): GroundingTotals {
  const groundings = turns.map(({ grounding }) => grounding);
  const citations = groundings.flatMap((grounding) => grounding.citations);
  const quotations = groundings
    .flatMap((grounding) => grounding.quotations)
    .filter(({ kind }) => kind === 'quotation');
  const sum = (count: (grounding: TurnGrounding) => number) =>
    groundings.reduce((total, grounding) => total + count(grounding), 0);
  return {
    turns: turns.length,
    citations: citations.length,
    existing: citations.filter(({ exists }) => exists).length,
    quotations: quotations.length,
    faithful: quotations.filter(isFaithful).length,
    misquoted: quotations.filter(({ match }) => match === 'near').length,
    absent: quotations.filter(({ match }) => match === 'absent').length,
    facts: sum(({ facts }) => facts),
    unsupported: sum(({ unsupported }) => unsupported.length),
    unchecked: sum(({ unchecked }) => unchecked),
    claims: sum(({ claims }) => claims),
    claimsCited: sum(({ claimsCited }) => claimsCited),
    bears: meanOrNone(citations.flatMap(({ bears }) => bears ?? [])),
    score: meanOrNone(groundings.flatMap(({ score }) => score ?? [])),
  };
}

function keyFactsOf(
  turns: readonly GroundedTurn[],
  passages: readonly Passage[],
): DebateGrounding['keyFacts'] {
  const all = passages.flatMap(({ text }) => findFacts(text));
  const facts = [...new Map(all.map((fact) => [`${fact.kind} ${fact.key}`, fact])).values()];
  const usedIn = (texts: readonly string[]) => {
    const known = [knownFacts(texts.join('\n'))];
    return facts.filter((fact) => isKnown(fact, known)).length;
  };
  const rounds = [...new Set(turns.map(({ round }) => round))].sort((one, other) => one - other);
  return {
    total: facts.length,
    used: usedIn(turns.map(({ text }) => text)),
    byRound: rounds.map((round) => ({
      round,
      share:
        facts.length === 0
          ? 0
          : usedIn(turns.filter((turn) => turn.round === round).map(({ text }) => text)) / facts.length,
    })),
  };
}

function meanOrNone(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
