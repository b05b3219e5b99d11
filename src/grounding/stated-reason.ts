import { sentencesOf } from './sentences.ts';

/** Words that give a ground or a price for a change of mind, and citations, which rest it on the article or another's speech. */
const reason =
  /\b(?:because|since|given|considering|in light of|in view of|in return|in exchange|provided|on (?:the )?condition|as long as|so long as|so that|therefore|thus|hence|that is why|which is why|reciproc\w+|having heard|persuaded|convinced|you (?:have|'ve) shown|your (?:point|argument|assurance|offer)|if (?:you|they|both|the other|our counterpart)|once (?:you|they|the))\b|\[[PT]\d/i;

/** Sentences before and behind the quote in which a reason still belongs to it. */
const reach = 1;

/** The sentence that gives a reason for what is quoted: of the quote's own sentences or a neighbour; null where none does. */
export function statedReason(text: string, quote: string): string | null {
  const start = text.indexOf(quote);
  if (start < 0) return null;
  const sentences = sentencesOf(text);
  const first = sentences.findIndex((sentence) => sentence.end > start);
  const last = sentences.findLastIndex((sentence) => sentence.start < start + quote.length);
  const near = sentences.slice(Math.max(0, first - reach), last + 1 + reach);
  const own = sentences.slice(Math.max(0, first), last + 1);
  return [...own, ...near].find((sentence) => reason.test(sentence.text))?.text ?? null;
}
