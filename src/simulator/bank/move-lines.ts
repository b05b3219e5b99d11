/*
 * Words around an argument. Whatever comes from a persona's file ({Arg}, {Line}, {Offer}, {Interest}) stands as its own
 * sentence, as its author wrote it; nothing of it is put after a colon, where its capital would be wrong.
 */
export const openBridges: readonly string[] = [
  'Here is what decides it for {me}. {Arg}',
  'Start with something plain. {Arg}',
  'Look at it from where {I} sit. {Arg}',
  'One thing tends to get lost. {Arg}',
];

/** These lean on what went before. */
export const bridges: readonly string[] = [
  'There is a practical reason. {Arg}',
  'The reason is not hard to find. {Arg}',
  'Consider what follows from it. {Arg}',
  'It is simpler than it looks. {Arg}',
  'And there is a second side to it. {Arg}',
];

/** The same where the speaker has just given ground: what it does not give up. */
export const bridgesAfterGiving: readonly string[] = [
  'Even so, one worry stays. {Arg}',
  'The old difficulty has not gone away. {Arg}',
  'What {I} keep is the reason {I} had. {Arg}',
  'To move is not to forget. {Arg}',
  'That is not surrender. {Arg}',
  'One thing still troubles {me}. {Arg}',
];

/** Evidence: {quote} is verbatim from the passage, in quotation marks; {pass} its citation. */
export const evidence: readonly string[] = [
  'The article says {quote} {pass}.',
  'On this the article is plain: {quote} {pass}.',
  'Go back to the text in front of us: {quote} {pass}.',
  'The line that matters here reads {quote} {pass}.',
  'Nobody has disputed what the article reports: {quote} {pass}.',
  'Any answer has to reckon with the report: {quote} {pass}.',
  '{I} rest this on the article: {quote} {pass}.',
  'Keep one line of the article in view: {quote} {pass}.',
  'The record we share reads {quote} {pass}.',
  'It is in black and white: {quote} {pass}.',
];

/** Red lines: {Line} is the persona's own sentence without its full stop. */
export const redLines: readonly string[] = [
  '{Line}. On {issue} that is where {I} stop.',
  'There is one limit on {issue}. {Line}.',
  '{Line}. Nobody should plan around that.',
  '{I} would mislead you by hiding the limit. {Line}.',
  '{Line}. No wording on {issue} changes that.',
  'Further than this {I} cannot be talked. {Line}.',
];

/** Offers: {Offer} is the persona's own sentence without its full stop. */
export const offers: readonly string[] = [
  '{Offer}.',
  '{Offer}. That is an offer, and {who} may take it as one.',
  'So here is something for {who} to weigh. {Offer}.',
  '{I} would rather trade than score. {Offer}.',
  'This much {I} can do. {Offer}.',
  '{Offer}. {I} would put that in writing.',
];

/** The same from somebody who can sign nothing. */
export const proposals: readonly string[] = [
  '{Offer}.',
  'There is a way through. {Offer}.',
  '{Offer}. Both sides could take that home.',
  '{Offer}. {I} would recommend that to {who} first.',
];

/** A trade made from the agenda where a persona has no offers of its own: {other} is another issue, {meet} a text on it. */
export const trades: readonly string[] = [
  'If {who} can come as far as {meet} on {other}, {I} have room on {issue}.',
  '{I} would look again at {issue} the day {who} accepts {meet} on {other}.',
  '{I} can bend on {issue} if {who} bends on {other} as far as {meet}.',
];

/** Opening words of somebody who has nobody to answer yet. */
export const beginnings: readonly string[] = [
  '{Interest}.',
  '{Interest}. Everything {I} say on {issue} follows from that.',
  'Let {me} say first what {I} {am} here for. {Interest}.',
  '{I} start from one thing. {Interest}.',
];

/** Taking up the moderator's question. */
export const steered: readonly string[] = [
  'The chair asks about {issue}, so let {me} be specific.',
  'On {issue} an answer is owed, and here is {mine}.',
  '{issue}, then.',
  '{I} {was} asked about {issue}.',
  'The moderator is right to press on {issue}.',
  'The question was {issue}, and {I} will keep to it.',
];

/** Taking up a question from the person watching: {echo} is what was asked, where it is short enough to repeat. */
export const watched: readonly string[] = [
  'Somebody watching asks {echo}. {I} answer that first.',
  'The question from outside, {echo}, is a fair one.',
  'We have been asked {echo}, so that comes first.',
];

export const watchedLong: readonly string[] = [
  'Somebody watching has asked about {issue}, and that comes first.',
  'The question from outside is about {issue}, and it is a fair one.',
];

/** Taking up a question that another speaker put to this one. */
export const asked: readonly string[] = [
  '{who} asked {me} about {issue}, and {I} owe an answer.',
  'To {whose} question on {issue} there is a plain answer.',
  '{who} put a question to {me}, and {I} will not step round it.',
  '{who} wants an answer on {issue}. Here it is.',
];

/** Ends of a speech: questions to {who}; {meet} is a text between the two. */
export const questions: readonly string[] = [
  'What would {who} need to see before moving on {issue}?',
  'Could {who} live with {meet}?',
  'If not {meet}, what would {who} write in its place?',
  'Is {meet} ruled out for {who}, or only unwelcome?',
  'What does {who} fear would happen on {issue} if {I} {am} right?',
  'What would change {whose} mind on {issue}?',
  'Where exactly would {who} draw the line on {issue}?',
  'What would {who} give for {meet}?',
  'Which word of that would {who} strike out?',
  'Who, in {whose} view, goes first on {issue}, and what does the other one do the day after?',
];

/** Ends that ask nobody anything. */
export const tests: readonly string[] = [
  'A good text on {issue} is one that {who} would keep even in a bad year.',
  'Whoever disagrees should say what they would check, and how often.',
  'The test of any text on {issue} is the day after a promise is broken.',
  '{I} will know that we are getting somewhere when {who} names a price.',
];

/** What would move the speaker: {here} is what it stands for now. */
export const terms: readonly string[] = [
  '{I} can move on {issue} if {who} moves too.',
  'Let {who} show some movement on {issue}, and {I} will answer it.',
  'What would move {me} on {issue} is something in return.',
];

/** In the last round, about an issue within reach: {meet} is the text between the two. */
export const lastReady: readonly string[] = [
  '{I} could {sign} {meet} on {issue} today.',
  'On {issue} {I} would put {my} name to {meet} now.',
  'A closing statement with {meet} can carry {my} name on {issue}.',
];

/** About an issue on which the two are near but not agreed. */
export const lastConditional: readonly string[] = [
  'On {issue} {I} could {sign} only if {who} came the rest of the way.',
  '{issue} can be had, on condition that {who} moves as far as {I} {have}.',
  'On {issue} it is now for {who} to come the rest of the way.',
];

/** About an issue that stays open. */
export const lastOpen: readonly string[] = [
  'What stays open is {issue}, and better so than papered over.',
  'On {issue} nothing here can be signed yet.',
  'What stays open is {issue}, because neither of us has found the sentence for it.',
];

/** Last words of somebody who can sign nothing. */
export const lastAdvice: readonly string[] = [
  'If {I} could leave one sentence for the closing statement, it would be {meet} on {issue}.',
  'Whoever drafts the end of this should begin with {issue}.',
  'Let the end of this be written around one thing: {issue}.',
  'Before this ends, it is worth one more look at {issue} by those whose names will stand under it.',
  'The closing statement should not end without a word on {issue}: {meet}.',
];

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
