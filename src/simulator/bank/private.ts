/*
 * Private notes: what a speaker thinks and does not say. {Interest}, {Line} and {Offer} are the persona's own sentences
 * without their full stops; {who} is whom it has most to settle with, {issue} what matters most now.
 */
export const wishes: readonly string[] = [
  '{Interest}. The rest serves that.',
  'What {I} must not lose sight of: {issue}. {Interest}.',
  '{Interest}. That is the measure for anything on {issue}.',
];

/** How {who} looks from here. */
export const closeBy: readonly string[] = [
  '{who} is within reach on {issue}; a push might do it.',
  'On {issue} only a little keeps {who} and {me} apart.',
];
export const moving: readonly string[] = [
  '{who} has moved on {issue} and may move again if {I} do not gloat.',
  '{who} gave something on {issue}. Answer it, and see what follows.',
];
export const stuck: readonly string[] = [
  '{who} has not moved on {issue}. No use going first again without something in hand.',
  '{who} holds out on {issue}. Ask what the trouble is before giving more.',
];
export const unknown: readonly string[] = [
  'Nobody has shown a hand on {issue} yet. Listen first.',
  'Too early to tell who could give way on {issue}.',
];

/** What could be given. */
export const gifts: readonly string[] = ['Held back so far: {offer}', 'What {I} could still offer: {offer}'];
export const trades: readonly string[] = [
  '{I} could ease off on {other} for something on {issue}.',
  'If pressed, give on {other} and keep {issue}.',
];

/** Where it ends. */
export const limits: readonly string[] = ['Not to be crossed: {line}', 'Whatever comes, this stays: {line}'];
