import type { Act } from '../../../src/debate/readings.ts';
import { isContent, wordsOf } from '../../../src/text/words.ts';
import type { SpeakerNames } from './speaker-names.ts';

/*
 * The words by which a clause shows what its speaker does: accept or refuse, take back, tell what somebody else
 * thinks. All lists are of general English; none is made for one scenario or one writer.
 */

const own = /\b(?:we|i|our|ours|my|mine|us|me|i['’](?:m|d|ll|ve)|we['’](?:re|d|ll|ve))\b/i;
const stance =
  /\b(?:should|must|ought|accept\w*|agree\w*|support\w*|insist\w*|refus\w*|reject\w*|oppos\w*|propos\w*|offer\w*|commit\w*|demand\w*|require\w*|back(?:s|ed|ing)?|favou?r\w*|prefer\w*|position|line|unacceptable|acceptable|necessary|essential|non-negotiable)\b/i;

/** Does the clause speak for its speaker, or at least take a side? */
export function takesSide(text: string): boolean {
  return own.test(text) || stance.test(text);
}

/** "not" that denies no stand: "nothing less than", "we will not budge from". */
const harmless =
  /\b(?:(?:nothing|no one|nobody|anything) (?:less|short|but|other|else)\b|(?:not|\w*n['’]t|never) (?:\w+ ){0,2}(?:for |with )?(?:anything )?less than|no(?:t)? (?:less|more|fewer) than|(?:or|and) not\b|(?:or|and) no more|not one more|or nothing|not (?:only|just|merely|simply)|no (?:doubt|question|matter|other|one)|without (?:exception|reservation|hesitation|doubt)|make no mistake|(?:not|\w*n['’]t|never|cannot|no longer) (?:\w+ )?(?:move|budge|retreat|depart|shift|step back|back down|back away|give up|give way|abandon|waver|change|withdraw|yield|compromise on|trade away|surrender|bargain away|let go|moved? from|moving from)|talk (?:me|us) out of|do(?:es)? not mean|not negotiable|non-negotiable|no secret|why not|not (?:far|much) (?:from|more|less))\b/gi;

const refusal =
  /\b(?:reject(?:s|ed|ing)?|refus(?:e|es|ed|ing|al)|oppos(?:e|es|ed|ing)|disagree(?:s|d)?|rul(?:e|es|ed|ing) out|resist(?:s|ed)?|declin(?:e|es|ed|ing)|object(?:s|ed)? to|unacceptable|out of the question|off the table|a non-starter|unworkable|walk away from|dead on arrival|against|(?:is|are) wrong|a mistake|dismiss(?:es|ed)?|lost (?:our|my) support)\b/gi;
const acceptingVerb =
  '(?:accept|agree|support|sign|back|live with|endorse|settle|consider|concede|grant|tolerate|go along|approve|entertain|countenance|swallow|stomach|take|want|ask|insist|demand|acceptable|prepared|willing|ready|able|for sale)';
const denied = new RegExp(
  `\\b(?:not|never|cannot|no longer|neither|nor|can['’]t|won['’]t|don['’]t|doesn['’]t|didn['’]t|couldn['’]t|wouldn['’]t|unable to|isn['’]t|aren['’]t)(?:\\s+\\w+){0,3}?\\s+${acceptingVerb}\\w*`,
  'gi',
);
const negator =
  /\b(?:no|not|never|none|nothing|nobody|neither|nor|cannot|without)\b|\b(?:can|wo|do|does|did|could|would|is|are|has|have|should)n['’]t\b/gi;

/** "no limit", "without any fee": a noun that is said to be absent. */
const absentNoun = /\b(?:no|without)\s+(?:[\w’'-]+\s*){1,3}/gi;

/**
 * How often a text denies: its refusing or denied stance words, and its other negations. What is said to be absent counts only where
 * `isMeant` knows one of its words: "no limit" denies no anchor that speaks of no limit.
 */
export function denialsIn(
  text: string,
  isMeant: (stem: string) => boolean = () => true,
): { ofStance: number; ofContent: number } {
  let rest = text.replace(harmless, ' ');
  let ofStance = 0;
  const count = () => {
    ofStance += 1;
    return ' ';
  };
  rest = rest.replace(denied, count);
  // "not refuse" is a refusal denied: both fall away.
  rest = rest.replace(
    /\b(?:not|never|no longer|won['’]t|don['’]t)\s+(?:\w+\s+)?(?:reject|refuse|oppose|rule out|object to|resist)\b/gi,
    ' ',
  );
  rest = rest.replace(refusal, count).replace(absentNoun, (words) => {
    const nouns = wordsOf(words).filter(isContent);
    return nouns.length === 0 || nouns.some(({ stem }) => isMeant(stem)) ? words : ' ';
  });
  return { ofStance, ofContent: rest.match(negator)?.length ?? 0 };
}

const retraction =
  /\b(?:(?:withdraw|withdrew|withdrawing|retract|retracting|rescind|revoke|cancel|disown)\s+(?:that|this|it|what|everything|my|our|the|any)\b|tak(?:e|ing) (?:that|this|it|all of that|everything) back|took (?:that|it) back|tak(?:e|ing) back (?:that|this|what|my|our|the)|walk(?:ing)? (?:that|it|this) back|go(?:ing)? back on (?:that|this|what|my|our)|no longer (?:stand by|stands|hold to|holds|hold that|applies|apply|on offer|on the table|available|offer|accept|agree|support|endorse|valid)|(?:offer|concession|proposal|acceptance|agreement|commitment) (?:is|are) (?:now )?(?:withdrawn|gone|off|cancelled|dead|void)|(?:not|cannot|can['’]t) stand by (?:that|this|what|my|our|the)|second thoughts about|wrong to (?:give in|agree|accept|offer|say yes)|forget (?:that|what) (?:i|we) (?:said|offered)|changed (?:my|our) minds?)\b/i;

/** Does the speaker take back something of its own? "The other side no longer stands by that" takes back nothing. */
export function isRetraction(text: string, others: SpeakerNames): boolean {
  const match = retraction.exec(text);
  if (!match) return false;
  const before = text.slice(0, match.index);
  if (/(?:\b(?:not|never|nothing)|n['’]t)\s*$/i.test(before)) return false;
  const subject = before.slice(before.search(/[^,;:]*$/));
  return own.test(subject) || (!/^\s*(?:you|they|he|she)\b/i.test(subject) && others.firstIn(subject) < 0);
}

const condition =
  /\b(?:if|unless|provided|providing|only when|only after|only once|as long as|so long as|on (?:the )?condition|conditional on|contingent on|in return for|in exchange for|subject to|once you|against (?:your|their))\b/i;
const commitment =
  /\b(?:accept|agree|agreed|commit|committed|will sign|would sign|pledge|promise|guarantee|we will|i will|we['’]ll|i['’]ll|undertake|endorse|settle for|sign off|sign up to|consent|(?:have|it['’]s) a deal|(?:my|our) word|count on it|go(?:ing)? with|insist|non-negotiable|must)\b/i;
const proposal =
  /\b(?:propose|offer|suggest|could|might|would|let us|let['’]s|put forward|on the table|recommend|should|try)\b/i;

/** The ways English has of making a proposal as a question. */
const proposing = new RegExp(
  `^(?:(?:so|and|but|well|then),? )?(?:${[
    'why not\\b',
    "why don['’]t we\\b",
    '(?:what|how) about\\b',
    'what if (?:we|both|i)\\b',
    '(?:could|can|might|shall|should) (?:we|both)\\b',
    'would .+ (?:work|do|help|suit|make (?:you|us|it))\\b',
  ].join('|')})`,
  'i',
);

export function isProposingQuestion(text: string): boolean {
  return /\?["'”’)\]]*\s*$/.test(text) && proposing.test(text.trim());
}

/** What a clause does, by its cue words; the strictest cue wins. */
export function actOf(text: string, others: SpeakerNames): Act {
  if (isRetraction(text, others)) return 'retract';
  if (isProposingQuestion(text)) return condition.test(text) ? 'conditional' : 'propose';
  if (/\?\s*$/.test(text)) return 'question';
  if (condition.test(text)) return 'conditional';
  if (commitment.test(text)) return 'commit';
  return proposal.test(text) ? 'propose' : 'rhetoric';
}
