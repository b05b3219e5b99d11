/*
 * Where a speaker stands on an issue's scale: one bank for each distance from an anchor. {here} is the nearer anchor as
 * "a text in which …", {hereThat} as what one accepts ("that …"), {hereInsist} as what one insists ("that …", "on …"),
 * {hereLine} its bare words; {there} is the anchor on the other side. Slots are given only where they fit: {ask…} to
 * those who hold to where they began, {give…} to those who have come to it; {end…} at the scale's ends, from which
 * there is one direction, so that a template with them need not say in which direction it leans.
 */

/** At the anchor. */
export const at: readonly string[] = [
  'On {issue} {I} insist {askInsist}.',
  '{my} condition on {issue} is this: {askLine}.',
  'What {I} ask on {issue} is {ask}.',
  'For {me}, {issue} comes down to one thing: {askLine}.',
  'On {issue} {I} hold out for {ask}.',
  'On {issue} {I} want {askWritten}.',
  'The sentence {I} want on {issue} is this: {askLine}.',
  'On {issue} {my} line is plain: {askLine}.',
  'On {issue} {I} can accept {giveThat}.',
  'What {I} can accept on {issue} is {giveThat}.',
  'On {issue} {I} would {sign} {give}.',
  'On {issue} {I} could live with {give}.',
  'On {issue} {I} {am} ready for {give}.',
  'So on {issue}, let it be written: {giveLine}.',
  'On {issue} the fair place is {middle}.',
  'On {issue} {I} would settle for {middle}.',
  'What could hold on {issue} is {middle}.',
];

/** Half a point off it. */
export const almost: readonly string[] = [
  'On {issue} {I} broadly want {endWritten}.',
  'On {issue} {my} line is, in substance, {endThat}.',
  'What {I} ask on {issue} is, in substance, {end}.',
  'On {issue} {I} could settle for something a little short of {end}.',
  'On {issue} {I} still want {end}, with some flexibility about the rest.',
  'In principle, on {issue}, {I} want {endWritten}.',
  'On {issue} {I} would {sign} {middle}, with some room for {there}.',
  'On {issue} {I} accept {middleThat}, with an opening towards {there}.',
  'On {issue} {I} would take {middle}, with a little give towards {there}.',
];

/** A point off it. */
export const closer: readonly string[] = [
  'On {issue} {I} {am} closer to {here} than to {there}.',
  'On {issue} {I} have come part of the way from {giveEnd} to {there}.',
  'On {issue} {I} can go part of the way from {end} to {there}.',
  'On {issue} {I} largely want {endWritten}, and {I} can bargain over the rest.',
  'On {issue} {I} would {sign} something short of {end}.',
  'On {issue} {I} would {sign} {middle}, with clear room for {there}.',
  'On {issue} {I} could work with {middle}, with a door open to {there}.',
  'What {I} would {sign} on {issue} is {middle}, with some allowance for {there}.',
];

/** Half way. */
export const between: readonly string[] = [
  'On {issue} {I} would split the difference between {here} and {there}.',
  'The bargain {I} would take on {issue} lies half way between {here} and {there}.',
  'On {issue} {I} {am} midway between {here} and {there}.',
  '{my} place on {issue} is somewhere between {here} and {there}.',
  'On {issue} {I} can go to a point midway between {here} and {there}.',
];

/** Short forms for an issue that a speech only touches. */
export const aside: readonly string[] = [
  'On {issue} {I} want {askWritten}.',
  'On {issue}, too, {I} insist {askInsist}.',
  'As for {issue}, {my} line is this: {askLine}.',
  'On {issue} {I} ask for {ask}.',
  '{I} {am} no softer on {issue}: {askLine}.',
  'On {issue} {I} can accept {giveThat}.',
  'As for {issue}, {I} could live with {give}.',
  '{issue} need not hold us up: {giveLine}.',
  'On {issue} {I} would settle for {middle}.',
  'As for {issue}, {I} would take {middle}.',
  'On {issue} {I} broadly want {softWritten}.',
  'As for {issue}, {my} line is, in substance, {softThat}.',
  'On {issue}, in substance, {I} ask for {soft}.',
];

/** For those who have said where they stand and have not moved: no anchor is named a second time. */
export const unmoved: readonly string[] = [
  'On that {I} stay where {I} {was}.',
  '{I} see no cause yet to move on it.',
  'So {my} answer stays as it is for now.',
  'What {I} said about {issue} stands.',
  '{my} place there is the one {I} gave before.',
  'There {I} do not move yet.',
  'That leaves {me} where {I} {was}.',
  '{I} hold to what {I} said.',
  'On {issue} {I} stay where {I} {was}.',
  'So far {who} has given {me} no cause to move on it.',
  'It would take more than that from {who} to move {me} here.',
  'For now {I} leave {my} answer on {issue} as it is.',
  'On {issue} the next move is not {mine}.',
  'It does not move {me} on {issue}.',
];

/** For those who have said where they stand and have moved since: {step} is the length, {goal} the anchor ahead. */
export const moves: readonly string[] = [
  'On {issue} {I} can go {step} towards {goal}.',
  'On {issue} {I} come {step} closer to {goal}.',
  '{my} answer on {issue} shifts by {step} towards {goal}.',
  '{I} have thought again about {issue}, and {I} take {step} towards {goal}.',
];

/** The same right after the reason was given. */
export const movesForReason: readonly string[] = [
  'So on {issue} {I} take {step} towards {goal}.',
  'That is worth {step} from {me} on {issue}, towards {goal}.',
  'For that {I} go {step} on {issue}, in the direction of {goal}.',
  '{I} can go {step} further, then, towards {goal}.',
];

/** The same in passing: {who} is the reason. */
export const movesInPassing: readonly string[] = [
  '{I} owe {who} {step} on {issue}, towards {goal}.',
  'On {issue} {I} can answer {who} with {step} towards {goal}.',
  'On {issue} {I} have heard {who}, and {I} take {step} towards {goal}.',
];
export const halfSteps: readonly string[] = ['half a step', 'a small step'];
export const wholeSteps: readonly string[] = ['a step', 'a full step'];
