/*
 * Where a speaker stands on an issue's scale: one bank for each distance from an anchor. {here} is the nearer anchor as
 * "a text in which …", {hereThat} as what one accepts ("that …"), {hereLine} its bare words; {there} and {thereThat} are
 * the anchor on the other side. Templates with {there} say in which direction a stand leans; the others are for the
 * scale's ends, from which there is one direction only: their slots are filled there alone.
 */

/** At the anchor. */
export const at: readonly string[] = [
  'On {issue} {my} (answer|line) is (short|plain): {hereLine}.',
  '{hereLine}: on {issue} that is what {I} would {sign}.',
  'As for {issue}, {I} would accept {hereThat}.',
  'What {I} want on {issue} is {here}.',
  'Ask {me} about {issue} and {I} answer with {here}.',
  '{my} position on {issue} has not (gone anywhere|wandered): {hereLine}.',
  '{I} can {sign} {here}, and on {issue} that is enough.',
  'For {issue} {I} would write it down like this: {hereLine}.',
  '{I} support {here}; on {issue} there is little {I} would rather have.',
  'Where {issue} is concerned, {I} propose {hereThat}.',
  'Put {me} down for {here} on {issue}.',
  '(Read|Hear) {me} plainly on {issue}: {hereLine}.',
  'What {I} can accept on {issue} is {hereThat}.',
  '{I} propose, on {issue}, {hereThat}.',
  'On {issue} {I} expect {hereThat}.',
  '{hereThat}: {I} accept as much on {issue}.',
  '{issue}, for {me}, means {here}.',
  'Turning to {issue}, {I} accept {hereThat}.',
];

/** Half a point off it. */
export const almost: readonly string[] = [
  'On {issue} {I} stay with {here}, with a little room towards {there}.',
  'For {issue} {I} ask for {here}, with some small movement towards {there}.',
  'On {issue} {I} accept {hereThat}, with a small opening towards {there}.',
  'Take {here}, add a little flexibility towards {there}, and you have {my} view of {issue}.',
  'What {I} propose on {issue} is {hereThat}, with a little give towards {there}.',
  'Put {me} down for {here} on {issue}, with a narrow opening towards {there}.',
  'Broadly, on {issue}, {I} accept {endThat}.',
  '{I} accept {endThat}, on {issue}, with a few exceptions.',
  'In substance {I} hold to {end} on {issue}.',
  'On {issue} {I} would {sign} something just short of {end}.',
  'Nearly all {I} ask on {issue} is {endThat}.',
  '{my} place on {issue} is almost exactly {end}.',
  'In principle, where {issue} is concerned, {I} accept {endThat}.',
];

/** A point off it. */
export const closer: readonly string[] = [
  'On {issue} {I} stand closer to {here} than to {there}.',
  'If {issue} has to be placed, place {me} closer to {here} than to {there}.',
  '{my} view of {issue} sits nearer to {here} than to {there}.',
  'What {I} could {sign} on {issue} lies closer to {here} than to {there}.',
  'On {issue}, then, nearer to {here} than to {there}: that is {my} place.',
  'Weighing it all, {I} come out on {issue} closer to {here} than to {there}.',
  'A paper on {issue} would have {my} support if it lay nearer to {here} than to {there}.',
  'Nobody should misread {me} on {issue}: {I} {am} closer to {here} than to {there}.',
  'As to {issue}, {I} {am} nearer to {here} than to {there}.',
  'On {issue} {I} accept {endThat} for the most part, and leave room to bargain over the rest.',
  'Largely, on {issue}, {I} still want {end}, but {I} no longer want every inch of it.',
  'With some flexibility, {I} accept {endThat} on {issue}.',
  'For the most part {I} hold to {end} on {issue}, and the rest can be traded.',
];

/** Half way. */
export const between: readonly string[] = [
  'On {issue} {I} find {myself} half way between {here} and {there}.',
  '{my} place on {issue} is midway between {here} and {there}.',
  '{I} would {sign} something on {issue} that lies halfway between {here} and {there}.',
  'Somewhere between {here} and {there}: that is where {I} {am} on {issue}.',
  'The honest place for {me} on {issue} is half way between {here} and {there}.',
  'As for {issue}, {I} {am} about midway between {here} and {there}.',
  'Mark {me} on {issue} as half way between {here} and {there}.',
  '{I} can go on {issue} to a point midway between {here} and {there}.',
];
