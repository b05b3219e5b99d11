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
