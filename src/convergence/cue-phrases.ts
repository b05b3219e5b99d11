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

export interface PhraseCount {
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
