import type { JudgeSample, RejectedReading } from '../debate/readings.ts';
import type { Convergence } from '../debate/verdict.ts';
import { pairsOf } from './stands.ts';
import { mean } from './statistics.ts';

/**
 * English phrases by which speakers show that they agree or refuse, whatever they then stand for. A crude cue on purpose: it
 * needs no model, and it is what friendly words move. A text in another language has none, and the ratio is then null.
 */
const refusing = [
  /\b(?:cannot|can't|can not|will not|won't|do not|don't|does not|doesn't|never|not|unable to|refuse[sd]? to) (?:ever |simply |possibly |yet |be able to )?(?:accept|agree|support|endorse|consider|concede|welcome|move)\w*/gi,
  /\b(?:reject|refus|disagree|oppos|object to|rule out|dismiss)\w*/gi,
  /\b(?:unacceptable|non-?starter|out of the question|not acceptable|no deal|dead end|impossible to accept|red line)\b/gi,
  /\b(?:we|i) (?:will|shall|would) (?:never|not)\b/gi,
  /\b(?:won't|under no circumstances|not negotiable|non-?negotiable)\b/gi,
];

const agreeing = [
  /\b(?:we|i|both of us|both sides) (?:can |could |will |would |do |also |now |fully |completely |entirely |wholeheartedly |largely |broadly |gladly ){0,3}(?:agree|accept|welcome|support|endorse|concur|share)\b/gi,
  /\b(?:agreed|in agreement|common ground|of one mind|see eye to eye|on the same page|mutual understanding)\b/gi,
  /\b(?:you are|you're|that is|that's|my colleague is|my counterpart is) (?:quite |absolutely |entirely |completely )?right\b/gi,
  /\b(?:fair|good|excellent|valid) (?:point|idea|proposal)\b/gi,
  /\b(?:thank you|thanks|appreciate|grateful|constructive|in the spirit of|delighted|pleased to)\b/gi,
  /\b(?:ready|willing|prepared|happy|open) to (?:accept|agree|support|sign|meet|take|join)\b/gi,
  /\b(?:can live with|meet (?:you|them) half ?way|we have a deal|it is a deal)\b/gi,
];

interface PhraseCount {
  agreeing: number;
  refusing: number;
}

/** Counts the phrases; words that refuse are taken out first, so that "cannot agree" is not counted as agreeing. */
export function countPhrases(text: string): PhraseCount {
  // Typographic apostrophes are as common as plain ones in what models write.
  const refused = countAndRemove(text.replace(/[\u2018\u2019]/g, "'"), refusing);
  return { refusing: refused.count, agreeing: countAndRemove(refused.rest, agreeing).count };
}

function countAndRemove(text: string, patterns: readonly RegExp[]): { count: number; rest: string } {
  let count = 0;
  let rest = text;
  for (const pattern of patterns) {
    rest = rest.replace(pattern, () => {
      count++;
      return ' | ';
    });
  }
  return { count, rest };
}

/** Reasons that say the quote itself was wrong or missing. */
const quoteReasons: readonly RejectedReading['reason'][] = [
  'quote-not-found',
  'turn-unclear',
  'no-quote',
  'wrong-speaker',
];

/** The names, dates and numbers of a text, in a form that can be compared. */
export type TermsOf = (text: string) => Iterable<string>;

/** A speech of the round at hand. */
export interface Speech {
  speaker: string;
  text: string;
}

/** What code sees without a model, each a share 0..1 or null where there is nothing to count. */
export function cuesOf({
  speeches,
  principals,
  samples,
  termsOf,
  repetition,
}: {
  speeches: readonly Speech[];
  principals: readonly string[];
  samples: readonly JudgeSample[];
  termsOf: TermsOf;
  repetition: number | null;
}): Convergence['cues'] {
  const { agreeing, refusing } = phrasesOf(speeches, principals);
  return {
    quoteMatchRate: quoteMatchRate(samples),
    agreeRatio: agreeing + refusing === 0 ? null : agreeing / (agreeing + refusing),
    concreteOverlap: concreteOverlap(speeches, principals, termsOf),
    repetition,
  };
}

function phrasesOf(speeches: readonly Speech[], speakers: readonly string[]): PhraseCount {
  return countPhrases(textOf(speeches, speakers));
}

/** Share of the judge's claims whose quote stands in a turn of the speaker named; claims wrong for another reason do not count. */
export function quoteMatchRate(samples: readonly JudgeSample[]): number | null {
  const rejected = samples.flatMap((sample) => sample.rejected);
  const duplicates = rejected.filter(({ reason }) => reason === 'duplicate').length;
  const found = samples.flatMap((sample) => sample.readings).length + duplicates;
  const missed = rejected.filter(({ reason }) => quoteReasons.includes(reason)).length;
  return found + missed === 0 ? null : found / (found + missed);
}

/** Terms used by both over terms used by either (Jaccard 1901), mean over pairs of principals who used any; null where no pair did. */
export function concreteOverlap(
  speeches: readonly Speech[],
  principals: readonly string[],
  termsOf: TermsOf,
): number | null {
  const terms = new Map(
    principals.map((speaker) => [speaker, new Set(termsOf(textOf(speeches, [speaker])))]),
  );
  const overlaps = pairsOf(principals).flatMap(([a, b]) => {
    const one = terms.get(a) ?? new Set<string>();
    const other = terms.get(b) ?? new Set<string>();
    const either = new Set([...one, ...other]).size;
    const both = one.size + other.size - either;
    return either === 0 ? [] : [both / either];
  });
  return overlaps.length === 0 ? null : mean(overlaps);
}

function textOf(speeches: readonly Speech[], speakers: readonly string[]): string {
  return speeches
    .filter(({ speaker }) => speakers.includes(speaker))
    .map(({ text }) => text)
    .join('\n\n');
}
