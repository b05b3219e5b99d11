/*
 * How a speaker takes up what another one said. {who} is the other speaker, {echo} their own words in quotation marks,
 * {issue} the title; {I}, {me}, {my} are the speaker, in the singular or plural. (a|b) is a choice.
 * The words of these banks belong to the simulator; they are no prompt and are sent to no model.
 */

export const challenges: readonly string[] = [
  '{who} (says|tells us) {echo}, and there {I} part company.',
  '{I} (listened|have been listening) to {who} on {issue}, and {echo} is where {I} (stop nodding|stopped writing).',
  '{echo}: so says {who}, (but|yet) it does not survive a second reading.',
  '(When|Where) {who} says {echo}, {I} hear (a hope|a wish) where a plan (should be|is needed).',
  '{who} (asks|invites) us to build on {echo}. {I} would not lay a brick on it.',
  '(Take|Start from) {whose} own words, {echo}, and follow them one step (further|on).',
  '{echo} (is|was) the heart of {whose} case, and it (deserves|is owed) a straight answer.',
  '(No, and|Not so, and) {I} say it to {who} without heat: {echo} gets things the wrong way round.',
  '{who} and {I} disagree (plainly|openly) here; {echo} is not how it looks from {my} chair.',
  'If {echo} were the whole story, {who} would carry this argument; it is not.',
  '{I} cannot follow {who} as far as {echo}.',
  'It costs {who} nothing to say {echo}, and that is (the trouble with it|what troubles {me}).',
  '(Much|A good deal) hangs on {echo}, which {who} (passed over|left) rather quickly.',
  'Suppose {who} is right and {echo} holds; {I} still see (nobody|no one) at this table (better off|safer) for it.',
  '{whose} line, {echo}, (would please|will please) a crowd and (settle|settles) nothing.',
  '{I} have turned {echo} over since {who} said it, and {I} come out on the other side.',
  'What {who} leaves out after {echo} is (the bill|who pays).',
  '{I} would ask (everyone|the room) to hold {whose} phrase, {echo}, up to the light.',
  'The quarrel with {who} can be put in a (sentence|line), because {echo} is exactly what {I} dispute.',
  'Had {who} stopped before {echo}, {I} might have (agreed|let it pass).',
];

/** The same after the argument, drawing the sum of it. */
export const challengesAfter: readonly string[] = [
  'Which is why {echo}, coming from {who}, does not (convince|persuade) {me}.',
  'Against that, {whose} {echo} weighs (little|less than it seems).',
  'So when {who} says {echo}, {I} {have} to (disagree|say no).',
  '{who} would have us forget as much with {echo}.',
  'Nothing in {whose} {echo} (answers|touches) that.',
  'Hold {whose} {echo} up against it, and see which of the two (still stands|bends).',
  'That is {my} reply to {who} and to {echo}.',
  '{who} may still prefer {echo}; {I} (do not|cannot).',
  'After that, {echo} from {who} sounds (hollow|rather thin).',
  'It leaves {whose} {echo} without a floor under it.',
];

export const agreementsAfter: readonly string[] = [
  '{who} was getting at the same thing with {echo}.',
  'With that, {whose} {echo} makes (good|better) sense.',
  'So {I} {am} glad of {whose} {echo}.',
  '{whose} {echo} belongs right beside it.',
  'It is the other half of what {who} meant by {echo}.',
  'Anyone who nodded at {whose} {echo} should be able to nod at this too.',
];

export const distinctionsAfter: readonly string[] = [
  'That is the part which {whose} {echo} leaves out.',
  '{who} sees the same thing from further off, as {echo} shows.',
  'So {I} would take {whose} {echo} with that (added|in mind).',
  'It does not make {whose} {echo} wrong; it makes it incomplete.',
  '{who} can keep {echo}, as long as (this|that) stands next to it.',
  'Between this and {whose} {echo} there is less distance than tempers suggest.',
];

export const agreements: readonly string[] = [
  '{who} is right (about this much|here), and {I} say so gladly: {echo}.',
  '{I} would (underline|keep) {whose} sentence, {echo}, and go one step further.',
  '{echo}, said {who}, and {I} have nothing to (take away from|set against) that.',
  'On {issue} {who} and {I} (are not far|stand only a short way) apart, and {echo} shows why.',
  'Credit where it is due: {who} was right to say {echo}.',
  '{who} has saved {me} a paragraph by saying {echo}.',
  'What {who} said about {issue}, {echo}, is (sound|fair) as far as it goes, and it can go further.',
  '(Little|Nothing) divides {me} from {who} on {echo}, so let {me} add to it instead of repeating it.',
  '{I} heard {echo} from {who} with some relief.',
  'It is worth noticing that {who} can say {echo} and {I} can (nod|agree); this morning that was not so.',
  '{whose} words, {echo}, could stand in {my} own brief.',
  'There is common ground in {echo}, and {who} (found|reached) it first.',
  '{I} have been looking for a way to say what {who} has just said, {echo}.',
  'Here {who} and {I} are on the same side of the table: {echo}.',
];

export const distinctions: readonly string[] = [
  'Two things are folded together when {who} says {echo}, and only one of them is true.',
  '{I} grant {who} the words {echo}; what {I} do not grant is the use made of them.',
  '{who} is right to raise it and wrong about the remedy, for {echo} (leads|points) elsewhere.',
  'Between {who} and {me} the difference on {issue} is narrower than {echo} makes it sound.',
  'There is something in {echo}, and something missing from it, as {who} (will know|surely knows).',
  '{who} says {echo}; {I} would say it with one condition more.',
  '{echo} is a fair description, but {who} treats it as a (conclusion|verdict).',
  '{I} would cut {whose} claim in two: {echo} as a warning, yes; as a policy, not yet.',
  'With {who} {I} share the worry behind {echo}, and not the answer to it.',
  '{whose} {echo} is true on a good day, and {I} have to plan for the other ones.',
  'How far {echo} takes us, {who} did not say; {I} think less far than it sounds.',
  '{I} can meet {who} on part of this: {echo} names the problem (well|fairly).',
  'Put more (narrowly|modestly), {echo} would find {me} on {whose} side.',
  'Both {who} and {I} start from {echo}, and then turn different corners.',
];

/** Giving ground because of what somebody argued. */
export const concessions: readonly string[] = [
  '{I} have moved on {issue}, and {who} is the reason: {echo} is a point {I} could not (answer|get round).',
  'After hearing {who} on {issue}, {I} will not defend the letter of where {I} began.',
  '{echo} was the best argument {I} (heard|have heard) on {issue}, and it has cost {me} part of {my} position; the credit is {whose}.',
  '{whose} point was not lost on {me}; on {issue} {I} give some ground.',
  'Something has shifted in {my} view of {issue} since {who} said {echo}, and {I} would rather say so than be caught at it.',
  '{I} came in further out on {issue} than {I} stand now, and it was {who} who brought {me} in with {echo}.',
  'What {who} said about {issue} deserves more than a reply, and here is a move.',
  '{I} {have} no good answer left to {who} on {issue}, so {I} give way a little.',
  'On {issue} {who} has argued better than {I} {have}, and {I} can count.',
  'It would be vain to pretend that {who} has changed nothing for {me} on {issue}.',
  'There is no shame in learning from {who}, and on {issue} {I} {have}.',
  'If arguments are to count here, then what {who} argued on {issue} has to count with {me}.',
  'An honest account has to (record|include) that {who} has won something here: {echo} changes what {I} can ask for on {issue}.',
  '(Let {me} be plain|To be plain) about {issue}: {I} concede part of it to {who}, whose words were {echo}.',
  'Where {I} {was} stiff on {issue} at the start, {echo} from {who} has loosened {me} a little.',
  '{I} put something on the table on {issue}, and {who} may take it as an answer to {echo}.',
  '{who} asked for reasons and then gave one, {echo}; it moves {me} on {issue}.',
  'This is not where {I} stood on {issue} an hour ago, and {echo}, from {who}, is why.',
];

/** Giving ground because somebody else did. */
export const returns: readonly string[] = [
  '{who} has come a step towards {me} on {issue}, and a step like that is owed another.',
  '{I} noticed that {who} moved on {issue}; {I} will not pocket it and sit still.',
  'Movement by {who} on {issue} is (real|not nothing), so here is some of {mine}.',
  '{who} gave something on {issue} without being forced to, and {I} answer in kind.',
  'What {who} has just done on {issue} was not easy, and it makes the next sentence easier for {me}.',
  'A side that moves on {issue}, as {who} has, should find that the other one moves too.',
  '{I} (said|have said) that {I} would answer a real step with a step, and {who} has taken one on {issue}.',
  'Since {who} is no longer where {they} began on {issue}, neither {am} {I}.',
];

/** Going back towards where the speaker began. */
export const hardenings: readonly string[] = [
  '{I} went further on {issue} than the answers have earned, and {I} step back.',
  'Nothing came back for what {I} gave on {issue}, so part of it returns to {my} side of the table.',
  'Having listened to the replies on {issue}, {I} am less generous than {I} was.',
  '{I} had leaned out on {issue}; the replies have straightened {me} up again.',
];
