/** The moderator's words. {names} are those who must answer, {quote} words of the article, {pass} their citation. */
export const openings: readonly string[] = [
  'The article before us reports: {quote} {pass}.',
  'We start from a text that says {quote} {pass}.',
  'One sentence of the article has brought everyone here: {quote} {pass}.',
  'What divides people in this article can be heard in one line: {quote} {pass}.',
];

export const plainOpenings: readonly string[] = [
  'We have met over one article, {article}.',
  'Everything here starts from one text, {article}.',
];

export const agendas: readonly string[] = [
  'On the agenda are {issues}.',
  'These matters are to be settled: {issues}.',
  'Between the parties lie {issues}.',
  'The cast will speak to {issues}.',
];

export const firstQuestions: readonly string[] = [
  'First {issue}, which weighs most. At one end, {low}; at the other, {high}. Where between them could you settle, and on what terms?',
  'Begin with {issue}: some would have it that {low}, others that {high}. What would have to be true for the other side to be right?',
  'The first round goes to {issue}. Take the two extremes, {low}, and {high}: what would move you from the one towards the other?',
];

/** {one} and {other} are what the two would accept, "that …" or a noun phrase. */
export const steerings: readonly string[] = [
  'The widest gap is on {issue}. {first} would accept {one}, {second} {other}. What does each of you need from the other in order to move?',
  '{names}: on {issue} one of you would accept {one}, the other {other}. Which term between the two could you live with, and for what?',
  'On {issue}, {first}, what would you take in place of this: {oneLine}? And {second}, what in place of this: {otherLine}?',
  'Let {names} answer on {issue}. One would accept {one}, the other {other}; what is missing between the two, a guarantee, a date or a will?',
  'Back to {issue}. {first} says {oneQuote}; {second} says {otherQuote}. What condition would bring those two sentences together?',
  '{names}, you cannot both have your way on {issue}. What would each of you sign if the other signed first?',
];

/** Where the two already stand near the same anchor: {oneLine}. */
export const closeSteerings: readonly string[] = [
  '{names}, on {issue} you now stand close to the same line: {oneLine}. What still keeps you apart?',
  'Not much is left between {names} on {issue}. Each could nearly sign this: {oneLine}. Which word stands in the way?',
  'On {issue}, {names}: if the statement said that much and no more, {oneLine}, what would you still have to ask for?',
];

export const openSteerings: readonly string[] = [
  '{names}: where do you stand on {issue}, and what would move you?',
  'Little has been said on {issue}. What could {names} each accept there, and on what condition?',
  'Turn to {issue} now. What do {names} ask for, and what would they give in return?',
];

export const agreedItems: readonly string[] = [
  'On {issue} the principals accept the same term: {one}.',
  'Agreed on {issue}: {one}.',
  'The principals meet on {issue}, where they can accept this: {one}.',
];

export const conditionalItems: readonly string[] = [
  'On {issue} the principals are within reach of one another: {first} would accept {one}, {second} {other}, and each waits for the other to go first.',
  'A term on {issue} hangs on conditions. {first} would accept {one}, {second} {other}.',
  'Not far apart on {issue}: {first} accepts {one}, {second} {other}, and the conditions each has named are not yet met.',
];

/** Both ask for the same anchor, one more strictly. */
export const conditionalNear: readonly string[] = [
  'On {issue} both could live with this, if the conditions they have named are met: {meet}.',
  'Within reach on {issue}, once each side has the assurance it asked for: {meet}.',
];

export const openItems: readonly string[] = [
  'Open is {issue}: {first} accepts only {one}, {second} {other}.',
  'On {issue} there is no common term, for {first} would accept {one}, {second} {other}.',
  'Nothing is settled on {issue}, where {first} would accept {one} and {second} {other}.',
];

export const unheardItems: readonly string[] = [
  'On {issue} not all principals have taken a stand, so it stays open.',
  'Too little was said on {issue} to settle it.',
];
