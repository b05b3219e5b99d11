/*
 * Arguments for a persona whose file gives none on an issue, or none any more. They use nothing but the agenda:
 * {ifFar} is "if …" with the anchor that the speaker wants least, {ifHere} with the one it wants most.
 */
export const commonReasons: readonly string[] = [
  '{ifFar}, somebody has to answer for what comes after, and nobody here has offered to.',
  '{ifHere}, each side can at least see what the other one is doing.',
  'It is easy to say what is gained {ifFar}; it is harder to say who would notice when it goes wrong.',
  '{ifHere}, {I} can explain it to the people {I} answer to.',
  '{ifFar}, the danger lies less in the first month than in the second year.',
  '{ifHere}, a mistake can still be put right.',
  '{ifFar}, those who gain are few and those who pay were not asked.',
  'Those who carry the risk here are not the ones who speak loudest about it.',
  'A plain rule on {issue} beats a clever one, because plain rules are kept.',
  'Half of this quarrel is about who has to move first, and that half can be settled with a calendar.',
  'If there is a cheaper way to be sure, {I} have not heard it today.',
  'Whatever we write down will be read by people who were not in this room.',
  'Time counts as much as terms do; a late answer is an answer too.',
  'What looks generous this year has to be defended next year, by somebody with less patience.',
  'Arrangements like this one fail at the edges, where nobody thought to look, and seldom in the middle.',
  'People keep a bargain when breaking it costs them more than keeping it; the rest is ornament.',
  '{I} would sooner have a small promise that is kept than a large one that is admired.',
  'Leaving things as they are has a price as well, though it never sends a bill.',
  'Once both sides count {issue} in the same units, most of the anger will have nothing to stand on.',
  'Trust will not be there at the start; it has to be one of the things produced.',
  'The longer this stays unsettled, the more each of us will have to explain.',
  'Every month without a rule is also a decision, taken by whoever is quickest.',
  'A text that only one side can read aloud with pleasure will not last.',
];

/** An interest that is a sentence, and one that is only named ("this year's crop"). */
export const namedInterests: readonly string[] = [
  'What {I} {am} here for is no secret: {interest}.',
  'Behind all {I} say stands one thing: {interest}.',
  '{I} measure every proposal against the same thing: {interest}.',
  'One thing matters to {me} more than being right: {interest}.',
  'Take away the speeches, and this is what is left for {me}: {interest}.',
  '{I} came with one concern, and it has not changed: {interest}.',
];
