/** Words before an argument: {arg} is the argument inside a sentence, and stands only after a colon. These can open a speech. */
export const openBridges: readonly string[] = [
  'One thing keeps (coming back to {me}|being forgotten): {arg}.',
  'It bears saying (aloud|slowly): {arg}.',
  'What decides it for {me} is this: {arg}.',
  '{I} keep returning to one fact: {arg}.',
  'Look at it from {my} side: {arg}.',
  '{I} would put it like this: {arg}.',
  'Let {me} put one thing in the middle of the table: {arg}.',
  'Somebody should say it: {arg}.',
];

/** And these lean on what went before. */
export const bridges: readonly string[] = [
  ...openBridges,
  '(The reason|{my} reason) is (simple enough|not hard to find): {arg}.',
  'There is a (plain|practical) reason for that: {arg}.',
  '(And|Then) there is this: {arg}.',
  'Underneath all this lies something (older|simpler): {arg}.',
  '(Experience|Practice) teaches the same thing: {arg}.',
  '(Weigh|Set) against it the following: {arg}.',
];

/** The same where the speaker has just given ground: what it does not give up. */
export const bridgesAfterGiving: readonly string[] = [
  'Even so, one thing (stays|does not move): {arg}.',
  'The worry behind {my} old position has not gone away: {arg}.',
  'It does not follow that the fear was idle: {arg}.',
  'What {I} do not give up is the reason {I} had: {arg}.',
  'Nobody should read that as surrender, for the old point holds: {arg}.',
  '{I} give that and keep this: {arg}.',
  'Moving does not mean forgetting: {arg}.',
  'Let {me} say what still (troubles|holds) {me}: {arg}.',
];

/** Evidence: {quote} is verbatim from the passage, in quotation marks; {pass} its citation. */
export const evidence: readonly string[] = [
  'The article has it in so many words, {quote} {pass}.',
  'On this the article is (clear|plain): {quote} {pass}.',
  '(Look|Go back) to the text in front of us, which says {quote} {pass}.',
  '{quote}, as the article (puts|has) it {pass}, and {I} (do not|see no way to) read that differently.',
  'The (passage|line) that matters here reads {quote} {pass}.',
  'Nobody has yet disputed the article on this point: {quote} {pass}.',
  'It is there in black and white, {quote} {pass}.',
  'Any answer has to reckon with what the article reports: {quote} {pass}.',
  '{I} rest this on the article, where {I} read {quote} {pass}.',
  'Keep one line of the article (in mind|in view): {quote} {pass}.',
  'The record we share says {quote} {pass}; {I} start from there.',
  'If anyone doubts it, the article says {quote} {pass}.',
  '{quote} {pass} is the line {I} would ask everyone to read again.',
  'The article does not hedge here: {quote} {pass}.',
];

/** Red lines: {line} stands after a colon, {Line} as its own sentence without its full stop. */
export const redLines: readonly string[] = [
  '{I} go no further than this on {issue}, and the reason is fixed: {line}.',
  'There {I} stop. {Line}.',
  '{Line}. No form of words on {issue} changes that.',
  'One thing is not for sale: {line}.',
  'Beyond that point on {issue} there is a wall, and everyone here has seen it: {line}.',
  'Past this {I} cannot be talked: {line}.',
  '{I} would be misleading you if {I} hid the limit: {line}.',
  '{I} say it once so that nobody plans around it: {line}.',
];

/** Offers: {Offer} is the persona's own sentence without its full stop; {offer} the same after a colon. */
export const offers: readonly string[] = [
  '{Offer}.',
  'Here is something {who} can take (home|away): {offer}.',
  '(An offer|A trade), then, (and it is meant|for {who} to weigh): {offer}.',
  '{Offer}. That is on the table for {who} (today|now).',
  '{I} would rather trade than score: {offer}.',
  '{Offer}. {I} say this to {who} in particular.',
  'This much {I} can (put forward|do): {offer}.',
  'To {who} {I} say this: {offer}.',
];

/** A trade made from the agenda where a persona has no offers of its own: {other} is another issue, {meet} a text on it. */
export const trades: readonly string[] = [
  'If {who} can come as far as {meet} on {other}, {I} have room on {issue}.',
  '{I} would look again at {issue} the day {who} accepts {meet} on {other}.',
  'There is a trade in this: some of {issue} from {me} in return for {meet} from {who}.',
  'Give {me} {meet} on {other}, and {who} will find {me} easier on {issue}.',
  '{I} can bend on {issue} as long as {who} (bends|moves) on {other} towards {meet}.',
];

/** Opening words of somebody who has nobody to answer yet. */
export const beginnings: readonly string[] = [
  '{Interest}.',
  'Let {me} begin with what {I} {am} here for: {interest}.',
  '{I} start from one thing: {interest}.',
  'Before anything else, this: {interest}.',
  '{Interest}. Everything {I} say on {issue} follows from that.',
  'You should know at the outset what drives {me}: {interest}.',
];

/** Taking up the moderator's question. */
export const steered: readonly string[] = [
  'The chair asks about {issue}, and {I} (will not go round it|take the question as put).',
  'To the moderator: on {issue} an answer is (owed|due), and {I} (will give|have) one.',
  '{issue}, then, since the chair (presses|asks) for it.',
  '{I} {was} asked for an answer on {issue} and here it is.',
  'The moderator is right to press on {issue}.',
  "On the chair's question about {issue} {I} can be specific.",
];

/** Taking up a question from the person watching: {echo} is what was asked. */
export const watched: readonly string[] = [
  'Somebody watching asks {echo}, and the answer belongs before anything else.',
  'The question from outside this room, {echo}, is fair, and {I} answer it first.',
  'Asked {echo}, {I} reply without (detour|a detour).',
  'We have been asked {echo}; here is what {I} (would say|say).',
];

/** Taking up a question that another speaker put to this one. */
export const asked: readonly string[] = [
  '{who} asked {me} {echo}, and {I} owe {them} an answer.',
  '{I} {was} asked a direct question by {who}, {echo}, so here is a direct reply.',
  'To {whose} question, {echo}: yes, {I} have an answer.',
  '{who} wants to know, {echo}. Very well.',
  'The question {echo} came from {who}, and {I} will not step round it.',
];
