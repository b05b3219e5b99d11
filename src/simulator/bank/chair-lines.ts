/** The moderator's words. {names} are those who must answer, {quote} words of the article, {pass} their citation. */
export const openings: readonly string[] = [
  'The article before us reports: {quote} {pass}.',
  'We start from a text that says {quote} {pass}.',
  'One sentence of the article has brought everyone here: {quote} {pass}.',
  'What divides people in this article can be heard in one line: {quote} {pass}.',
];

export const plainOpenings: readonly string[] = [
  'We have met over one article: {article}.',
  'Everything here starts from one text: {article}.',
];

export const agendas: readonly string[] = [
  'On the agenda are {issues}.',
  'These matters are to be settled: {issues}.',
  'Between the parties lie {issues}.',
  'The cast will speak to {issues}.',
];

export const firstQuestions: readonly string[] = [
  'First {issue}, which weighs most. At one end, {low}; at the other, {high}. Where between them could you settle, and on what terms?',
  'Let us begin with {issue}. Some would have it that {low}, others that {high}. What would have to be true for the other side to be right?',
  'The first round goes to {issue}. Between {lowDeal} and {highDeal}, what could each of you sign?',
];

/** {one} and {other} are what the two ask for, "a text in which …" or a noun phrase. */
export const steerings: readonly string[] = [
  'The widest gap is on {issue}. {first} asks for {one}, {second} for {other}. What does each of you need from the other in order to move?',
  '{calls}, you ask on {issue} for {one} and for {other}. Which term between the two could you live with, and for what?',
  'On {issue}, what would {first} take in place of {one}? And {second}, in place of {other}?',
  'Let us hear {names} on {issue}. What is missing between {one} and {other}: a guarantee, a date or a will?',
  '{calls}, you cannot both have your way on {issue}. What would each of you sign if the other signed first?',
  'Back to {issue}. {first} holds out for {one}, {second} for {other}. Who could go first, and what would have to follow?',
];

/** Where the two already stand near the same anchor: {meet}. */
export const closeSteerings: readonly string[] = [
  '{calls}, on {issue} you are both within reach of {meet}. What still keeps you apart?',
  'Not much is left between {names} on {issue}. Each could nearly sign {meet}. Which word stands in the way?',
  'Suppose the statement held {meet} on {issue} and no more. What would {names} still have to ask for?',
];

export const openSteerings: readonly string[] = [
  '{calls}, where do you stand on {issue}, and what would move you?',
  'Little has been said on {issue}. What could {names} each accept there, and on what condition?',
  'Let us turn to {issue}. What do {names} ask for, and what would they give in return?',
];

export const agreedItems: readonly string[] = [
  'On {issue} the principals can sign the same sentence: {one}.',
  'Agreed on {issue}: {one}.',
  'The principals meet on {issue}: {one}.',
];

export const conditionalItems: readonly string[] = [
  'On {issue} the principals are within reach of one another. {first} still asks for {one} and {second} for {other}, and each waits for the other to go first.',
  'On {issue} there are conditions that are not yet met: {first} asks for {one}, {second} for {other}.',
  'On {issue} little is missing. {first} asks for {one}, {second} for {other}.',
];

/** Both ask for the same anchor, one more strictly. */
export const conditionalNear: readonly string[] = [
  'On {issue} both could live with this, if the conditions they have named are met: {meet}.',
  'Within reach on {issue}, once each side has the assurance it asked for: {meet}.',
];

export const openItems: readonly string[] = [
  'Nobody has found the sentence on {issue}: {first} asks for {one}, {second} for {other}.',
  'On {issue} there is no common term. {first} asks for {one}, {second} for {other}.',
  'Nothing is settled on {issue}, where {first} holds out for {one} and {second} for {other}.',
];

export const unheardItems: readonly string[] = [
  'On {issue} not all principals have taken a stand, so it stays open.',
  'Too little was said on {issue} to settle it.',
];
