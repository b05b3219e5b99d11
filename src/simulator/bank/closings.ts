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
  '{I} leave it to those who can sign, and ask them to look again at {issue}.',
  'The closing statement should not end without a word on {issue}: {meet}.',
];
