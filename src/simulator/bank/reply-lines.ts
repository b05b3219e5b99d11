/*
 * How a speaker takes up what another one said. {who} is the other speaker, {echo} their own words in quotation marks,
 * {issue} the issue's title; {I}, {me}, {my} are the speaker, in the singular or plural. (a|b) is a choice.
 * A sentence with {echo} says whose words they are ("says", "'s claim"), so that no reader takes them for the speaker's own.
 * The words of these banks belong to the simulator; they are no prompt and are sent to no model.
 */

export const challenges: readonly string[] = [
  '{who} (says|argues|claims) {echo}. {I} see it the other way round.',
  'When {who} says {echo}, {I} hear (a hope|a wish) where a plan is needed.',
  '{who} (says|argued) {echo}. That (leaves out|passes over) the hard part.',
  'It costs {who} nothing to say {echo}.',
  'Suppose {who} is right to say {echo}. Who would be better off for it?',
  '{whose} claim, {echo}, does not survive a second reading.',
  '{who} (rests|builds) a whole case on the claim {echo}, and it will not bear the weight.',
  'If {echo} were the whole story, as {who} says, there would be little left to argue about.',
  '{who} said {echo}, and that is where {I} (part company|stop following).',
  '{who} says {echo}, and does not say who pays for it.',
  '{whose} words were {echo}. Ask what becomes of them on a bad day.',
  'Take {whose} own line, {echo}, and follow it to the end.',
  '{I} listened to {who} on {issue}, and {I} {am} not persuaded.',
  'On {issue} {I} part company with {who}, and it is worth saying exactly where.',
  '{who} argued the easy half of {issue}. The other half is less comfortable.',
  'The trouble with {whose} case on {issue} is what it takes for granted.',
];

/** The same after the argument, drawing the sum of it. */
export const challengesAfter: readonly string[] = [
  'That is why {whose} claim, {echo}, does not (convince|persuade) {me}.',
  'Against that, {whose} line, {echo}, weighs less than it seems.',
  'So when {who} says {echo}, {I} have to disagree.',
  '{who} says {echo}. That is no answer to it.',
  '{who} has yet to answer that on {issue}.',
  '{who} may say {echo}; the difficulty does not go away.',
  'When {who} says {echo}, that is the part left out.',
  'If {who} has an answer to that on {issue}, {I} have not heard it yet.',
];

export const agreementsAfter: readonly string[] = [
  '{who} meant the same thing, {I} think, and said {echo}.',
  '{whose} words, {echo}, belong right beside it.',
  'It fits with what {who} said about {issue}.',
  'Anyone who nodded when {who} said {echo} should nod at this too.',
  'With {who} {I} can work on that.',
];

export const distinctionsAfter: readonly string[] = [
  'That is the part which {whose} claim, {echo}, leaves out.',
  'It does not make {whose} claim, {echo}, wrong. It makes it incomplete.',
  'Between this and what {who} says about {issue} there is less distance than tempers suggest.',
  'If {who} can take that in, {I} can take in a good part of the rest.',
];

export const agreements: readonly string[] = [
  '{who} is right to say {echo}.',
  '{who} said {echo}, and {I} have nothing to set against that.',
  '{who} says {echo}. So far {I} follow.',
  '{I} would keep {whose} sentence, {echo}, and add to it.',
  'Credit where it is due. {who} was right to say {echo}.',
  '{who} said {echo} before {I} could.',
  'There is common ground in {whose} words, {echo}.',
  '{I} {am} not far from {who} on {issue}.',
  '{who} has made the case on {issue} well, so {I} can go on from there.',
];

export const distinctions: readonly string[] = [
  'Two things are folded together when {who} says {echo}.',
  '{who} says {echo}. {I} would say it with one condition more.',
  '{who} says {echo}, and {I} draw a different conclusion from it.',
  '{whose} claim, {echo}, is true on a good day. There are other days.',
  '{who} said {echo}. {I} take that as a warning and not as a plan.',
  '{who} is right to raise {issue}, and half right about the remedy.',
  'Between {who} and {me} the difference on {issue} is narrower than it sounds.',
  '{who} says {echo}, which names the problem (well|fairly) and stops there.',
  '{I} share the worry behind {whose} words, {echo}, and not the answer to it.',
  'When {who} says {echo}, {I} would ask how far that takes us.',
];

/** Giving ground because of what somebody argued. */
export const concessions: readonly string[] = [
  '{who} said {echo}, and {I} had no good answer.',
  'What {who} said about {issue} deserves more than a reply. It deserves a move.',
  '{who} has argued better on {issue} than {I} {have}, and {I} will not pretend otherwise.',
  'When {who} said {echo}, it changed what {I} can ask for on {issue}.',
  '{I} came in further out on {issue} than {I} stand now, and {who} is the reason.',
  '{who} says {echo}. {I} have looked for a way round that and found none.',
  'After hearing {who}, {I} will not defend every word of where {I} began on {issue}.',
  '{who} has won something on {issue}, and {I} would rather say so than be caught at it.',
  '{who} asked for reasons on {issue} and then gave one, {echo}; {I} said {I} would listen.',
  'On {issue} {who} has a point that {I} cannot get round.',
];

/** Giving ground because somebody else did. */
export const returns: readonly string[] = [
  '{who} has come some way on {issue}, and {I} will answer that.',
  '{who} moved on {issue}. {I} will not pocket it and sit still.',
  'What {who} gave on {issue} was not easy, and it makes the next sentence easier for {me}.',
  '{who} gave something on {issue} without being forced to, so {I} answer in kind.',
  'Since {who} no longer stands where {they} began on {issue}, {I} need not either.',
  'A move like the one {who} made on {issue} is owed another.',
];

/** Going back towards where the speaker began. */
export const hardenings: readonly string[] = [
  '{I} went further on {issue} than the answers have earned, and {I} step back.',
  'Little came back for what {I} gave on {issue}, so part of it returns to {my} side of the table.',
  'Having listened to the replies on {issue}, {I} {am} less generous than {I} {was}.',
];
