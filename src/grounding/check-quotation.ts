import type { DiffPart } from './near-quotes.ts';
import type { Quotation } from './quotations.ts';
import { type QuoteMatch, quoteMatchers } from './quotes.ts';

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
  /** Does its sentence cite that source? null where the sentence cites nothing; false where it cites something and the words stand nowhere. */
  isCited: boolean | null;
  /** For a near match: the share of words that match, and the difference to the source. */
  similarity: number | null;
  diff: DiffPart[] | null;
}

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
  const best = bestIn(quotation.text, ordered, questions);
  const { match, source } = best;
  const isQuestion = source === null && match.kind !== 'absent';
  return {
    ...quotation,
    match: match.kind,
    source,
    isCited: cited.length === 0 || isQuestion ? null : source !== null && cited.includes(source),
    similarity: match.kind === 'near' ? match.similarity : null,
    diff: match.kind === 'near' ? match.diff : null,
  };
}

/** Word for word first, everywhere: only what stands nowhere is compared word by word. */
function bestIn(
  quote: string,
  sources: readonly Source[],
  questions: readonly Source[],
): { match: QuoteMatch; source: string | null } {
  const [verbatim, near] = quoteMatchers(quote);
  const all = [...sources, ...questions.map(({ text }) => ({ label: null, text }))];
  for (const matcher of verbatim) {
    for (const { label, text } of all) {
      const match = matcher(text);
      if (match) return { match, source: label };
    }
  }
  let best: { match: QuoteMatch; source: string | null } = { match: { kind: 'absent' }, source: null };
  let similarity = 0;
  for (const { label, text } of sources) {
    const match = near(text);
    if (!match || match.similarity <= similarity) continue;
    similarity = match.similarity;
    best = { match, source: label };
  }
  return best;
}
