import { isFaithful, type TurnGrounding } from './turn-grounding.ts';

/** Each thing a speech's check found wanting, as a sentence for whoever is to mend it; none where all holds. */
export function problemsOf(grounding: TurnGrounding): string[] {
  const { citations, quotations, unsupported, uncited } = grounding;
  const missing = citations
    .filter((citation) => !citation.exists)
    .map(({ label }) => `There is no [${label}].`);
  const misquoted = quotations
    .filter((quotation) => quotation.kind === 'quotation' && !isFaithful(quotation))
    .map(({ text, match, source, isCited }) => {
      if (match === 'near' && source) return `"${text}" is not word for word what [${source}] says.`;
      if (isCited === false && source)
        return `"${text}" stands in [${source}] and not where it is cited from.`;
      return `"${text}" stands in no passage and no earlier turn.`;
    });
  const invented = unsupported.map(({ kind, text }) => `The ${kind} "${text}" stands in no passage.`);
  const bare = uncited.map(({ text }) => `No passage is cited for: "${text}"`);
  return [...missing, ...misquoted, ...invented, ...bare];
}
