import type { Quotation } from './quotations.ts';
import { type DiffPart, findQuote, type QuoteMatch } from './quotes.ts';

/** A passage or an earlier speech, under the label by which it is cited. */
export interface Source {
  label: string;
  text: string;
}

/** A quotation, and where it stands. */
export interface CheckedQuotation extends Quotation {
  match: QuoteMatch['kind'];
  /** Label of the passage or turn that it stands in, or comes near to; null where it is absent, and for words of a question. */
  source: string | null;
  /** Does its sentence cite that source? null where the sentence cites nothing. */
  isCited: boolean | null;
  /** For a near match: the share of words that match, and the difference to the source. */
  similarity: number | null;
  diff: DiffPart[] | null;
}

const rank = { exact: 0, normalised: 1, near: 2, absent: 3 } as const;

/**
 * Looks for a quotation in the sources its sentence cites, then in all others: the best match wins, of equals the cited one,
 * then the first.
 */
export function checkQuotation(
  quotation: Quotation,
  cited: readonly string[],
  sources: readonly Source[],
  /** Questions that were put: words on record that nobody cites. */
  questions: readonly Source[] = [],
): CheckedQuotation {
  const ordered = [
    ...sources.filter(({ label }) => cited.includes(label)),
    ...sources.filter(({ label }) => !cited.includes(label)),
  ];
  let best: { match: QuoteMatch; source: string | null } = { match: { kind: 'absent' }, source: null };
  for (const { label, text } of ordered) {
    const match = findQuote(quotation.text, text);
    if (isBetter(match, best.match)) best = { match, source: label };
    if (match.kind === 'exact') break;
  }
  for (const { text } of questions) {
    const match = findQuote(quotation.text, text);
    if ((match.kind === 'exact' || match.kind === 'normalised') && isBetter(match, best.match)) {
      best = { match, source: null };
    }
  }
  const { match, source } = best;
  return {
    ...quotation,
    match: match.kind,
    source,
    isCited: source === null || cited.length === 0 ? null : cited.includes(source),
    similarity: match.kind === 'near' ? match.similarity : null,
    diff: match.kind === 'near' ? match.diff : null,
  };
}

function isBetter(one: QuoteMatch, other: QuoteMatch): boolean {
  if (one.kind === 'near' && other.kind === 'near') return one.similarity > other.similarity;
  return rank[one.kind] < rank[other.kind];
}
