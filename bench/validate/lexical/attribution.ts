import type { SpeakerNames } from './speaker-names.ts';

const ownSubject = /\b(?:we|i|our|ours|my|mine|us|i['’](?:m|d|ll|ve)|we['’](?:re|d|ll|ve))\b/i;
const otherPronoun =
  /\b(?:you|your|yours|they|their|theirs|he|she|his|you['’](?:re|d|ll|ve)|they['’](?:re|d|ll|ve)|the other side|the other party|critics|opponents|some (?:say|argue|claim|think|people))\b/i;
const sharing =
  /\b(?:agree(?:s|d)? with|(?:is|are|was|were) right|right (?:that|to|about)|share(?:s|d)? (?:the|your|his|her|their|that)|(?:we|i) (?:can |could |would |will |now |do |also |fully )*(?:accept|agree|support|endorse|back|concede|grant|share|welcome|prefer|want|need|reject|refuse|oppose|insist)|fair point|well said|join)\b/i;
const judging =
  /\b(?:unacceptable|out of the question|non-starter|unworkable|(?:is|are) wrong|a mistake|acceptable|reasonable|we can (?:live|work) with)\b/i;
const hearing =
  /\b(?:we|i) (?:have )?(?:hear|heard|note|noted|understand|understood|read|know|gather|see that|recall|remember|listened|follow|followed)\b/i;
const attributed =
  /\b(?:according to|in the (?:words|view|eyes) of|as [^,]{1,40} (?:says?|said|puts? it|argues?|argued|claims?|claimed))\b/i;

const pointingBack = /^(?:that|this|it|which)(?:['’]s|\s+(?:is|was|may be|might be|would be|seems))\b/i;

/** "A: that is what they want": the clause tells whose view the one before it was. */
export function tellsWhoseItWas(text: string, others: SpeakerNames): boolean {
  return pointingBack.test(text) && isReported(text, others);
}

/**
 * Does a clause tell somebody else's view and not its speaker's own? It does where the first party it names is
 * another, and its speaker neither shares nor judges that view in the same clause.
 */
export function isReported(text: string, others: SpeakerNames): boolean {
  if (attributed.test(text) && !sharing.test(text)) return true;
  const told = [others.firstIn(text), text.search(otherPronoun)].filter((at) => at >= 0);
  if (told.length === 0) return false;
  if (sharing.test(text) || judging.test(text)) return false;
  const self = ownSubject.exec(text)?.index ?? Number.POSITIVE_INFINITY;
  return Math.min(...told) < self || hearing.test(text);
}
