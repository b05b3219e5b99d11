/*
 * Where a speaker stands on an issue's scale: one bank for each distance from an anchor. {here} is the nearer anchor as
 * "a text in which …", {hereThat} as what one accepts ("that …"), {hereView} as what one says, {hereLine} its bare
 * words; {there} and {thanThere} are the anchor on the other side. {end…} are the same as {here…} and are given only at
 * the scale's ends, from which there is one direction: a template with them need not say in which direction it leans.
 * {now} is given only to those who have just moved, {still} only to those who have not.
 */

/** At the anchor. */
export const at: readonly string[] = [
  'On {issue} {my} (answer|line) is (short|plain): {hereLine}.',
  '{hereLine}: on {issue} that is what {I} would {sign}.',
  'As for {issue}, {I} would accept {hereThat}.',
  'What {I} want on {issue} is {here}.',
  'Ask {me} about {issue} and {I} answer with {here}.',
  'On {issue} {still} {I} accept only {hereThat}.',
  '{my} position on {issue} {still} has not (gone anywhere|wandered): {hereLine}.',
  'On {issue} {I} {have} {still} not moved: {hereLine}.',
  '{now}, on {issue}, {I} accept {hereThat}.',
  '{now}, {I} can write on {issue} what {I} could not write before: {hereLine}.',
  'For {issue} {I} would write it down like this: {hereLine}.',
  'On {issue} {I} propose {hereThat}.',
  'Put {me} down for {here} on {issue}.',
  '(Read|Hear) {me} plainly on {issue}: {hereLine}.',
  'What {I} can accept on {issue} is {hereThat}.',
  'On {issue} {I} expect {hereThat}.',
  '{hereThat}: {I} accept as much on {issue}.',
  'Turning to {issue}, {I} accept {hereThat}.',
  'On {issue}, {hereLine}; {I} would {sign} that.',
  '{I} can be short on {issue}: {hereLine}, and {I} would {sign} it.',
  '{hereLine}. On {issue} {I} accept that much and ask no more.',
];

/** Half a point off it. */
export const almost: readonly string[] = [
  'On {issue} {I} stay with {here}, with a little room towards {there}.',
  'For {issue} {I} ask for {here}, with some small movement towards {there}.',
  'On {issue} {I} accept {hereThat}, with a small opening towards {there}.',
  'What {I} propose on {issue} is {hereThat}, with a little give towards {there}.',
  'Put {me} down for {here} on {issue}, with a narrow opening towards {there}.',
  '{now}, on {issue}, {I} accept {hereThat}, with a small opening left towards {there}.',
  'Broadly, on {issue}, {I} accept {endThat}.',
  'On {issue}, {endLine}, with few exceptions; {I} {still} want that.',
  'On {issue} {I} accept {endThat}, with a few exceptions.',
  '(In substance|Broadly) {my} line on {issue} {still} holds: {endLine}, give or take a detail.',
  'On {issue} {I} would {sign} something just short of {end}.',
  'Nearly all {I} ask on {issue} is {endThat}.',
  '{endLine}, with some flexibility about the rest: {I} would {sign} that on {issue}.',
  'In principle, on {issue}, {I} accept {endThat}.',
  '{now}, on {issue}, {I} would settle for a little short of this: {endLine}, with few exceptions.',
];

/** A point off it. */
export const closer: readonly string[] = [
  'On {issue} {I} stand closer to {here} than to {there}.',
  'On {issue} {I} {am} closer to {hereView} than {thanThere}.',
  '{my} view of {issue} sits nearer to {here} than to {there}.',
  'What {I} could {sign} on {issue} lies closer to {here} than to {there}.',
  'On {issue}, then, {I} {am} nearer to {hereView} than {thanThere}.',
  'Weighing it all, {I} come out on {issue} closer to {hereView} than {thanThere}.',
  'A paper on {issue} would have {my} support if it lay nearer to {here} than to {there}.',
  'Nobody should misread {me} on {issue}: {I} {am} closer to {here} than to {there}.',
  '{now}, on {issue}, {I} {am} nearer to {hereView} than {thanThere}.',
  '{now}, {I} stand on {issue} closer to {here} than to {there}.',
  'On {issue} {I} {am} {still} closer to {hereView} than {thanThere}.',
  'On {issue} {I} accept {endThat} for the most part, and leave room to bargain over the rest.',
  'On {issue} {I} {still} stand closer to {end} than to anything softer.',
  '{now}, {I} stand on {issue} closer to {end} than to the middle, but no longer at the edge.',
  '{my} place on {issue} is nearer to {end} than to any half measure, though {I} can see one from here.',
  'For the most part, on {issue}, {endLine}; {I} would {sign} that and trade the rest.',
];

/** Half way. */
export const between: readonly string[] = [
  'On {issue} {I} find {myself} half way between {here} and {there}.',
  '{my} place on {issue} is midway between {here} and {there}.',
  '{I} would {sign} something on {issue} that lies halfway between {here} and {there}.',
  'Somewhere between {here} and {there}: that is where {I} {am} on {issue}.',
  'The honest place for {me} on {issue} is half way between {here} and {there}.',
  'As for {issue}, {I} {am} about midway between {here} and {there}.',
  '{now}, on {issue}, {I} {am} half way between {here} and {there}.',
  '{I} can go on {issue} to a point midway between {here} and {there}.',
];

/** Short forms for an issue that a speech only touches; {soft} tempers an end of the scale by half a point or a point. */
export const aside: readonly string[] = [
  'Briefly on {issue}: {I} accept{soft} {hereThat}.',
  'And on {issue}, {hereLine}{soft}; {I} ask no less.',
  '{I} add a word on {issue}: {hereLine}{soft}, if {I} {am} to {sign}.',
  'A word on {issue}, where {I} propose{soft} {hereThat}.',
  'On {issue} {I} will be brief: {hereLine}{soft}.',
  'As to {issue}, {my} line is{soft} {hereThat}.',
  '{I} mention {issue} only to say that {my} position there is this: {hereLine}{soft}.',
  'The same goes for {issue}, where {I} expect{soft} {hereThat}.',
  'On {issue}, for the record, {I} accept{soft} {hereThat}.',
  'Also on {issue}, in {my} view: {hereLine}{soft}.',
];

export const nowWords: readonly string[] = [
  'That is why, today',
  'From here on',
  'As of this round',
  'Having said that',
  'With that in mind',
  'For that reason',
];
export const stillWords: readonly string[] = ['still', 'as before', 'so far'];
export const softWords: readonly string[] = [
  ', broadly,',
  ', in substance,',
  ', for the most part,',
  ', with few exceptions,',
  ', in principle,',
];

/** For those who have said where they stand and have not moved: no anchor is named a second time. */
export const unmoved: readonly string[] = [
  'On {issue} {I} stay where {I} {was}.',
  'Nothing said since has moved {me} on {issue}.',
  '{I} {have} not shifted on {issue}, and nobody has given {me} a reason to.',
  'What {I} said about {issue} stands.',
  '{my} place on {issue} is the one {I} gave before.',
  'So on {issue} {I} hold {my} ground, and {I} hold it without anger.',
  'For the moment {I} leave {my} answer on {issue} as it is.',
  '{I} have told you what {I} can accept on {issue}; it has not changed.',
  'That leaves {me}, on {issue}, exactly where {I} began this round.',
  'Until somebody meets that point {I} see no cause to move on {issue}.',
];

/** For those who have said where they stand and have moved since: {step} is the length, {goal} the anchor ahead. */
export const moves: readonly string[] = [
  'On {issue} {I} take {step} towards {goal}.',
  'That is worth {step} from {me} on {issue}, towards {goal}.',
  '{now}, {I} go {step} on {issue} towards {goal}.',
  '{I} move {step} on {issue}, towards {goal}.',
  'On {issue} {my} position shifts by {step} towards {goal}.',
  'Count it as {step} from {me} on {issue}, in the direction of {goal}.',
  'So {I} come {step} nearer to {goal}, and {issue} need not stop there.',
  '{now}, on {issue}, {I} {am} prepared to go {step} towards {goal}.',
  'On {issue} {I} can answer with {step} towards {goal}.',
];
export const halfSteps: readonly string[] = ['half a step', 'a small step', 'a half-step'];
export const wholeSteps: readonly string[] = ['a step', 'one step', 'a full step'];
