import { sentencesOf } from '../text/sentences.ts';

/**
 * English words that give a ground for a change of mind, ask a price for it, or tell who brought it about; and citations, which
 * rest it on the article or another's speech.
 */
const grounds = [
  /\b(?:because|since|given|considering|in (?:the )?light of|in view of|therefore|thus|hence|so that)\b/i,
  /\b(?:(?:for|with) (?:that|this|the same|good) reason|that is why|which is why|is (?:the reason )?why|we were wrong|it follows)\b/i,
];
const prices = [
  /\b(?:in return|in exchange|in response|in answer|provided|on (?:the )?condition|as long as|so long as|reciproc\w+|to match|matched by)\b/i,
  /\b(?:if (?:you|they|both|the other|our counterpart)|once (?:you|they|the)|(?:has|have) moved|moves? too)\b/i,
];
const persuasions = [
  /\b(?:(?:having|after|on) (?:heard|hearing|read|reading|listened|listening)|persuaded|convinced|not lost on us|brought us|moved us|won us over)\b/i,
  /\b(?:(?:you|they|has|have|'ve) shown|(?:your|their|'s|\u2019s) (?:point|argument|assurance|offer|question|warning)|grant(?:ed|s)? (?:you |them )?that)\b/i,
];
const reasons = [...grounds, ...prices, ...persuasions, /\[[PT]\d/];

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
  return (
    [...own, ...near].find(({ text: words }) => reasons.some((reason) => reason.test(words)))?.text ?? null
  );
}
