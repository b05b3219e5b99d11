/** Ends of a speech: questions to {who}; {meet} is a text between the two. */
export const questions: readonly string[] = [
  'What would {who} need to (see|be shown) before moving (at all|one step) on {issue}?',
  'Could {who} live with {meet}?',
  'If not {meet}, what would {who} write in its place?',
  'Which (part|word) of this would {who} strike out, and why?',
  '{who} can answer in one word: is {meet} ruled out, or not?',
  'So what does {who} say to {meet}?',
  'Does {who} have an answer to that which does not begin with somebody else going first?',
  'Will {who} tell us what a good outcome on {issue} looks like a year from now?',
  'How would {who} explain that at home?',
  'Is there any version of {issue} that {who} would accept this week?',
  'What is it that {who} fears would happen if {I} were right?',
  'May {I} hear from {who} what would change {their} mind on {issue}?',
  'And what, on {issue}, has {who} (heard|taken) from the rest of us so far?',
  'Where exactly would {who} draw the line on {issue}?',
];

export const tests: readonly string[] = [
  'The test is whether {who} can say what happens on the day after the promise is broken.',
  'Judge the next answer on {issue} by one thing: whether it would still hold when it is inconvenient.',
  'A good text on {issue} is one that {who} would keep even in a bad year.',
  'Let us see whether that sentence can be written down without (an asterisk|a footnote).',
  'Whoever disagrees should say what they would check, and (how often|who would check it).',
  '{I} will know that we are getting somewhere when {who} names a (price|date).',
  'Read it back to {me} as if you had to defend it next year, and see if it stands.',
  'The proof will be in what {who} leaves out of the next answer.',
];

export const flat: readonly string[] = [
  'That is where {I} leave it for now.',
  'The rest is drafting.',
  '{I} can say no more than that today.',
  'Make of that what you can.',
  'It is not a slogan; it is what {I} would {sign}.',
  'So much for {issue}.',
  'There is work in that for all of us.',
  '{I} would not call that nothing.',
  'Everything else can wait a round.',
  'On that {I} rest.',
  'We can do better than we have done so far.',
  'It is a small thing, and it can be done.',
];

/** When no round is left. */
export const last: readonly string[] = [
  'This is the last round, and {I} would rather end it with an open door than with a fine phrase.',
  'With no round left, that is what {I} would put in the statement.',
  'If a closing statement is to carry {my} name, it has to carry that.',
  'The time is up, so let it be written down as said.',
  'Those are the words {I} leave for whoever drafts the end of this.',
  '{I} leave the table here, and not because there was nothing more to say.',
];
